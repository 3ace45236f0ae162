package argosy.engine.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private final RemoteCall call;
    private final CompletableFuture<Boolean> outcome = new CompletableFuture<>();

    private Entry(RemoteCall call) {
      this.call = call;
    }

    static Entry of(RemoteCall call) {
      return new Entry(call);
    }

    /// Says whether it has worked on any worker. The first word counts.
    void settle(boolean hasWorked) {
      boolean _ = outcome.complete(hasWorked);
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

  /// What a new worker does with a call; returns when that has ended.
  @FunctionalInterface
  interface Replay {

    /// {@return whether the call is worth to be tried on the next worker}
    boolean run(RemoteCall call);
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
      if (!next.outcome.join() || !replay.run(next.call)) {
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
