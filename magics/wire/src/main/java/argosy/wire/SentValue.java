package argosy.wire;

import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.util.Objects;

/// A large value of a result, in memory that the engine has given the worker for it.
///
/// @param form what it is
/// @param memory where its content is
public record SentValue(ValueForm form, Range memory) {

  /// The bytes of the shortest one on the wire.
  static final int MIN_BYTES = 7;

  /// Checks that nothing is missing.
  public SentValue {
    Objects.requireNonNull(form, "form is null");
    Objects.requireNonNull(memory, "memory is null");
  }
}
