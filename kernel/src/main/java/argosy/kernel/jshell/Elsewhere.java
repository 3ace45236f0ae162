package argosy.kernel.jshell;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The wrappers whose bodies an extension runs elsewhere: what they declare has its state there.
/// Safe from any thread.
final class Elsewhere {

  /// What an error says of a wrapper's variables; empty if they have values here too.
  private final Map<String, String> advice = new ConcurrentHashMap<>();

  /// @param advice what an error says of its variables; empty if they have values here too
  void add(String wrapper, String advice) {
    this.advice.put(wrapper, advice);
  }

  /// A cell has declared it again, to run here.
  void remove(String wrapper) {
    advice.remove(wrapper);
  }

  /// {@return whether this is such a wrapper, or a class nested in one}
  boolean has(String className) {
    return !advice.isEmpty()
        && Wrappers.wrapperOf(className).map(advice::containsKey).orElse(false);
  }

  /// {@return what an error says of the variables of a wrapper that have no value here}
  Optional<String> absence(String wrapper) {
    return Optional.ofNullable(advice.get(wrapper)).filter(text -> !text.isEmpty());
  }
}
