package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.kernel.extension.Table;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The workers as `%workers` gives them: a list for code, a table for the eye.
final class WorkerTable extends AbstractList<WorkerStatus> {

  private static final List<String> HEADING =
      List.of("worker", "pid", "state", "tasks done", "memory", "Java");

  private static final List<String> DEATHS =
      List.of("worker", "pid", "ended at", "tasks done", "why");

  /// How many deaths are shown, the last ones.
  private static final int SHOWN_DEATHS = 10;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final WorkerSettings settings;
  private final List<WorkerStatus> workers;
  private final int reserve;
  private final List<WorkerDeath> deaths;

  /// @param reserve how many processes wait to take a worker's place
  WorkerTable(
      WorkerSettings settings, List<WorkerStatus> workers, int reserve, List<WorkerDeath> deaths) {
    this.settings = settings;
    this.workers = List.copyOf(workers);
    this.reserve = reserve;
    this.deaths = List.copyOf(deaths);
  }

  static WorkerTable of(Workers workers) {
    return new WorkerTable(
        workers.settings(), workers.status(), workers.reserve(), workers.deaths());
  }

  @Override
  public WorkerStatus get(int index) {
    return workers.get(index);
  }

  @Override
  public int size() {
    return workers.size();
  }

  @Override
  public String toString() {
    String living = isEmpty() ? note() : table().toString();
    return deaths.isEmpty() ? living : living + "\n\n" + deathTable();
  }

  Map<String, Object> bundle() {
    if (isEmpty() && deaths.isEmpty()) {
      return Map.of("text/plain", toString());
    }
    String html =
        html(isEmpty() ? new Table(HEADING, List.of(), note()) : table())
            + (deaths.isEmpty() ? "" : html(deathTable()));
    return Map.of("text/html", html, "text/plain", toString());
  }

  private static String html(Table table) {
    return String.valueOf(table.bundle().get("text/html"));
  }

  private Table deathTable() {
    int hidden = Math.max(0, deaths.size() - SHOWN_DEATHS);
    String note = hidden == 0 ? "" : "and " + hidden + " before";
    return new Table(
        DEATHS,
        deaths.subList(hidden, deaths.size()).reversed().stream().map(WorkerTable::row).toList(),
        note);
  }

  private static List<String> row(WorkerDeath death) {
    return List.of(
        String.valueOf(death.number()),
        death.pid() < 0 ? "" : String.valueOf(death.pid()),
        TIME.format(death.time().atZone(ZoneId.systemDefault())),
        String.format(Locale.ROOT, "%,d", death.tasksDone()),
        death.reason());
  }

  private Table table() {
    return new Table(HEADING, stream().map(WorkerTable::row).toList(), note());
  }

  private static List<String> row(WorkerStatus worker) {
    return List.of(
        WorkerName.of(worker.number(), worker.pid()),
        worker.pid() < 0 ? "" : String.valueOf(worker.pid()),
        worker.state(),
        String.format(Locale.ROOT, "%,d", worker.tasksDone()),
        bytes(worker.residentBytes()),
        worker.java());
  }

  private String note() {
    return count() + "; " + settingsText(settings);
  }

  /// {@return settings in words}
  static String text(WorkerSettings settings) {
    return "%,d worker%s, %s"
        .formatted(settings.count(), settings.count() == 1 ? "" : "s", settingsText(settings));
  }

  private static String settingsText(WorkerSettings settings) {
    String heap = settings.heap() == null ? "" : ", heap " + settings.heap();
    String jvm =
        settings.jvmOptions().isEmpty() ? "" : ", JVM " + String.join(" ", settings.jvmOptions());
    String memory = settings.memoryBytes() == 0 ? "" : ", memory " + bytes(settings.memoryBytes());
    String idle = settings.idle().isZero() ? "" : ", idle " + DurationText.of(settings.idle());
    return "backend " + settings.backend() + heap + jvm + memory + idle;
  }

  private String count() {
    long threads = stream().filter(worker -> WorkerName.isThread(worker.pid())).count();
    long processes = size() - threads;
    if (isEmpty()) {
      return settings.backend().equals("sequential")
          ? "Tasks run in the cell itself, one after the other"
          : "No workers run; the next parallel call starts " + settings.count();
    }
    if (threads == 0) {
      return CountText.of(processes, "process", "processes")
          + (reserve == 0 ? "" : ", " + reserve + " more in reserve");
    }
    return (processes == 0 ? "" : CountText.of(processes, "process", "processes") + ", ")
        + CountText.of(threads, "thread");
  }

  /// {@return a size with three digits, or nothing if it is unknown}
  static String bytes(long bytes) {
    if (bytes < 0) {
      return "";
    }
    double megabytes = bytes / 1e6;
    return megabytes < 999.5
        ? String.format(Locale.ROOT, "%.0f MB", megabytes)
        : String.format(Locale.ROOT, "%.2f GB", megabytes / 1e3);
  }
}
