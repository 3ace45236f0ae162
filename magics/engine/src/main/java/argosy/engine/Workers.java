package argosy.engine;

import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import java.util.List;

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

  /// {@return how many processes wait to take a worker's place}
  int reserve();
}
