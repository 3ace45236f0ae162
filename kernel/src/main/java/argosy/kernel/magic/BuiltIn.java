package argosy.kernel.magic;

import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A magic as a value.
///
/// @param offered see [Magic#candidates]
/// @param answersHelp see [Magic#answersHelp]
record BuiltIn(
    String name,
    Kind kind,
    String summary,
    String usage,
    Supplier<List<String>> offered,
    boolean answersHelp,
    Action action)
    implements Magic {

  /// What a magic does.
  interface Action {
    @Nullable Object run(MagicCall call) throws Exception;
  }

  BuiltIn(String name, Kind kind, String summary, String usage, Action action) {
    this(name, kind, summary, usage, List::of, action);
  }

  BuiltIn(
      String name,
      Kind kind,
      String summary,
      String usage,
      Supplier<List<String>> offered,
      Action action) {
    this(name, kind, summary, usage, offered, false, action);
  }

  @Override
  public List<String> candidates() {
    return offered.get();
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    return action.run(call);
  }

  /// {@return the same for what gets all that stands behind its name}
  BuiltIn answeringHelp() {
    return new BuiltIn(name, kind, summary, usage, offered, true, action);
  }

  /// {@return the same magic under another name}
  BuiltIn alias(String other) {
    String percent = kind == Kind.CELL ? "%%" : "%";
    return new BuiltIn(
        other,
        kind,
        "Same as " + percent + name + ".",
        usage.replace("%" + name, "%" + other),
        offered,
        answersHelp,
        action);
  }
}
