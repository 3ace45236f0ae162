package argosy.wire;

import java.util.List;
import java.util.Objects;

/// A part of a closure's state that is an object graph of its own, kept by workers while it does
/// not change.
///
/// @param part the identity of the graph's bytes
/// @param classes the classes that the graph names by number: positions in the closure's list
/// @param values what the graph's outlet took: positions in the closure's list of values
/// @param isReadOnly whether no task of this closure can change any of it
public record PartUse(
    ContentId part, List<Integer> classes, List<Integer> values, boolean isReadOnly) {

  /// The bytes of a use without classes and values on the wire.
  static final int MIN_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES + 1;

  /// Checks and copies.
  public PartUse {
    Objects.requireNonNull(part, "part is null");
    classes = List.copyOf(classes);
    values = List.copyOf(values);
  }
}
