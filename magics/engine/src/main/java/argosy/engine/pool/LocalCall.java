package argosy.engine.pool;

import argosy.engine.timeline.Work;
import argosy.engine.timeline.WorkEnd;
import argosy.wire.CurrentTask;
import argosy.wire.RunningChunk;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A call that runs in this process, or several in one.
///
/// @param id the number of the first
/// @param seed the i-th one's random numbers are those of `CurrentTask.seedOf(seed, i)`
/// @param function what is called
/// @param inputs with what, one after the other
/// @param sliceNanos after how long those of several that have not begun come back; 0 for never
/// @param listener who wants to know how it ends
public record LocalCall(
    long id,
    long seed,
    TaskFunction<@Nullable Object, @Nullable Object> function,
    List<@Nullable Object> inputs,
    long sliceNanos,
    CallListener listener) {

  /// {@return how many there are}
  public int count() {
    return inputs.size();
  }

  /// {@return what messages call it, or the first if it is several}
  String name() {
    return listener.name(id, 0);
  }

  /// As [#run(RunningChunk, BooleanSupplier)], with nobody who takes any back.
  CallEnd run(BooleanSupplier isStopped) {
    return run(null, isStopped);
  }

  /// Calls the function. What the thread's current task was is lost.
  ///
  /// Of several, those after one that fails do not begin: as a rule, nobody wants them any more.
  ///
  /// @param chunk says which of several begin, or null
  /// @param isStopped whether those of several that have not begun are not to begin
  CallEnd run(@Nullable RunningChunk chunk, BooleanSupplier isStopped) {
    int count = inputs.size();
    if (count == 1) {
      return run(0);
    }
    long start = sliceNanos == 0 ? 0 : System.nanoTime();
    List<CallEnd> ends = new ArrayList<>(count);
    for (int i = 0; i < count && (chunk == null || chunk.begin()); i++) {
      CallEnd end = run(i);
      ends.add(end);
      if (end instanceof CallEnd.Raised) {
        return new CallEnd.Ran(ends, 1);
      }
      if (isStopped.getAsBoolean() || (sliceNanos != 0 && System.nanoTime() - start > sliceNanos)) {
        break;
      }
      // Whoever has set it: it is not meant for the next one.
      boolean _ = Thread.interrupted();
    }
    return new CallEnd.Ran(ends, 0);
  }

  /// {@return what says how far it has run, if those of several that have not begun may come back}
  @Nullable RunningChunk divisible() {
    return sliceNanos == 0 || inputs.size() == 1 ? null : new RunningChunk(id, inputs.size());
  }

  private CallEnd run(int index) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    CurrentTask.enter(new CurrentTask(CurrentTask.seedOf(seed, index)));
    try {
      return new CallEnd.Value(function.apply(inputs.get(index)));
    } catch (Throwable e) {
      // Whatever a task throws is its result; the thread goes on to the next one.
      return new CallEnd.Raised(e);
    } finally {
      // The next task finds it as this one did. To set it costs more than to look.
      if (!Objects.equals(thread.getContextClassLoader(), loader)) {
        thread.setContextClassLoader(loader);
      }
    }
  }

  /// {@return this as the timeline keeps it}
  ///
  /// @param start when it begins
  Work work(long start) {
    Caller caller = listener.caller();
    return new Work(caller.scope(), caller.place(), id, count(), start);
  }

  /// {@return how it ended, as the timeline keeps it}
  static WorkEnd workEnd(CallEnd end, long nanos) {
    return switch (end) {
      case CallEnd.Ran(List<CallEnd> ends, int failures) ->
          new WorkEnd(ends.size(), failures, nanos, false);
      case CallEnd.Raised _ -> new WorkEnd(1, 1, nanos, false);
      case CallEnd.Failed _ -> new WorkEnd(1, 0, nanos, true);
      case CallEnd.Value _ -> new WorkEnd(1, 0, nanos, false);
      case CallEnd.Returned _, CallEnd.Threw _, CallEnd.Answered _, CallEnd.Lost _ ->
          throw new IllegalStateException("not the end of a call of this process: " + end);
    };
  }

  /// {@return some of the calls once more}
  ///
  /// @param from the first
  /// @param to the first that is not one of them
  public LocalCall again(int from, int to, CallListener listener) {
    long rest = CurrentTask.seedFrom(seed, from);
    return new LocalCall(id, rest, function, inputs.subList(from, to), sliceNanos, listener);
  }

  /// {@return the same with this as the number of the first}
  public LocalCall numbered(long id) {
    return new LocalCall(id, seed, function, inputs, sliceNanos, listener);
  }

  /// {@return what a call of this process returned}
  ///
  /// @throws Throwable what it threw
  public static @Nullable Object value(CallEnd end) throws Throwable {
    return switch (end) {
      case CallEnd.Value(Object value) -> value;
      case CallEnd.Raised(Throwable cause) -> throw cause;
      case CallEnd.Failed failed -> throw failed.here();
      case CallEnd.Returned _, CallEnd.Threw _, CallEnd.Answered _, CallEnd.Ran _, CallEnd.Lost _ ->
          throw new IllegalStateException("not the end of one call of this process: " + end);
    };
  }

  /// {@return how each of the calls ended, as far as they have begun}
  public List<CallEnd> ends(CallEnd end) {
    return end instanceof CallEnd.Ran(List<CallEnd> each, int _)
        ? each
        : Collections.nCopies(inputs.size(), end);
  }
}
