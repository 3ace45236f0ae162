package argosy.wire;

import java.util.Objects;

/// One call of a closure.
///
/// @param task which task this is, counted from 1; a retry has a number of its own
/// @param seed from which the task's random numbers come
/// @param input what the function is applied to, encoded
public record TaskCall(long task, long seed, Payload input) {

  /// The bytes of a call with an empty input on the wire.
  static final int MIN_BYTES = 2 * Long.BYTES + Integer.BYTES;

  /// Checks that nothing is missing.
  public TaskCall {
    Objects.requireNonNull(input, "input is null");
  }
}
