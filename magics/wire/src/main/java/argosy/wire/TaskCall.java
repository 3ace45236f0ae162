package argosy.wire;

import java.util.List;
import java.util.Objects;

/// One call of a closure.
///
/// @param task which task this is, counted from 1; a retry has a number of its own
/// @param seed from which the task's random numbers come
/// @param input what the function is applied to, encoded
/// @param values the large values that the input's outlet took, sent before
public record TaskCall(long task, long seed, Payload input, List<Long> values) {

  /// The bytes of a call with an empty input on the wire.
  static final int MIN_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;

  /// Checks that nothing is missing.
  public TaskCall {
    Objects.requireNonNull(input, "input is null");
    values = List.copyOf(values);
  }

  /// {@return the same call under another number}
  public TaskCall numbered(long number) {
    return new TaskCall(number, seed, input, values);
  }
}
