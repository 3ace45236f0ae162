package argosy.worker.rebuild;

import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.PartUse;
import java.util.ArrayList;
import java.util.List;

/// A part as closures share it: the same graph over the same large values.
///
/// @param part the graph
/// @param values which value and which object of it, for each that the graph refers to
record PartKey(ContentId part, List<Occurrence> values) {

  /// One object with the content of a large value.
  record Occurrence(long value, int number) {}

  static PartKey of(PartUse use, ClosureDefinition closure) {
    List<Occurrence> values = new ArrayList<>(use.values().size());
    for (int position : use.values()) {
      values.add(
          new Occurrence(
              closure.values().get(position).value(), closure.values().get(position).occurrence()));
    }
    return new PartKey(use.part(), List.copyOf(values));
  }
}
