package argosy.engine.pool;

import argosy.engine.memory.StoredValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Frees, when no task has run for a while, what workers keep of large values that nobody can
/// capture again. Safe from any thread.
/*
 * Only a garbage collection tells that nobody can. Large arrays are few, and to the kernel's heap hardly
 * ever reason enough for one; but each of them lies in every worker, too. So one is done, when nobody waits
 * for it, if large values have been captured since the last.
 */
final class IdleSweep implements AutoCloseable {

  /// How often it looks whether tasks have ended since. Twice that is less than it takes until
  /// workers rest, who then give the memory back.
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// Another collection may have found something meanwhile.
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(15);

  /// Less is kept without asking.
  private static final long LEAST_BYTES = 32L << 20;

  private final Timer timer = new Timer("argosy/idle", this::look);
  private final Collection<WorkerLink> links;
  private final Dispatcher<RemoteCall> dispatcher;

  // Of the timer's thread.
  private long tasksSeen;
  private long newestSwept;

  /// @param links the workers; changes
  IdleSweep(Collection<WorkerLink> links, Dispatcher<RemoteCall> dispatcher) {
    this.links = links;
    this.dispatcher = dispatcher;
  }

  /// Workers are sent these calls.
  void sent(List<RemoteCall> calls) {
    for (RemoteCall call : calls) {
      if (!call.needs().values().isEmpty()) {
        timer.at(System.nanoTime() + IDLE_NANOS);
        return;
      }
    }
  }

  private void look() {
    long tasks = links.stream().mapToLong(WorkerLink::tasksDone).sum();
    boolean wasUsed = tasks != tasksSeen;
    tasksSeen = tasks;
    if (wasUsed || links.stream().anyMatch(WorkerLink::hasTasks)) {
      timer.at(System.nanoTime() + IDLE_NANOS);
      return;
    }
    Set<StoredValue> kept = sweep();
    long newest = kept.stream().mapToLong(StoredValue::number).max().orElse(0);
    if (newest > newestSwept && bytes(kept) >= LEAST_BYTES) {
      newestSwept = newest;
      collect();
      kept = sweep();
    }
    if (bytes(kept) >= LEAST_BYTES) {
      timer.at(System.nanoTime() + LATER_NANOS);
    }
  }

  /// {@return what is left}
  private Set<StoredValue> sweep() {
    Set<StoredValue> left = new HashSet<>();
    dispatcher.locked(() -> {
      boolean isIdle = dispatcher.standings().isEmpty();
      for (WorkerLink link : links) {
        if (isIdle) {
          link.orders().dropOrphans();
        }
        left.addAll(link.known().captured());
      }
    });
    links.forEach(link -> link.orders().flush());
    return left;
  }

  private static long bytes(Set<StoredValue> values) {
    return values.stream().mapToLong(StoredValue::bytes).sum();
  }

  @SuppressWarnings("SystemGc") // nobody else knows that now is a good moment, and what for
  private static void collect() {
    System.gc();
  }

  @Override
  public void close() {
    timer.close();
  }
}
