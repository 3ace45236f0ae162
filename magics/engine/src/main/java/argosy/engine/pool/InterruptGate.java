package argosy.engine.pool;

import argosy.engine.host.Host;

/// Lets an interrupt reach the call that it is meant for, on a thread of this process, and no
/// other. The owner of the thread enters and leaves; anybody interrupts.
final class InterruptGate {

  private final Host host;
  private final Thread thread;
  private long inside;
  private boolean isInterrupted;

  InterruptGate(Host host, Thread thread) {
    this.host = host;
    this.thread = thread;
  }

  synchronized void enter(long call) {
    inside = call;
  }

  /// {@return whether the call that leaves was interrupted; nothing of that reaches what the thread
  /// runs next but its interrupt flag}
  synchronized boolean leave() {
    inside = 0;
    boolean wasInterrupted = isInterrupted;
    isInterrupted = false;
    if (wasInterrupted) {
      host.withdrawStop(thread);
    }
    return wasInterrupted;
  }

  /// {@return whether the call that is inside was interrupted}
  synchronized boolean isInterrupted() {
    return isInterrupted;
  }

  synchronized void interrupt(long call) {
    if (inside == call) {
      isInterrupted = true;
      host.stop(thread);
      thread.interrupt();
    }
  }
}
