package argosy.commands;

import argosy.engine.host.Host;
import argosy.engine.timeline.Bar;
import argosy.engine.timeline.Lane;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What workers did within some time, as `%timeline` gives it: a list of bars for code, a picture
/// for the eye.
final class TimelineView extends AbstractList<Bar> {

  /// The kinds beyond these share a color.
  private static final int MAX_KINDS = 12;

  /// One worker with those of its bars that are shown.
  record Row(Lane lane, List<Bar> bars) {

    String label() {
      return switch (lane.backend()) {
        case "processes" -> "worker " + lane.worker();
        case "threads" -> "thread " + lane.worker();
        default -> "in the cell";
      };
    }

    long tasks() {
      return bars.stream().filter(bar -> !bar.isRunning()).mapToLong(Bar::count).sum();
    }
  }

  /// Tasks that have a color in common.
  ///
  /// @param examples one of each function that is called so, or none if they are those that are
  ///   left
  record Kind(String name, List<Bar> examples) {

    boolean isOf(Bar bar) {
      return examples.isEmpty() || examples.stream().anyMatch(bar::isLike);
    }
  }

  private final String note;
  private final List<Row> rows;
  private final List<Kind> kinds;
  private final List<Bar> bars;
  private final long begin;
  private final long end;

  private TimelineView(String note, List<Row> rows, List<Kind> kinds, long begin, long end) {
    this.note = note;
    this.rows = List.copyOf(rows);
    this.kinds = List.copyOf(kinds);
    this.bars = rows.stream().flatMap(row -> row.bars().stream()).toList();
    this.begin = begin;
    this.end = end;
  }

  /// {@return a picture of nothing}
  ///
  /// @param why there is nothing
  static TimelineView empty(String why) {
    return new TimelineView(why, List.of(), List.of(), 0, 0);
  }

  /// {@return what is kept of some tasks}
  ///
  /// @param from what was before is cut off
  /// @param host knows where functions are written
  static TimelineView of(List<Lane> lanes, Predicate<Bar> which, long from, Host host) {
    List<Row> all = new ArrayList<>();
    for (Lane lane : lanes) {
      all.add(new Row(lane, lane.bars().stream().filter(which).toList()));
    }
    List<Bar> bars = all.stream().flatMap(row -> row.bars().stream()).toList();
    if (bars.isEmpty()) {
      return empty("");
    }
    long first = bars.stream().mapToLong(bar -> bar.begin() - bar.wayNanos()).min().orElseThrow();
    long begin = from == Long.MIN_VALUE ? first : Math.max(from, first);
    long end = bars.stream().mapToLong(Bar::end).max().orElseThrow();
    // A worker without a task is worth a row, if there were tasks for it.
    List<String> backends =
        all.stream().filter(row -> !row.bars().isEmpty()).map(r -> r.lane().backend()).toList();
    List<Row> rows =
        all.stream()
            .filter(row ->
                !row.bars().isEmpty()
                    || (backends.contains(row.lane().backend())
                        && row.lane().since() - end < 0
                        && row.lane().until() - begin > 0))
            .toList();
    return new TimelineView("", rows, kinds(bars, host), begin, Math.max(end, begin + 1));
  }

  private static List<Kind> kinds(List<Bar> bars, Host host) {
    boolean isOfSeveral = bars.stream().map(Bar::cell).distinct().count() > 1;
    Map<String, List<Bar>> named = new LinkedHashMap<>();
    for (Bar bar : bars.stream().sorted(Comparator.comparingLong(Bar::begin)).toList()) {
      if (named.values().stream().flatMap(List::stream).noneMatch(bar::isLike)) {
        named.computeIfAbsent(name(bar, host, isOfSeveral), _ -> new ArrayList<>()).add(bar);
      }
    }
    List<Kind> kinds = new ArrayList<>();
    named.forEach((name, examples) -> kinds.add(new Kind(name, examples)));
    if (kinds.size() > MAX_KINDS) {
      int others = kinds.size() - MAX_KINDS + 1;
      kinds.subList(MAX_KINDS - 1, kinds.size()).clear();
      kinds.add(new Kind(others + " other functions", List.of()));
    }
    return kinds;
  }

  private static String name(Bar bar, Host host, boolean saysCell) {
    String name = bar.place() == null ? bar.cell() : bar.place().shown(host);
    return !saysCell || bar.cell().isEmpty() || name.startsWith(bar.cell())
        ? name
        : name + ", called in " + bar.cell();
  }

  /// {@return this, or if it is empty, the reason}
  TimelineView orElse(String why) {
    return isEmpty() ? empty(why) : this;
  }

  @Override
  public Bar get(int index) {
    return bars.get(index);
  }

  @Override
  public int size() {
    return bars.size();
  }

  List<Row> rows() {
    return rows;
  }

  List<Kind> kinds() {
    return kinds;
  }

  /// {@return the number of a bar's kind}
  int kindOf(Bar bar) {
    int kind = 0;
    while (!kinds.get(kind).isOf(bar)) {
      kind++;
    }
    return kind;
  }

  long begin() {
    return begin;
  }

  long nanos() {
    return end - begin;
  }

  /// {@return how many tasks have ended}
  long tasks() {
    return rows.stream().mapToLong(Row::tasks).sum();
  }

  /// {@return how much of a bar's time is shown that its tasks ran}
  double busyNanos(Bar bar) {
    long length = Math.max(1, bar.end() - bar.begin());
    long shown = bar.end() - Math.max(begin, bar.begin());
    return bar.busyNanos() * Math.min(1, (double) shown / length);
  }

  double busyNanos(Row row) {
    return row.bars().stream().mapToDouble(this::busyNanos).sum();
  }

  /// {@return since when a worker was there, of the time that is shown}
  long presentFrom(Row row) {
    return row.lane().backend().equals("sequential") ? begin : Math.max(begin, row.lane().since());
  }

  /// {@return how long a worker was there, of the time that is shown}
  long presentNanos(Row row) {
    return Math.max(1, Math.min(end, row.lane().until()) - presentFrom(row));
  }

  String svg() {
    return new TimelineChart(this).svg();
  }

  @Override
  public String toString() {
    return isEmpty() ? note : new TimelineText(this).text();
  }

  Map<String, Object> bundle() {
    return isEmpty()
        ? Map.of("text/plain", toString())
        : Map.of("text/html", svg(), "text/plain", toString());
  }
}
