package argosy.commands;

import argosy.commands.TimelineView.Row;
import argosy.engine.timeline.Bar;
import argosy.kernel.extension.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Draws a timeline: a row for each worker, a color for each function.
final class TimelineChart {

  private static final int WIDTH = 860;
  private static final int LEFT = 90;
  private static final int RIGHT = 110;
  private static final int TOP = 34;
  private static final int LEGEND = 18;

  /// More rectangles make a notebook slow.
  private static final int MAX_BARS = 6000;

  /// Red, orange and black are for what went wrong.
  private static final List<String> COLORS =
      List.of(
          "#4c78a8", "#54a24b", "#b279a2", "#72b7b2", "#9d755d", "#8c8fd9", "#7f9a3a", "#d37fb5",
          "#5aa5d6", "#a89f3d", "#3f8f77", "#9a9a9a");

  private static final String FAILED = "#d62728";
  private static final String STOPPED = "#ff9d1e";
  private static final String LOST = "#000";

  private final TimelineView view;
  private final TimelineText words;
  private final int step;
  private final List<String> parts = new ArrayList<>();

  TimelineChart(TimelineView view) {
    this.view = view;
    this.words = new TimelineText(view);
    int rows = view.rows().size();
    step = rows <= 16 ? 24 : rows <= 48 ? 14 : 6;
  }

  String svg() {
    List<String> signs = signs();
    int bottom = TOP + step * view.rows().size();
    int height = bottom + 26 + LEGEND * (view.kinds().size() + (signs.isEmpty() ? 0 : 1)) + 6;
    add("<rect width='%d' height='%d' fill='white'/>", WIDTH, height);
    text(8, 18, "start", words.summary());
    axis(bottom);
    for (int i = 0; i < view.rows().size(); i++) {
      draw(view.rows().get(i), TOP + i * step);
    }
    int y = bottom + 26;
    for (int kind = 0; kind < view.kinds().size(); kind++) {
      add("<rect x='%d' y='%d' width='12' height='12' fill='%s'/>", LEFT, y, color(kind));
      text(LEFT + 20, y + 10, "start", words.legend(kind));
      y += LEGEND;
    }
    for (int i = 0; i < signs.size(); i++) {
      add(signs.get(i), LEFT + 200 * i, y, LEFT + 200 * i + 20, y + 10);
    }
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %1$d %2$d' width='%1$d'"
            .formatted(WIDTH, height)
        + " font-family='sans-serif' font-size='12'>"
        + String.join("", parts)
        + "</svg>";
  }

  private List<String> signs() {
    List<String> signs = new ArrayList<>();
    addSign(signs, view.stream().anyMatch(b -> b.ends().failed() > 0), FAILED, "failed");
    addSign(
        signs,
        view.stream().anyMatch(b -> b.ends().stopped() > 0),
        STOPPED,
        "cancelled or out of time");
    addSign(signs, view.stream().anyMatch(b -> b.ends().lost() > 0), LOST, "lost with its worker");
    return signs;
  }

  private static void addSign(List<String> signs, boolean isThere, String color, String meaning) {
    if (isThere) {
      signs.add(
          "<rect x='%%d' y='%%d' width='12' height='5' fill='%s'/><text x='%%d' y='%%d'>%s</text>"
              .formatted(color, meaning));
    }
  }

  private void axis(int bottom) {
    double unit = tick((double) view.nanos());
    for (int i = 0; i * unit <= view.nanos(); i++) {
      double x = LEFT + i * unit / view.nanos() * (WIDTH - LEFT - RIGHT);
      add(
          "<line x1='%1$.1f' y1='%2$d' x2='%1$.1f' y2='%3$d' stroke='#ddd'/>",
          x, TOP - 6, bottom + 4);
      text(x, bottom + 17, "middle", i == 0 ? "0" : TimelineText.time(i * unit));
    }
  }

  /// {@return 1, 2 or 5 times a power of ten, so that there are five to ten}
  private static double tick(double range) {
    double power = Math.pow(10, Math.floor(Math.log10(range / 5)));
    double ratio = range / 5 / power;
    return power * (ratio >= 5 ? 5 : ratio >= 2 ? 2 : 1);
  }

