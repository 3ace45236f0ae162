package argosy;

import argosy.Scaling.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Draws the speed-up over the number of workers.
final class ScalingChart {

  private static final int WIDTH = 520;
  private static final int HEIGHT = 320;
  private static final int LEFT = 50;
  private static final int RIGHT = 110;
  private static final int TOP = 20;
  private static final int BOTTOM = 45;
  private static final Map<String, String> COLORS =
      Map.of("threads", "#1f77b4", "processes", "#d62728");

  private final Scaling scaling;
  private final int maxWorkers;
  private final double maxSpeedup;
  private final List<String> parts = new ArrayList<>();

  ScalingChart(Scaling scaling) {
    this.scaling = scaling;
    maxWorkers = scaling.measurements().stream().mapToInt(Measurement::workers).max().orElse(1);
    double measured = scaling.measurements().stream().mapToDouble(scaling::speedup).max().orElse(1);
    maxSpeedup = Math.max(maxWorkers, measured);
  }

  String svg() {
    add("<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
    for (int n = 0; n <= maxWorkers; n += step(maxWorkers)) {
      add("<line x1='%1$.1f' y1='%2$d' x2='%1$.1f' y2='%3$d' stroke='#ddd'/>", x(n), TOP, y0());
      text(x(n), y0() + 18, "middle", Integer.toString(n));
    }
    for (int speed = 0; speed <= maxSpeedup; speed += step((int) maxSpeedup)) {
      add(
          "<line x1='%d' y1='%2$.1f' x2='%3$d' y2='%2$.1f' stroke='#ddd'/>",
          LEFT, y(speed), WIDTH - RIGHT);
      text(LEFT - 8, y(speed) + 4, "end", Integer.toString(speed));
    }
    text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "workers");
    add(
        "<text x='14' y='%1$d' text-anchor='middle' transform='rotate(-90 14"
            + " %1$d)'>speed-up</text>",
        (TOP + y0()) / 2);
    line(List.of(point(0, 0), point(maxWorkers, maxWorkers)), "#999", "6 4");
    text(x(maxWorkers) + 6, y(maxWorkers) + 4, "start", "ideal");
    scaling.serialFractions().forEach(this::draw);
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' width='%d'"
            .formatted(WIDTH, HEIGHT, WIDTH)
        + " font-family='sans-serif' font-size='12'>"
        + String.join("", parts)
        + "</svg>";
  }

  private void draw(String backend, double serial) {
    List<Measurement> own = scaling.of(backend);
    String color = COLORS.getOrDefault(backend, "#2ca02c");
    double one = scaling.speedup(own.getFirst());
    List<String> fitted = new ArrayList<>();
    for (double n = 1; n <= maxWorkers; n += (maxWorkers - 1) / 40.0) {
      fitted.add(point(n, one / (serial + (1 - serial) / n)));
    }
    line(fitted, color, "2 3");
    line(
        own.stream().map(each -> point(each.workers(), scaling.speedup(each))).toList(), color, "");
    for (Measurement each : own) {
      add(
          "<circle cx='%.1f' cy='%.1f' r='4' fill='%s'/>",
          x(each.workers()), y(scaling.speedup(each)), color);
    }
    int row = TOP + 14 + (backend.equals("threads") ? 0 : 20);
    add("<rect x='%d' y='%d' width='12' height='4' fill='%s'/>", WIDTH - RIGHT + 24, row, color);
    text(WIDTH - RIGHT + 42, row + 6, "start", backend);
  }

  private static int step(int range) {
    return Math.max(1, range / 8);
  }

  private static int y0() {
    return HEIGHT - BOTTOM;
  }

  private double x(double workers) {
    return LEFT + workers / maxWorkers * (WIDTH - LEFT - RIGHT);
  }

  private double y(double speedup) {
    return y0() - speedup / maxSpeedup * (y0() - TOP);
  }

  private String point(double workers, double speedup) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x(workers), y(speedup));
  }

  private void line(List<String> points, String color, String dashes) {
    add(
        "<polyline points='%s' fill='none' stroke='%s' stroke-width='2' stroke-dasharray='%s'/>",
        points.stream().collect(Collectors.joining(" ")), color, dashes);
  }

  private void text(double x, double y, String anchor, String text) {
    add("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text);
  }

  @SuppressWarnings("AnnotateFormatMethod") // every format is a constant of this class
  private void add(String format, Object... values) {
    parts.add(String.format(Locale.ROOT, format, values));
  }
}
