package argosy.engine;

import argosy.engine.backend.Batch;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What is told of a job's tasks, on any thread, and waits for the thread that asks for results.
/// That one is woken only if there is something to do for it: a result that it waits for, a
/// failure, what a worker has left for others, or workers that are about to run dry.
///
/// @param <E> what is told
final class Arrivals<E> {

  /// How many results wait until the asking thread is woken to decode them, when it wants them all.
  private static final int DECODED_AT_ONCE = 256;

  private final Batch batch;
  private final boolean wantsEach;
  private final ConcurrentLinkedQueue<E> told = new ConcurrentLinkedQueue<>();

  /// How many tasks have not ended, and of how many something was told that was not looked at.
  private final AtomicInteger running = new AtomicInteger();

  private final AtomicInteger unseen = new AtomicInteger();
  private volatile boolean isUrgent;
  private volatile @Nullable String cancellation;

  /// The asking thread while it sleeps, and what it sleeps for.
  private volatile @Nullable Thread asking;

  private volatile BooleanSupplier isThere = () -> false;
  private volatile int wakeBelow;

  /// @param wantsEach whether each result is wanted as soon as it is there
  Arrivals(Batch batch, boolean wantsEach) {
    this.batch = batch;
    this.wantsEach = wantsEach;
  }

  /// So many tasks are about to run.
  void started(int tasks) {
    running.addAndGet(tasks);
  }

  /// {@return how many tasks run or wait for a worker}
  int running() {
    return running.get();
  }

  /// Tells something of tasks that do not run any more. On any thread.
  ///
  /// @param urgent whether the asking thread has something to do about it at once
  void add(E what, int tasks, boolean urgent) {
    told.add(what);
    if (urgent) {
      isUrgent = true;
    }
    unseen.addAndGet(tasks);
    running.addAndGet(-tasks);
    wake();
  }

  /// Begins to look at what was told: until [#next] returns null.
  void look() {
    isUrgent = false;
  }

  /// {@return what was told next, or null}
  @Nullable E next() {
    return told.poll();
  }

  /// What was told of so many tasks has been looked at.
  void seen(int tasks) {
    unseen.addAndGet(-tasks);
  }

  /// Nobody wants the results any more. On any thread.
  void cancel(String why) {
    cancellation = why;
    wake();
  }

  /// {@return why nobody wants the results any more, or null}
  @Nullable String cancellation() {
    return cancellation;
  }

  /// Waits until there is something to do for the calling thread.
  ///
  /// @param isThere whether the result is there that it waits for
  /// @param below it is also to come when no more tasks than so many run
  /// @return false if it was interrupted before
  boolean await(BooleanSupplier isThere, int below) {
    this.isThere = isThere;
    wakeBelow = below;
    asking = Thread.currentThread();
    try {
      while (!isWorthWaking()) {
        batch.help(this::isWorthWaking, -1);
        if (isWorthWaking()) {
          break;
        }
        LockSupport.park(this);
        if (Thread.currentThread().isInterrupted()) {
          return false;
        }
      }
      return true;
    } finally {
      asking = null;
    }
  }

  private boolean isWorthWaking() {
    if (cancellation != null || isUrgent || isThere.getAsBoolean()) {
      return true;
    }
    int news = unseen.get();
    return news > 0 && (wantsEach || news >= DECODED_AT_ONCE || running.get() <= wakeBelow);
  }

  private void wake() {
    Thread sleeper = asking;
    if (sleeper != null && !sleeper.equals(Thread.currentThread()) && isWorthWaking()) {
      LockSupport.unpark(sleeper);
      batch.nudge();
    }
  }
}
