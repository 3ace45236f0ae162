package argosy.engine;

import argosy.engine.host.Host;
import argosy.engine.host.ProgressDisplay;
import org.jspecify.annotations.Nullable;

/// Counts what is done and shows it at most ten times a second. Confined to the thread that asks
/// for the results.
final class Progress implements AutoCloseable {

  private static final long INTERVAL_NANOS = 100_000_000;

  private final @Nullable ProgressDisplay display;
  private long done;
  private long failed;
  private long lastShown;

  private Progress(@Nullable ProgressDisplay display) {
    this.display = display;
  }

  /// Shows nothing if there is no label.
  static Progress of(Host host, @Nullable String label, long total) {
    return new Progress(label == null ? null : host.progress(label, total));
  }

  void advance(boolean isFailure) {
    done++;
    failed += isFailure ? 1 : 0;
    if (display != null && System.nanoTime() - lastShown >= INTERVAL_NANOS) {
      lastShown = System.nanoTime();
      display.update(done, failed);
    }
  }

  @Override
  public void close() {
    if (display != null) {
      display.update(done, failed);
      display.close();
    }
  }
}
