package argosy.worker;

import argosy.wire.FromWorker.TasksRecalled;
import argosy.wire.RunningChunk;
import argosy.wire.StopPoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a cancellation reach the task that it is meant for, and no other; and tells which tasks
/// have come too far to be given back.
/*
 * Concurrency. The runner opens and closes the gate, the control thread knocks; one lock orders them.
 * An interrupt is set only while its task is inside, and taken back before the next one enters: what
 * comes too late finds the gate closed. A cancellation may also overtake its task, whose frame is
 * still unread; the gate then remembers it. So may a recall: both ends count the tasks, so the gate knows
 * which of them have come.
 */
final class TaskGate {

  /// What a task that comes is to do.
  enum Way {
    /// It runs.
    IN,

    /// It was cancelled, which is its end.
    CANCELLED,

    /// It was given back: nobody waits for it here.
    RECALLED
  }

  /// Cancellations remembered for tasks that have not arrived; most of these have in fact ended.
  private static final int REMEMBERED = 4096;

  private final Thread runner;
  private final Set<Long> cancelledAhead = new LinkedHashSet<>();
  private final Set<Long> recalled = new HashSet<>();
  private long came;
  private long inside;

  /// What is inside, if it may be taken apart.
  private @Nullable RunningChunk chunk;

  private volatile boolean isStopped;

  TaskGate(Thread runner) {
    this.runner = runner;
  }

  /// Lets a task in, if it is to run. Only the runner calls this.
  synchronized Way enter(long task) {
    came++;
    if (!recalled.isEmpty() && recalled.remove(task)) {
      return Way.RECALLED;
    }
    if (!cancelledAhead.isEmpty() && cancelledAhead.remove(task)) {
      return Way.CANCELLED;
    }
    inside = task;
    return Way.IN;
  }

  /// Lets several tasks in that run as one, and of which those that have not begun may be given
  /// back meanwhile. Only the runner calls this.
  synchronized Way enter(RunningChunk several) {
    Way way = enter(several.task());
    chunk = way == Way.IN ? several : null;
    return way;
  }

  /// Keeps tasks out that have not come, and those that have not begun of the chunk inside if that
  /// is among them.
  ///
  /// @param places the how manieth to come each of them is, from 1 on
  synchronized TasksRecalled recall(List<Long> tasks, List<Long> places) {
    List<Long> kept = new ArrayList<>();
    long rest = 0;
    for (int i = 0; i < tasks.size(); i++) {
      if (places.get(i) > came) {
        kept.add(tasks.get(i));
      } else if (chunk != null && tasks.get(i) == inside) {
        rest = chunk.takeBack();
      }
    }
    recalled.addAll(kept);
    return new TasksRecalled(kept, rest);
  }

  /// {@return whether the task inside has been cancelled}
  boolean isStopped() {
    return isStopped;
  }

  /// Ends one of several tasks that came in together: clears the interrupt flag, whoever has set
  /// it, unless all are to end. Only the runner calls this.
  void passOn() {
    if (!isStopped) {
      // A cancellation that comes now is seen before the next task starts.
      boolean unused = Thread.interrupted();
    }
  }

  /// Ends the task that is inside, and everything that was meant for it. Only the runner calls
  /// this.
  ///
  /// @return whether it was cancelled
  synchronized boolean leave() {
    inside = 0;
    chunk = null;
    boolean wasStopped = isStopped;
    if (wasStopped) {
      isStopped = false;
      StopPoint.clear();
    }
    // Clears the flag, whoever has set it.
    boolean unused = Thread.interrupted();
    return wasStopped;
  }

  /// Cancels a task, wherever it is.
  synchronized void cancel(long task) {
    if (task == inside) {
      isStopped = true;
      StopPoint.stop(runner);
      runner.interrupt();
    } else {
      remember(task);
    }
  }

  /// Keeps a task out that has not come in yet.
  synchronized void skip(long task) {
    if (task != inside) {
      remember(task);
    }
  }

  private void remember(long task) {
    cancelledAhead.add(task);
    if (cancelledAhead.size() > REMEMBERED) {
      cancelledAhead.remove(cancelledAhead.iterator().next());
    }
  }
}
