package argosy.kernel.jupyter;

import argosy.kernel.extension.Setting;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Passes on what a cell writes, up to an amount; from then on only the end of what comes in each
/// second, with a line that says how much was left out before it. So no browser drowns, whoever
/// writes little but for long loses nothing, and the last line always arrives. Safe from any
/// thread.
final class OutputLimit implements OutputBatch.Sink {

  /// How much a cell may write before anything is left out.
  static final Setting FREE_CHARS =
      Setting.of(
          "output.limit", "characters that a cell may print before some are left out", 500_000, 0);

  /// How much of each interval is shown after that.
  private static final int KEPT_CHARS = 4_000;

  private static final long INTERVAL_MILLIS = 1_000;

  private final ScheduledExecutorService timer;
  private final OutputBatch.Sink sink;
  private final Map<StreamName, Tail> tails = new EnumMap<>(StreamName.class);
  private long written;
  private boolean scheduled;

  OutputLimit(ScheduledExecutorService timer, OutputBatch.Sink sink) {
    this.timer = timer;
    this.sink = sink;
  }

  @Override
  public synchronized void send(StreamName stream, String text) {
    int free = Math.clamp(FREE_CHARS.value() - written, 0, text.length());
    if (free < text.length()) {
      free = text.lastIndexOf('\n', free - 1) + 1;
    }
    written += text.length();
    if (free > 0 && tails.isEmpty()) {
      sink.send(stream, text.substring(0, free));
    } else {
      free = 0;
    }
    if (free < text.length()) {
      tails.computeIfAbsent(stream, _ -> new Tail()).add(text, free);
      scheduleRelease();
    }
  }

  private void scheduleRelease() {
    if (scheduled) {
      return;
    }
    try {
      var _ = timer.schedule(this::release, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      scheduled = true;
    } catch (RejectedExecutionException e) {
      release();
    }
  }

  /// Sends what is held back now.
  synchronized void release() {
    scheduled = false;
    tails.forEach((stream, tail) -> {
      String text = tail.take();
      if (!text.isEmpty()) {
        sink.send(stream, text);
      }
    });
  }

  /// Forgets what was written so far, because nobody sees it any longer.
  synchronized void reset() {
    tails.clear();
    written = 0;
  }

  /// The end of what was written, and how much came before it.
  private static final class Tail {
    private final StringBuilder kept = new StringBuilder();
    private long lines;
    private long chars;

    void add(String text, int from) {
      kept.append(text, from, text.length());
      if (kept.length() > KEPT_CHARS) {
        drop();
      }
    }

    /// Drops whole lines, and of a line that is longer than all that is kept, its start. What a
    /// carriage return takes back nobody misses.
    private void drop() {
      int least = kept.length() - KEPT_CHARS;
      int end = least;
      while (end < kept.length() - 1 && "\n\r".indexOf(kept.charAt(end)) < 0) {
        end++;
      }
      if (end == kept.length() - 1) {
        end = Character.isLowSurrogate(kept.charAt(least)) ? least : least - 1;
      }
      end++;
      long dropped = lines;
      count(end);
      if (lines > dropped || kept.charAt(end - 1) != '\r') {
        chars += end;
      }
      kept.delete(0, end);
    }

    private void count(int end) {
      for (int i = 0; i < end; i++) {
        if (kept.charAt(i) == '\n') {
          lines++;
        }
      }
    }

    String take() {
      String notice =
          chars == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  "\n… %,d lines (%,d characters) left out; %%config %s shows more …\n",
                  lines,
                  chars,
                  FREE_CHARS.name());
      String text = notice + kept;
      kept.setLength(0);
      lines = 0;
      chars = 0;
      return text;
    }
  }
}
