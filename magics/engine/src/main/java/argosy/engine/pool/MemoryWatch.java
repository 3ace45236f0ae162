package argosy.engine.pool;

import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Looks, while tasks run, how much memory the workers occupy, and says who takes too much. Safe
/// from any thread.
final class MemoryWatch implements AutoCloseable {

  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /// How much memory a worker may have.
  ///
  /// @param most in the middle of a task, in bytes; 0 for as much as there is
  /// @param keep between two tasks
  record Limits(long most, long keep) {

    /// From this part of the limit on, a worker is replaced between two tasks: the next one should
    /// not fail for what earlier ones have left.
    private static final double NEARLY = 0.8;

    /// However many workers there are, each may keep this much.
    private static final long LEAST_SHARE_BYTES = 2L << 30;

    static Limits of(WorkerSettings settings, long machineBytes) {
      long most = settings.memoryBytes();
      long share = Math.max(LEAST_SHARE_BYTES, machineBytes / Math.max(1, settings.count()));
      return new Limits(most, (long) (NEARLY * (most > 0 ? most : share)));
    }
  }

  /// What becomes of those that take too much.
  interface Verdicts {

    /// The worker keeps so much from one task to the next.
    void outgrown(WorkerLink link, long bytes);

    /// The worker takes more than it may, in the middle of a task.
    void overdrawn(WorkerLink link, long bytes);
  }

  private final Timer timer = new Timer("argosy/memory", this::look);
  private final Collection<WorkerLink> links;
  private final Supplier<Limits> limits;
  private final Verdicts verdicts;

  /// @param links those who are watched; changes
  MemoryWatch(Collection<WorkerLink> links, Supplier<Limits> limits, Verdicts verdicts) {
    this.links = links;
    this.limits = limits;
    this.verdicts = verdicts;
  }

  /// Tasks run from now on.
  void wake() {
    timer.at(System.nanoTime() + INTERVAL_NANOS);
  }

  private void look() {
    Limits now = limits.get();
    boolean isAnyBusy = false;
    for (WorkerLink link : links) {
      long bytes = link.measureMemory();
      boolean isBusy = link.running() != 0;
      isAnyBusy |= isBusy;
      if (now.most() > 0 && isBusy && bytes > now.most()) {
        verdicts.overdrawn(link, bytes);
      } else if (link.keepsMoreThan(now.keep(), isBusy)) {
        verdicts.outgrown(link, bytes);
      }
    }
    if (isAnyBusy) {
      wake();
    }
  }

  @Override
  public void close() {
    timer.close();
  }
}
