package argosy.engine;

import argosy.Task;
import argosy.engine.host.TaskOutput;
import argosy.wire.CellBodies;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Cells that run on the workers, in classes and variables that stay there. Safe from any thread.
public interface Residents {

  /// Starts the workers if they do not run. Blocks until they can take tasks.
  ///
  /// @return their numbers, in order
  /// @throws argosy.WorkerLostException if a worker could not start
  /// @throws IllegalStateException if tasks do not run in worker processes
  List<Integer> start();

  /// Runs the parts of a cell on each of these workers, after what they do now. What the cell takes
  /// from the notebook is captured before this returns.
  ///
  /// @throws argosy.NotShippableException if it takes something that cannot leave this process
  List<Placed> run(ResidentCell cell, List<Integer> workers);

  /// Makes workers that start later leave out the cells that have run so far. Those that run now
  /// keep what they have.
  void forgetCells();

  /// A cell for workers.
  ///
  /// @param isKept whether workers that start later run it too, before anything else
  /// @param outputs where the output of each worker goes
  record ResidentCell(CellBodies bodies, boolean isKept, IntFunction<TaskOutput> outputs) {}

  /// A cell that runs on one worker.
  ///
  /// @param task its value is the cell's
  record Placed(int worker, Task<@Nullable Object> task) {}
}
