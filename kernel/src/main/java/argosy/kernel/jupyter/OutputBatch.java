package argosy.kernel.jupyter;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Gathers what a cell writes and sends it in few messages: when there is much, when some
/// milliseconds have passed, and before anything else that must come after it. Safe from any
/// thread; what one thread writes keeps its order.
final class OutputBatch {

  /// What a person still sees as at once.
  private static final long DELAY_MILLIS = 25;

  private static final int FULL_CHARS = 1 << 15;

  /// Takes what was gathered.
  @FunctionalInterface
  interface Sink {
    /// Called with the batch's lock held, so that the order stays. Must not block.
    void send(StreamName stream, String text);
  }

  private final ScheduledExecutorService timer;
  private final Sink sink;
  private final StringBuilder text = new StringBuilder();
  private StreamName current = StreamName.STDOUT;

  OutputBatch(ScheduledExecutorService timer, Sink sink) {
    this.timer = timer;
    this.sink = sink;
  }

  synchronized void append(StreamName stream, String more) {
    if (more.isEmpty()) {
      return;
    }
    if (stream != current) {
      flush();
      current = stream;
    }
    boolean first = text.isEmpty();
    text.append(more);
    if (text.length() >= FULL_CHARS || (first && !scheduled())) {
      flush();
    }
  }

  private boolean scheduled() {
    try {
      var _ = timer.schedule(this::flush, DELAY_MILLIS, TimeUnit.MILLISECONDS);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  /// Sends what was gathered.
  synchronized void flush() {
    if (!text.isEmpty()) {
      String batch = text.toString();
      text.setLength(0);
      sink.send(current, batch);
    }
  }

  /// Sends what was gathered, then runs a short action, and nothing comes between them.
  synchronized void flushThen(Runnable action) {
    flush();
    action.run();
  }
}
