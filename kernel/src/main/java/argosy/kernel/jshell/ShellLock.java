package argosy.kernel.jshell;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// Whoever holds it may use the shell, which is safe from one thread only.
final class ShellLock {

  private final ReentrantLock lock = new ReentrantLock();

  void lock() {
    lock.lock();
  }

  boolean tryLock(long millis) {
    try {
      return lock.tryLock(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Does nothing on a thread that was given up while it had released the lock.
  void unlock() {
    if (lock.isHeldByCurrentThread()) {
      lock.unlock();
    }
  }

  /// Lets others use the shell while the user's code runs.
  ///
  /// @return what to give to [#takeBack]
  int release() {
    int holds = lock.getHoldCount();
    for (int i = 0; i < holds; i++) {
      lock.unlock();
    }
    return holds;
  }

  void takeBack(int holds) {
    for (int i = 0; i < holds; i++) {
      lock.lock();
    }
  }
}
