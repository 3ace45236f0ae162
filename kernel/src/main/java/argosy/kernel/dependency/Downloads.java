package argosy.kernel.dependency;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferCancelledException;
import org.eclipse.aether.transfer.TransferEvent;

/// Counts what one request fetches, reports it at most five times a second, and can end it.
final class Downloads extends AbstractTransferListener {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Consumer<String> progress;
  private final Map<String, Long> bytes = new ConcurrentHashMap<>();
  private final AtomicLong lastReport = new AtomicLong(System.nanoTime());
  private volatile boolean cancelled;

  Downloads(Consumer<String> progress) {
    this.progress = progress;
  }

  /// Reports what was fetched, if anything was.
  void finish() {
    String summary = summary();
    if (!summary.isEmpty()) {
      progress.accept("fetched " + summary);
    }
  }

  /// Ends every transfer at its next byte, and lets none start.
  void cancel() {
    cancelled = true;
  }

  @Override
  public void transferInitiated(TransferEvent event) throws TransferCancelledException {
    stopIfCancelled();
  }

  @Override
  public void transferProgressed(TransferEvent event) throws TransferCancelledException {
    stopIfCancelled();
    bytes.put(event.getResource().getResourceName(), event.getTransferredBytes());
    long last = lastReport.get();
    long now = System.nanoTime();
    if (now - last >= PAUSE_NANOS && lastReport.compareAndSet(last, now)) {
      String summary = summary();
      if (!summary.isEmpty()) {
        progress.accept("fetching " + summary);
      }
    }
  }

  /// {@return such as `3 files, 1.2 MB`, or empty if nothing had to be fetched}
  String summary() {
    long jars =
        bytes.keySet().stream()
            .filter(name -> !name.endsWith(".pom") && !name.endsWith(".xml"))
            .count();
    long total = bytes.values().stream().mapToLong(Long::longValue).sum();
    return jars == 0
        ? ""
        : String.format(
            Locale.ROOT, "%d %s, %.1f MB", jars, jars == 1 ? "file" : "files", total / 1e6);
  }

  private void stopIfCancelled() throws TransferCancelledException {
    if (cancelled) {
      throw new TransferCancelledException("interrupted");
    }
  }
}
