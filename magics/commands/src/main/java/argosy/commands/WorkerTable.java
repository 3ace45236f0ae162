package argosy.commands;

import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.kernel.extension.Table;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The workers as `%workers` gives them: a list for code, a table for the eye.
final class WorkerTable extends AbstractList<WorkerStatus> {

  private static final List<String> HEADING =
      List.of("worker", "pid", "state", "tasks done", "memory", "Java");

  private static final long OWN_PID = ProcessHandle.current().pid();

  private final WorkerSettings settings;
  private final List<WorkerStatus> workers;

  WorkerTable(WorkerSettings settings, List<WorkerStatus> workers) {
    this.settings = settings;
    this.workers = List.copyOf(workers);
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
    return isEmpty() ? note() : table().toString();
  }

  Map<String, Object> bundle() {
    return isEmpty() ? Map.of("text/plain", toString()) : table().bundle();
  }

  private Table table() {
    return new Table(HEADING, stream().map(WorkerTable::row).toList(), note());
  }

  private static List<String> row(WorkerStatus worker) {
    return List.of(
        String.valueOf(worker.number()),
        String.valueOf(worker.pid()),
        worker.state(),
        String.format(Locale.ROOT, "%,d", worker.tasksDone()),
        bytes(worker.residentBytes()),
        worker.java());
  }

  private String note() {
    String heap = settings.heap() == null ? "" : ", heap " + settings.heap();
    String jvm =
        settings.jvmOptions().isEmpty() ? "" : ", JVM " + String.join(" ", settings.jvmOptions());
    return count() + "; backend " + settings.backend() + heap + jvm;
  }

  private String count() {
    long threads = stream().filter(worker -> worker.pid() == OWN_PID).count();
    long processes = size() - threads;
    if (isEmpty()) {
      return settings.backend().equals("sequential")
          ? "Tasks run in the cell itself, one after the other"
          : "No workers run; the next parallel call starts " + settings.count();
    }
    if (threads == 0) {
      return plural(processes, "process", "processes");
    }
    return (processes == 0 ? "" : plural(processes, "process", "processes") + ", ")
        + plural(threads, "thread", "threads");
  }

  private static String plural(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /// {@return a size with three digits, or nothing if it is unknown}
  private static String bytes(long bytes) {
    if (bytes < 0) {
      return "";
    }
    double megabytes = bytes / 1e6;
    return megabytes < 999.5
        ? String.format(Locale.ROOT, "%.0f MB", megabytes)
        : String.format(Locale.ROOT, "%.2f GB", megabytes / 1e3);
  }
}
