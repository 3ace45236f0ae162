package argosy.engine.pool;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Calls an action when the time has come. Its thread starts with the first deadline.
final class Timer implements AutoCloseable {

  private final String name;
  private final Runnable action;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Thread thread;
  private long deadline;
  private boolean isSet;
  private boolean isClosed;

  /// @param name its thread's
  Timer(String name, Runnable action) {
    this.name = name;
    this.action = action;
  }

  /// Calls the action at this time of `System.nanoTime()`, unless an earlier one is set: then at
  /// that one, and the action says when it wants to be called next.
  void at(long nanoTime) {
    lock.lock();
    try {
      if (isClosed || (isSet && deadline - nanoTime <= 0)) {
        return;
      }
      if (thread == null) {
        thread =
            Thread.ofPlatform()
                .daemon()
                .inheritInheritableThreadLocals(false)
                .name(name)
                .start(this::run);
      }
      // Not before it has started, which may fail: the next deadline would be taken for a later
      // one.
      deadline = nanoTime;
      isSet = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (awaitDeadline()) {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        // One failure must not be the last deadline that anybody keeps.
        System.getLogger(Timer.class.getName()).log(System.Logger.Level.ERROR, name, e);
      }
    }
  }

  private boolean awaitDeadline() {
    lock.lock();
    try {
      while (!isClosed) {
        long wait = isSet ? deadline - System.nanoTime() : Long.MAX_VALUE;
        if (wait <= 0) {
          isSet = false;
          return true;
        }
        long _ = changed.awaitNanos(wait);
      }
      return false;
    } catch (InterruptedException e) {
      // Nobody interrupts this thread but who wants it to end.
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      isClosed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }
}
