package argosy.worker.rebuild;

import argosy.wire.Payload;

/// How a task ended.
public sealed interface Outcome {

  /// It returned.
  ///
  /// @param result what it returned, encoded
  record Returned(Payload result) implements Outcome {}

  /// It threw, or returned what cannot travel.
  ///
  /// @param failure what the engine decodes
  record Threw(Payload failure) implements Outcome {}
}
