package argosy.commands;

import argosy.engine.host.ProgressDisplay;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.Html;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A progress bar in the cell, drawn in one place.
final class CellProgress implements ProgressDisplay {

  private static final int WIDTH = 30;

  private final CurrentCell cell;
  private final String label;
  private final long total;
  private final LongSupplier nanoTime;
  private final long start;
  private @Nullable String displayId;
  private long done;
  private long failed;

  /// @param total how many inputs there are, or -1 if nobody knows
  /// @param nanoTime the clock
  CellProgress(CurrentCell cell, String label, long total, LongSupplier nanoTime) {
    this.cell = cell;
    this.label = label;
    this.total = total;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public void update(long done, long failed) {
    this.done = done;
    this.failed = failed;
    show(false);
  }

  @Override
  public void close() {
    show(true);
  }

  private void show(boolean isOver) {
    String text = text(isOver);
    Map<String, Object> bundle =
        Map.of("text/plain", bar() + text, "text/html", htmlBar() + Html.escape(text));
    if (displayId == null) {
      displayId = cell.display(bundle);
    } else {
      cell.update(displayId, bundle);
    }
  }

  private String text(boolean isOver) {
    double seconds = (nanoTime.getAsLong() - start) / 1e9;
    StringBuilder text = new StringBuilder(label).append(": ");
    text.append(String.format(Locale.ROOT, "%,d", done));
    if (total >= 0) {
      text.append(String.format(Locale.ROOT, " of %,d", total));
    }
    if (failed > 0) {
      text.append(String.format(Locale.ROOT, ", %,d failed", failed));
    }
    text.append(isOver ? " in " : ", ").append(time(seconds));
    if (!isOver && total > done && done > 0) {
      text.append(", about ").append(time(seconds * (total - done) / done)).append(" to go");
    }
    return text.toString();
  }

  private String bar() {
    if (total < 0) {
      return "";
    }
    int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
    return "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] ";
  }

  private String htmlBar() {
    return total < 0
        ? ""
        : "<progress max=\"%d\" value=\"%d\"></progress> "
            .formatted(Math.max(1, total), total == 0 ? 1 : done);
  }

  private static String time(double seconds) {
    return seconds < 59.95
        ? String.format(Locale.ROOT, "%.1f s", seconds)
        : String.format(
            Locale.ROOT, "%d min %d s", Math.round(seconds) / 60, Math.round(seconds) % 60);
  }
}
