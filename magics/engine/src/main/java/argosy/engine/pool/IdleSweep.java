package argosy.engine.pool;

import argosy.engine.memory.DeadArrays;
import argosy.engine.memory.StoredValue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Frees, when no task has run for a while, what workers keep of large values that nobody can
/// capture again. Safe from any thread.
/*
 * Only a garbage collection tells that nobody can. Large arrays are few, and to the kernel's heap hardly
 * ever reason enough for one; but each of them lies in every worker, too. So one is done, when nobody waits
 * for it: after something large has been captured, and later, if it is still there, now and then.
 */
final class IdleSweep implements AutoCloseable {

  /// How often it looks whether tasks have ended since.
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /// So many looks in vain, and nobody is about to use any of it.
  private static final int IDLE_LOOKS = 2;

  /// Another collection may have found something meanwhile.
  private static final long LATER_NANOS = TimeUnit.SECONDS.toNanos(15);

  /// Less is kept without asking.
  private static final long LEAST_BYTES = 32L << 20;

  /// Who found nothing to free waits for so long, and for so many times as long as it took.
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long PAUSE_SHARE = 100;

  private final Timer timer = new Timer("argosy/idle", this::look);
  private final Collection<WorkerLink> links;
  private final Dispatcher<RemoteCall> dispatcher;

  // Of the timer's thread.
  private long tasksSeen;
  private int looksInVain;
  private long newestSwept;
  private long tasksCollected;
  private long nextCollection;

  /// @param links the workers; changes
  IdleSweep(Collection<WorkerLink> links, Dispatcher<RemoteCall> dispatcher) {
    this.links = links;
    this.dispatcher = dispatcher;
  }

  /// Workers are sent these calls.
  void sent(List<RemoteCall> calls) {
    for (RemoteCall call : calls) {
      if (!call.needs().values().isEmpty()) {
        timer.at(System.nanoTime() + LOOK_NANOS);
        return;
      }
    }
  }

  private void look() {
    long tasks = links.stream().mapToLong(WorkerLink::tasksDone).sum();
    boolean isUsed = tasks != tasksSeen || links.stream().anyMatch(WorkerLink::hasTasks);
    tasksSeen = tasks;
    looksInVain = isUsed ? 0 : looksInVain + 1;
    if (looksInVain < IDLE_LOOKS) {
      timer.at(System.nanoTime() + LOOK_NANOS);
      return;
    }
    Set<StoredValue> kept = sweep();
    long newest = kept.stream().mapToLong(StoredValue::number).max().orElse(0);
    boolean isTime =
        newest > newestSwept || (tasks != tasksCollected && System.nanoTime() - nextCollection > 0);
    if (isTime && bytes(kept) >= LEAST_BYTES) {
      newestSwept = newest;
      tasksCollected = tasks;
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
      boolean _ = dropOrphans();
      links.forEach(link -> left.addAll(link.known().captured()));
    });
    links.forEach(link -> link.orders().flush());
    return left;
  }

  /// Frees what is known already to be of no use, at once if possible. Whoever calls may have
  /// locks.
  ///
  /// @return whether there was something
  boolean sweepNow() {
    AtomicBoolean isAny = new AtomicBoolean();
    dispatcher.lockedIfFree(() -> isAny.set(dropOrphans()));
    if (isAny.get()) {
      links.forEach(link -> link.orders().flush());
    }
    return isAny.get();
  }

  /// Under the dispatcher's lock.
  private boolean dropOrphans() {
    boolean isAny = false;
    if (dispatcher.standings().isEmpty()) {
      for (WorkerLink link : links) {
        isAny |= link.orders().dropOrphans();
      }
    }
    return isAny;
  }

  private static long bytes(Set<StoredValue> values) {
    return values.stream().mapToLong(StoredValue::bytes).sum();
  }

  private void collect() {
    long nanos = DeadArrays.collect();
    nextCollection = System.nanoTime() + Math.max(PAUSE_NANOS, PAUSE_SHARE * nanos);
  }

  @Override
  public void close() {
    timer.close();
  }
}
