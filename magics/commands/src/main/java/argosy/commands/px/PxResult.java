package argosy.commands.px;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a cell ended with on each worker: a list for code, a line for each worker for the eye.
final class PxResult extends AbstractList<@Nullable Object> {

  private static final int MAX_LENGTH = 10_000;

  private final List<Integer> workers;
  private final List<@Nullable Object> values;

  PxResult(List<Integer> workers, List<@Nullable Object> values) {
    this.workers = List.copyOf(workers);
    this.values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  @Override
  public @Nullable Object get(int index) {
    return values.get(index);
  }

  @Override
  public int size() {
    return values.size();
  }

  boolean isAllNull() {
    return values.stream().allMatch(value -> value == null);
  }

  Map<String, Object> bundle() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : "\n").append("[worker ").append(workers.get(i)).append("] ");
      text.append(shown(get(i)));
    }
    return Map.of("text/plain", text.toString());
  }

  /// A value's `toString` is the user's code, which may throw.
  private static String shown(@Nullable Object value) {
    try {
      String deep = Arrays.deepToString(new @Nullable Object[] {value});
      String text = deep.substring(1, deep.length() - 1);
      return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
    } catch (RuntimeException | StackOverflowError e) {
      return "a value whose toString threw " + e.getClass().getName();
    }
  }
}
