package argosy.commands;

import argosy.commands.TimelineView.Kind;
import argosy.commands.TimelineView.Row;
import argosy.engine.timeline.Bar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A timeline in letters, and in words.
final class TimelineText {

  private static final int WIDTH = 64;

  /// How many workers have a line of their own.
  private static final int MAX_ROWS = 32;

  private static final char FAILED = '!';
  private static final char STOPPED = '/';
  private static final char LOST = '#';

  private final TimelineView view;

  TimelineText(TimelineView view) {
    this.view = view;
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(summary());
    int label = view.rows().stream().mapToInt(row -> row.label().length()).max().orElse(0);
    for (Row row : view.rows().stream().limit(MAX_ROWS).toList()) {
      String share =
          String.format(
              Locale.ROOT,
              "%3.0f %%  %,d",
              100 * view.busyNanos(row) / view.presentNanos(row),
              row.tasks());
      lines.add(padded(row.label(), label) + "  " + letters(row) + "  " + share);
    }
    if (view.rows().size() > MAX_ROWS) {
      lines.add("and " + (view.rows().size() - MAX_ROWS) + " more workers");
    }
    lines.add(" ".repeat(label + 2) + axis());
    for (int i = 0; i < view.kinds().size(); i++) {
      lines.add(letter(i) + "  " + legend(i));
    }
    String all = String.join("", lines.subList(1, 1 + Math.min(MAX_ROWS, view.rows().size())));
    List<String> signs = new ArrayList<>();
    addSign(signs, all, FAILED, "failed");
    addSign(signs, all, STOPPED, "cancelled or out of time");
    addSign(signs, all, LOST, "lost with its worker");
    if (!signs.isEmpty()) {
      lines.add(String.join("   ", signs));
    }
    return String.join("\n", lines);
  }

  /// {@return all in one line}
  String summary() {
    double present = view.rows().stream().mapToLong(view::presentNanos).sum();
    double busy = view.rows().stream().mapToDouble(view::busyNanos).sum();
    double way = Math.min(present - busy, view.stream().mapToDouble(Bar::wayNanos).sum());
    long running = view.stream().filter(Bar::isRunning).mapToLong(Bar::count).sum();
    StringBuilder text = new StringBuilder();
    List<String> cells = view.stream().map(Bar::cell).distinct().toList();
    if (cells.size() == 1 && !cells.getFirst().isEmpty()) {
      text.append(cells.getFirst()).append(": ");
    }
    text.append(plural(view.tasks(), "task")).append(" in ").append(time(view.nanos()));
    if (running > 0) {
      text.append(String.format(Locale.ROOT, ", %,d running", running));
    }
    text.append(" on ").append(who());
    text.append(
        String.format(
            Locale.ROOT,
            ", busy %.0f %%, waiting %.0f %%",
            100 * busy / present,
            100 * Math.max(0, present - busy - way) / present));
    if (way / present >= 0.005) {
      text.append(String.format(Locale.ROOT, ", in transfer %.0f %%", 100 * way / present));
    }
    add(text, view.stream().mapToInt(bar -> bar.ends().failed()).sum(), "failed");
    add(
        text,
        view.stream().mapToInt(bar -> bar.ends().stopped()).sum(),
        "cancelled or out of time");
    add(text, view.stream().mapToInt(bar -> bar.ends().lost()).sum(), "lost with its worker");
    long forgotten = view.rows().stream().mapToLong(row -> row.lane().forgotten()).sum();
    if (forgotten > 0) {
      text.append(String.format(Locale.ROOT, "; %,d before are not kept", forgotten));
    }
    return text.toString();
  }

  private static void add(StringBuilder text, int count, String what) {
    if (count > 0) {
      text.append(String.format(Locale.ROOT, ", %,d %s", count, what));
    }
  }

