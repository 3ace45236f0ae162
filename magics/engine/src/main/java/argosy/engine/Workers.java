package argosy.engine;

import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.pool.WorkerThreads;
import argosy.engine.threads.ThreadReport;
import argosy.engine.timeline.Lane;
import java.util.List;
import java.util.function.Predicate;

/// The workers as `%workers` sees them. Safe from any thread.
public interface Workers {

  /// {@return the settings in force}
  WorkerSettings settings();

  /// Starts, resizes or stops the workers. Blocks until those that are wanted have answered.
  ///
  /// @throws argosy.WorkerLostException if a worker could not start; says why, with its last words
  void configure(WorkerSettings settings);

  /// {@return one line per living worker, in the order of their numbers}
  List<WorkerStatus> status();

  /// {@return the workers that ended though nobody asked them to, the last one last}
  List<WorkerDeath> deaths();

  /// {@return the tasks that have not ended, those of one job together, in the order in which they
  /// came}
  List<TaskStatus> tasks();

  /// Cancels tasks, running or not, each with all others of its job. Whoever waits for them gets a
  /// `CancellationException`. Does not wait until they have ended.
  ///
  /// @return all that were cancelled
  List<TaskStatus> cancel(Predicate<TaskStatus> which);

  /// Asks what the threads of some workers are doing, whatever that is. Blocks for some seconds at
  /// the most.
  ///
  /// @param which by their numbers
  List<WorkerThreads> threads(Predicate<Integer> which);

  /// Looks who uses how many threads. Blocks for a quarter of a second.
  ThreadReport threadReport() throws InterruptedException;

  /// {@return what each worker did when, those that have ended included, as far back as is kept}
  List<Lane> timeline();

  /// {@return how many processes wait to take a worker's place}
  int reserve();
}
