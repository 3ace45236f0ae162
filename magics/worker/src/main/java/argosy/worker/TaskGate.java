package argosy.worker;

import argosy.wire.StopPoint;
import java.util.LinkedHashSet;
import java.util.Set;

/// Lets a cancellation reach the task that it is meant for, and no other.
/*
 * Concurrency. The runner opens and closes the gate, the control thread knocks; one lock orders them.
 * An interrupt is set only while its task is inside, and taken back before the next one enters: what
 * comes too late finds the gate closed. A cancellation may also overtake its task, whose frame is
 * still unread; the gate then remembers it.
 */
final class TaskGate {

  /// Cancellations remembered for tasks that have not arrived; most of these have in fact ended.
  private static final int REMEMBERED = 4096;

  private final Thread runner;
  private final Set<Long> cancelledAhead = new LinkedHashSet<>();
  private long inside;
  private volatile boolean isStopped;

  TaskGate(Thread runner) {
    this.runner = runner;
  }

  /// Lets a task in. Only the runner calls this.
  ///
  /// @return false if the task has been cancelled already
  synchronized boolean enter(long task) {
    if (!cancelledAhead.isEmpty() && cancelledAhead.remove(task)) {
      return false;
    }
    inside = task;
    return true;
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
