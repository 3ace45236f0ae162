package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ThreadReportTest {

  private volatile boolean isOver;

  private void spinInTheLoopOfTheUser() {
    while (!isOver) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theFirstThreadComesFirstWithWhatItIsDoing() {
    Thread busy = start("busy", this::spinInTheLoopOfTheUser);
    try {
      while (busy.getStackTrace().length == 0) {
        Thread.onSpinWait();
      }
      assertThat(ThreadReport.startingWith(busy))
          .startsWith("\"busy\" RUNNABLE\n")
          .contains("ThreadReportTest.spinInTheLoopOfTheUser(ThreadReportTest.java:")
          .doesNotContain("Reference Handler")
          .endsWith(" threads of the JVM and of Argosy are left out\n");
    } finally {
      isOver = true;
    }
  }

  @Test
  void threadsOfArgosyAreLeftOutUnlessOneIsAskedFor() {
    Thread ours = start("argosy/x", this::spinInTheLoopOfTheUser);
    try {
      assertThat(ThreadReport.startingWith(Thread.currentThread())).doesNotContain("argosy/x");
      assertThat(ThreadReport.startingWith(ours)).startsWith("\"argosy/x\" RUNNABLE\n");
    } finally {
      isOver = true;
    }
  }

  @Test
  void whoeverWaitsIsToldForWhatAndWhoHasIt() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Thread waiting;
    lock.lock();
    try {
      waiting = start("waiting", lock::lock);
      while (!lock.hasQueuedThread(waiting) || waiting.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      assertThat(ThreadReport.startingWith(waiting))
          .contains("\"waiting\" WAITING, waits for " + lock.getClass().getName())
          .contains(", which \"" + Thread.currentThread().getName() + "\" has");
    } finally {
      lock.unlock();
    }
    waiting.join();
  }

  @Test
  void aDeadlockIsNamed() throws InterruptedException {
    ReentrantLock one = new ReentrantLock();
    ReentrantLock other = new ReentrantLock();
    CountDownLatch bothHaveOne = new CountDownLatch(2);
    Thread left = lockBoth("left", one, other, bothHaveOne);
    Thread right = lockBoth("right", other, one, bothHaveOne);
    while (!other.hasQueuedThread(left) || !one.hasQueuedThread(right)) {
      LockSupport.parkNanos(100_000);
    }

    assertThat(ThreadReport.startingWith(left))
        .contains("wait for each other for ever:", "\"left\"", "\"right\"");

    left.interrupt();
    right.interrupt();
    left.join();
    right.join();
  }

  private static Thread lockBoth(
      String name, ReentrantLock first, ReentrantLock second, CountDownLatch bothHaveOne) {
    return start(
        name,
        () -> {
          first.lock();
          try {
            bothHaveOne.countDown();
            bothHaveOne.await();
            second.lockInterruptibly();
          } catch (InterruptedException e) {
            // The test is over.
          } finally {
            first.unlock();
          }
        });
  }

  private static Thread start(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
