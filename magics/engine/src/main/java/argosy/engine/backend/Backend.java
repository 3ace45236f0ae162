package argosy.engine.backend;

import argosy.engine.pool.Crew;
import argosy.wire.TaskFunction;

/// A place where tasks run. Safe from any thread.
public sealed interface Backend extends AutoCloseable
    permits ProcessBackend, ThreadBackend, SequentialBackend {

  /// Captures a function, so that it can be called there.
  ///
  /// @throws argosy.NotShippableException if something that it captures cannot go there
  Batch open(TaskFunction<?, ?> function, BatchSpec spec);

  /// {@return the workers}
  Crew crew();

  /// {@return how many tasks run at a time}
  default int parallelism() {
    return crew().settings().count();
  }

  /// Ends all workers; what has not ended fails. Idempotent.
  @Override
  default void close() {
    crew().close();
  }
}
