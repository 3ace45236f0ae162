package argosy.commands;

import argosy.engine.pool.TaskStatus;
import argosy.engine.schedule.Standing.Phase;
import argosy.kernel.extension.Table;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tasks as `%tasks` gives them: a list for code, a table for the eye. Those that run come
/// first.
final class TaskTable extends AbstractList<TaskStatus> {

  private static final List<String> HEADING =
      List.of("task", "what", "cell", "state", "worker", "pid", "for", "try");

  /// How many rows are shown.
  private static final int SHOWN = 50;

  private final List<TaskStatus> tasks;
  private final NamedTasks names;

  TaskTable(List<TaskStatus> tasks, NamedTasks names) {
    this.tasks =
        tasks.stream()
            .sorted(Comparator.comparingInt(TaskTable::order).thenComparingLong(TaskStatus::number))
            .toList();
    this.names = names;
  }

  private static int order(TaskStatus task) {
    return switch (task.phase()) {
      case RUNNING, ABANDONED, ENDING -> 0;
      case SENT -> 1;
      case QUEUED -> 2;
      case WAITING -> 3;
    };
  }

  @Override
  public TaskStatus get(int index) {
    return tasks.get(index);
  }

  @Override
  public int size() {
    return tasks.size();
  }

  @Override
  public String toString() {
    return isEmpty() ? "No task runs or waits" : table().toString();
  }

  Map<String, Object> bundle() {
    return isEmpty() ? Map.of("text/plain", toString()) : table().bundle();
  }

  private Table table() {
    return new Table(HEADING, stream().limit(SHOWN).map(this::row).toList(), note());
  }

  private List<String> row(TaskStatus task) {
    return List.of(
        String.valueOf(task.number()),
        names.describe(task),
        NamedTasks.cellOf(task),
        word(task.phase()),
        task.worker() == 0 ? "" : WorkerName.of(task.worker(), task.pid()),
        task.pid() < 0 ? "" : String.valueOf(task.pid()),
        time(task.time()),
        String.valueOf(task.tries()));
  }

  private String note() {
    String counts =
        Stream.of(
                Phase.RUNNING,
                Phase.ABANDONED,
                Phase.ENDING,
                Phase.SENT,
                Phase.QUEUED,
                Phase.WAITING)
            .filter(phase -> count(phase) > 0)
            .map(phase -> String.format(Locale.ROOT, "%,d %s", count(phase), word(phase)))
            .collect(Collectors.joining(", "));
    return counts + (size() > SHOWN ? "; the first " + SHOWN + " lines are shown" : "");
  }

  private long count(Phase phase) {
    return stream().filter(t -> t.phase() == phase).mapToLong(TaskStatus::count).sum();
  }

  private static String word(Phase phase) {
    return switch (phase) {
      case RUNNING -> "running";
      case ABANDONED -> "cancelled, runs to its end";
      case ENDING -> "being ended";
      case SENT -> "next on its worker";
      case QUEUED -> "queued";
      case WAITING -> "waiting for another task";
    };
  }

  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }
    return seconds < 3600
        ? "%d:%02d min".formatted(seconds / 60, seconds % 60)
        : "%d:%02d h".formatted(seconds / 3600, seconds / 60 % 60);
  }
}
