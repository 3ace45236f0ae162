package argosy.engine.backend;

import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.pool.WorkerThreads;
import argosy.wire.TaskFunction;
import java.util.List;
import java.util.function.Predicate;

/// A place where tasks run. Safe from any thread.
public sealed interface Backend extends AutoCloseable
    permits ProcessBackend, ThreadBackend, SequentialBackend {

  /// Captures a function, so that it can be called there.
  ///
  /// @throws argosy.NotShippableException if something that it captures cannot go there
  Batch open(TaskFunction<?, ?> function, BatchSpec spec);

  /// {@return how many tasks run at a time}
  int parallelism();

  /// Starts, resizes or stops the workers, and waits for them.
  void configure(WorkerSettings settings);

  /// {@return the settings in force}
  WorkerSettings settings();

  /// {@return one line per living worker}
  List<WorkerStatus> status();

  /// {@return the calls that have not ended}
  default List<TaskStatus> tasks() {
    return List.of();
  }

  /// {@return what the threads of some workers are doing; asks them, for some seconds at the most}
  default List<WorkerThreads> threads(Predicate<Integer> which) {
    return List.of();
  }

  /// Ends a call, running or not, of which nobody wants to hear any more.
  ///
  /// @return whether it had not ended
  default boolean cancel(long task) {
    return false;
  }

  /// Ends all workers; what has not ended fails. Idempotent.
  @Override
  void close();
}
