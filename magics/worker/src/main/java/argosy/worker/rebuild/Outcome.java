package argosy.worker.rebuild;

import argosy.wire.Payload;
import argosy.wire.SentValue;
import java.util.List;

/// How a task ended.
public sealed interface Outcome {

  /// It returned.
  ///
  /// @param result what it returned, encoded
  /// @param values the large values that the result refers to
  record Returned(Payload result, List<SentValue> values) implements Outcome {
    /// Copies.
    public Returned {
      values = List.copyOf(values);
    }
  }

  /// It threw, or returned what cannot travel.
  ///
  /// @param failure what the engine decodes
  record Threw(Payload failure) implements Outcome {}
}
