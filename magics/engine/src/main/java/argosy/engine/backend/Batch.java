package argosy.engine.backend;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.pool.CallListener;
import argosy.engine.schedule.TaskTimes;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A captured function, ready to be called any number of times. Safe from any thread.
public interface Batch {

  /// Captures an input.
  ///
  /// @param index which input of the job this is; its random numbers depend on it
  /// @throws argosy.NotShippableException if something in it cannot go there
  Call prepare(@Nullable Object input, long index, CallListener listener);

  /// Starts to capture inputs that are to be one call.
  ///
  /// @param index which input of the job the first is
  Chunk chunk(long index);

  /// Runs prepared calls of this batch, in this order as far as there is one.
  void start(List<Call> calls);

  /// Does the reading that is needed to hear of an end, on the calling thread, which waits anyway.
  /// Returns when that is there, when the time is up, when the thread is interrupted, or at once if
  /// there is nothing to do for it: so the caller may still have to wait.
  ///
  /// @param isDone whether it is there; whoever makes this true calls [#nudge] afterwards
  /// @param nanos how long at most; negative for as long as it takes
  default void help(BooleanSupplier isDone, long nanos) {}

  /// Makes a thread in [#help] look again.
  default void nudge() {}

  /// Says that the value of a call is there for everybody.
  default void settled() {}

  /// {@return how long its tasks take}
  TaskTimes times();

  /// {@return where its function is written, or null if nobody knows}
  default @Nullable WrittenPlace place() {
    return null;
  }
}
