package argosy.engine.pool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One process in reserve, so that a worker that dies, or is added, is replaced at once. Safe from
/// any thread.
/*
 * It starts when the workers have just started, or one has just been replaced, and then after a pause:
 * it must not compete with what somebody waits for. One that cannot start, or that dies again and
 * again while it waits, is given up until the next worker is needed.
 */
final class Spare implements AutoCloseable {

  private static final long PAUSE_MILLIS = 300;
  private static final int MAX_DEATHS = 3;

  private final WorkerStarter starter;
  private final Supplier<WorkerSettings> settings;
  private final BooleanSupplier isWanted;

  // All guarded by this.
  private @Nullable CompletableFuture<StartedWorker> coming;
  private @Nullable WorkerProcess process;
  private CompletableFuture<?> lastDropped = CompletableFuture.completedFuture(null);
  private int deaths;
  private boolean isClosed;

  /// @param settings those of the moment
  /// @param isWanted whether there are workers whose place it could take
  Spare(WorkerStarter starter, Supplier<WorkerSettings> settings, BooleanSupplier isWanted) {
    this.starter = starter;
    this.settings = settings;
    this.isWanted = isWanted;
  }

  /// {@return a worker that is ready and was started with these options, or null}
  synchronized @Nullable StartedWorker take(List<String> options) {
    CompletableFuture<StartedWorker> ready = coming;
    if (ready == null || !ready.isDone() || ready.isCompletedExceptionally()) {
      return null;
    }
    StartedWorker worker = ready.join();
    if (!worker.process().isAlive() || !worker.options().equals(options)) {
      drop();
      return null;
    }
    coming = null;
    process = null;
    deaths = 0;
    return worker;
  }

  /// Has one started soon, unless there is one, or one is coming.
  void prepare() {
    CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS, starter::execute)
        .execute(this::startIfNone);
  }

  private synchronized void startIfNone() {
    if (isClosed || coming != null || deaths >= MAX_DEATHS || !isWanted.getAsBoolean()) {
      return;
    }
    CompletableFuture<StartedWorker> started =
        starter.start(settings.get(), "the worker in reserve", this::spawned);
    coming = started;
    var _ = started.exceptionally(_ -> failed(started));
  }

  private synchronized void spawned(WorkerProcess spawned) {
    process = spawned;
    var _ = spawned.end().thenAccept(_ -> died(spawned));
  }

  @SuppressWarnings("ReferenceEquality") // this very one
  private synchronized @Nullable StartedWorker failed(CompletableFuture<StartedWorker> started) {
    if (coming == started) {
      coming = null;
    }
    return null;
  }

  @SuppressWarnings("ReferenceEquality") // this very process
  private void died(WorkerProcess gone) {
    synchronized (this) {
      if (process != gone) {
        return;
      }
      process = null;
      coming = null;
      deaths++;
    }
    prepare();
  }

  /// {@return the process in reserve, or null}
  synchronized @Nullable StartedWorker peek() {
    CompletableFuture<StartedWorker> ready = coming;
    return ready == null || ready.isCompletedExceptionally() ? null : ready.getNow(null);
  }

  /// Ends the process in reserve, as when workers are to be started in another way.
  synchronized void drop() {
    WorkerProcess dropped = process;
    process = null;
    coming = null;
    deaths = 0;
    if (dropped != null) {
      lastDropped = CompletableFuture.allOf(lastDropped, dropped.end());
      dropped.kill();
    }
  }

  /// Ends it for good, and waits until it is gone.
  @Override
  public void close() {
    CompletableFuture<?> all;
    synchronized (this) {
      isClosed = true;
      drop();
      all = lastDropped;
    }
    all.join();
  }
}
