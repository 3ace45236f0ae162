package argosy.engine.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What has run on all workers, so that one that comes later runs it first and knows what they
/// know. Safe from any thread.
/*
 * Whoever adds an entry sends it to the ready workers before anything else can happen here; a worker
 * becomes ready only when it has run all entries. So each worker runs each entry once. What has
 * worked nowhere is not run again: it may be what ended the worker whose place the new one takes.
 */
final class ReplayLog {

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Entry> entries = new ArrayList<>();

  /// Something that ran, or runs.
  static final class Entry {

    private final Lesson lesson;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();
    private final AtomicBoolean hasFailed = new AtomicBoolean();
    private final long start = System.nanoTime();
    private volatile long nanos;

    private Entry(Lesson lesson) {
      this.lesson = lesson;
    }

    static Entry of(Lesson lesson) {
      return new Entry(lesson);
    }

    Lesson lesson() {
      return lesson;
    }

    /// Says whether it has worked on any worker. The first word counts.
    void settle(boolean hasWorked) {
      nanos = System.nanoTime() - start;
      boolean _ = outcome.complete(hasWorked);
    }

    /// {@return how long it took until all workers of then had run it; only when it has settled}
    long nanos() {
      return nanos;
    }

    /// {@return whether this is the first time that a worker which came later could not run it}
    boolean failsForTheFirstTime() {
      return hasFailed.compareAndSet(false, true);
    }
  }

  /// Runs something between two changes.
  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Adds what is being sent to the workers. Only inside [#locked].
  void add(Entry entry) {
    entries.add(entry);
  }

  void remove(Entry entry) {
    locked(() -> entries.remove(entry));
  }

  /// What a new worker does with an entry; returns when that has ended.
  @FunctionalInterface
  interface Replay {

    /// {@return whether the entry is worth to be tried on the next worker}
    boolean run(Entry entry);
  }

  /// Runs everything on a new worker, and then makes it ready while nothing can be added. Blocks,
  /// also for what still runs elsewhere.
  void replay(Replay replay, Runnable ready) {
    List<Entry> done = new ArrayList<>();
    while (true) {
      Entry next = nextOrReady(done, ready);
      if (next == null) {
        return;
      }
      done.add(next);
      if (!next.outcome.join() || !replay.run(next)) {
        remove(next);
      }
    }
  }

  private @Nullable Entry nextOrReady(List<Entry> done, Runnable ready) {
    lock.lock();
    try {
      for (Entry entry : entries) {
        if (!done.contains(entry)) {
          return entry;
        }
      }
      ready.run();
      return null;
    } finally {
      lock.unlock();
    }
  }
}