  private void draw(Row row, int y) {
    int high = step - (step > 10 ? 6 : 1);
    double left = x(view.presentFrom(row));
    double right = x(view.presentFrom(row) + view.presentNanos(row));
    add(
        "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='#f2f2f2'/>",
        left, y, Math.max(1, right - left), high);
    for (Bar bar : seen(row.bars())) {
      draw(bar, y, high);
    }
    if (step > 10) {
      text(LEFT - 8, y + high / 2.0 + 4, "end", row.label());
      text(
          WIDTH - RIGHT + 8,
          y + high / 2.0 + 4,
          "start",
          String.format(
              Locale.ROOT,
              "%.0f %%, %,d",
              100 * view.busyNanos(row) / view.presentNanos(row),
              row.tasks()));
    }
  }

  /// {@return the bars of a row, those that are too small to be seen together with their neighbors}
  private List<Bar> seen(List<Bar> bars) {
    double points = Math.max(1, (double) (WIDTH - LEFT) * view.rows().size() / MAX_BARS);
    double grain = points * view.nanos() / (WIDTH - LEFT - RIGHT);
    return Bar.merged(bars, (long) grain);
  }

  private void draw(Bar bar, int y, int high) {
    double left = x(Math.max(view.begin(), bar.begin()));
    double right = x(bar.end());
    double way = left - x(Math.max(view.begin(), bar.begin() - bar.wayNanos()));
    if (way >= 1) {
      add(
          "<rect x='%.1f' y='%.1f' width='%.1f' height='3' fill='#bbb'><title>in transfer for"
              + " %s</title></rect>",
          left - way, y + high / 2.0 - 1.5, way, TimelineText.time(bar.wayNanos()));
    }
    // A line between neighbors, if there is room for it.
    double width = Math.max(0.7, right - left - (right - left > 3 ? 0.8 : 0));
    double share = (double) bar.busyNanos() / Math.max(1, bar.end() - bar.begin());
    int kind = view.kindOf(bar);
    add(
        "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s' fill-opacity='%.2f'%s>"
            + "<title>%s</title></rect>",
        left,
        y,
        width,
        high,
        color(kind),
        0.25 + 0.75 * Math.clamp(share, 0, 1),
        bar.isRunning() ? " stroke='#333' stroke-dasharray='3 2'" : "",
        Html.escape(title(bar, kind)));
    String sign = sign(bar.ends());
    if (sign != null) {
      double at = Math.max(left, right - 5);
      add(
          "<rect x='%.1f' y='%d' width='%.1f' height='%d' fill='%s'/>",
          at, y, Math.max(3, right - at), Math.max(2, high / 3), sign);
    }
  }

  private static @Nullable String sign(Bar.Ends ends) {
    return ends.lost() > 0
        ? LOST
        : ends.failed() > 0 ? FAILED : ends.stopped() > 0 ? STOPPED : null;
  }

  private String title(Bar bar, int kind) {
    String what =
        bar.count() == 1
            ? "task " + bar.number()
            : String.format(Locale.ROOT, "%,d tasks from %d on", bar.count(), bar.number());
    Bar.Ends ends = bar.ends();
    return view.kinds().get(kind).name()
        + "\n"
        + what
        + (bar.isRunning() ? ", running" : "")
        + "\nfrom "
        + TimelineText.time(Math.max(0, bar.begin() - view.begin()))
        + " on for "
        + TimelineText.time(bar.end() - bar.begin())
        + (ends.failed() == 0 ? "" : "\n" + ends.failed() + " failed")
        + (ends.stopped() == 0 ? "" : "\n" + ends.stopped() + " cancelled or out of time")
        + (ends.lost() == 0 ? "" : "\n" + ends.lost() + " lost with its worker");
  }

  private static String color(int kind) {
    return COLORS.get(kind % COLORS.size());
  }

  private double x(long time) {
    return LEFT + (double) (time - view.begin()) / view.nanos() * (WIDTH - LEFT - RIGHT);
  }

  private void text(double x, double y, String anchor, String text) {
    add(
        "<text x='%.1f' y='%.1f' text-anchor='%s' fill='black'>%s</text>",
        x, y, anchor, Html.escape(text));
  }

  @SuppressWarnings("AnnotateFormatMethod") // every format is a constant of this class
  private void add(String format, Object... values) {
    parts.add(String.format(Locale.ROOT, format, values));
  }
}
