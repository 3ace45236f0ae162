package argosy.worker.rebuild;

/// A task whose function and input are rebuilt: what is left is to run it, once.
@FunctionalInterface
public interface Prepared {

  /// Runs the task's body and encodes what it returns or throws.
  ///
  /// @throws argosy.wire.StopPoint.Stopped if the task was stopped; nothing else leaves here
  Outcome run();
}