  private String who() {
    long inCell = count("sequential");
    long threads = count("threads");
    long processes = count("processes");
    List<String> who = new ArrayList<>();
    if (processes > 0) {
      who.add(plural(processes, "worker"));
    }
    if (threads > 0) {
      who.add(plural(threads, "thread"));
    }
    if (inCell > 0) {
      who.add("the cell's own thread");
    }
    return String.join(", ", who);
  }

  private long count(String backend) {
    return view.rows().stream().filter(row -> row.lane().backend().equals(backend)).count();
  }

  /// {@return what is known of a kind of tasks}
  String legend(int kind) {
    Kind its = view.kinds().get(kind);
    List<Bar> bars = view.stream().filter(bar -> view.kindOf(bar) == kind).toList();
    long tasks = bars.stream().filter(bar -> !bar.isRunning()).mapToLong(Bar::count).sum();
    long running = bars.stream().filter(Bar::isRunning).mapToLong(Bar::count).sum();
    double busy = bars.stream().filter(bar -> !bar.isRunning()).mapToDouble(Bar::busyNanos).sum();
    String each = tasks == 0 ? "" : ", " + time(busy / tasks) + (tasks == 1 ? "" : " each");
    return its.name()
        + ": "
        + (tasks == 0 ? "" : plural(tasks, "task") + each)
        + (running == 0 ? "" : (tasks == 0 ? "" : ", ") + running + " running");
  }

  private String letters(Row row) {
    double[][] busy = new double[WIDTH][view.kinds().size()];
    char[] signs = new char[WIDTH];
    for (Bar bar : row.bars()) {
      double from = column(Math.max(bar.begin(), view.begin()));
      double to = column(bar.end());
      double share = (double) bar.busyNanos() / Math.max(1, bar.end() - bar.begin());
      for (int i = (int) from; i < WIDTH && i < to; i++) {
        busy[i][view.kindOf(bar)] += share * (Math.min(to, i + 1) - Math.max(from, i));
      }
      int last = Math.clamp((int) Math.ceil(to) - 1, 0, WIDTH - 1);
      Bar.Ends ends = bar.ends();
      if (ends.lost() > 0) {
        signs[last] = LOST;
      } else if (ends.failed() > 0 && signs[last] != LOST) {
        signs[last] = FAILED;
      } else if (ends.stopped() > 0 && signs[last] == 0) {
        signs[last] = STOPPED;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WIDTH; i++) {
      text.append(signs[i] != 0 ? signs[i] : letter(busy[i]));
    }
    return text.toString();
  }

  /// {@return the letter of the kind that ran most; a small one if that was less than half of the
  /// time}
  private static char letter(double[] busy) {
    int most = 0;
    double all = 0;
    for (int i = 0; i < busy.length; i++) {
      all += busy[i];
      most = busy[i] > busy[most] ? i : most;
    }
    if (all < 0.01) {
      return '.';
    }
    return all < 0.5 ? Character.toLowerCase(letter(most)) : letter(most);
  }

  private static char letter(int kind) {
    return (char) ('A' + kind);
  }

  private double column(long time) {
    return (double) WIDTH * (time - view.begin()) / view.nanos();
  }

  private String axis() {
    String end = time(view.nanos());
    return "0" + " ".repeat(WIDTH - 1 - end.length()) + end;
  }

  private static void addSign(List<String> signs, String text, char sign, String meaning) {
    if (text.indexOf(sign) >= 0) {
      signs.add(sign + " " + meaning);
    }
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private static String plural(long count, String one) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : one + "s");
  }

  static String time(long nanos) {
    return time((double) nanos);
  }

  /// {@return a time with three digits, in the unit that suits it}
  static String time(double nanos) {
    String[] units = {"ns", "µs", "ms", "s"};
    double value = nanos;
    int unit = 0;
    while (unit < units.length - 1 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    if (unit == 3 && value >= 99.95) {
      return TaskTable.time(Duration.ofSeconds(Math.round(value)));
    }
    int digits = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f ", value) + units[unit];
  }
}
