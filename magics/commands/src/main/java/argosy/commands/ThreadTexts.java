package argosy.commands;

import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerThreads;
import argosy.engine.schedule.Standing.Phase;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the threads of workers are doing, as `%tasks --dump` gives it: a list for code, text for
/// the eye.
final class ThreadTexts extends AbstractList<WorkerThreads> {

  private final List<WorkerThreads> workers;
  private final List<TaskStatus> tasks;
  private final NamedTasks names;

  /// @param tasks those that had not ended when the threads were asked for
  ThreadTexts(List<WorkerThreads> workers, List<TaskStatus> tasks, NamedTasks names) {
    this.workers = List.copyOf(workers);
    this.tasks = List.copyOf(tasks);
    this.names = names;
  }

  @Override
  public WorkerThreads get(int index) {
    return workers.get(index);
  }

  @Override
  public int size() {
    return workers.size();
  }

  @Override
  public String toString() {
    return isEmpty()
        ? "No workers run"
        : stream().map(this::text).collect(Collectors.joining("\n")).stripTrailing();
  }

  Map<String, Object> bundle() {
    return Map.of("text/plain", toString());
  }

  private String text(WorkerThreads worker) {
    String running =
        tasks.stream()
            .filter(task -> isOn(worker, task) && isRunning(task.phase()))
            .map(this::running)
            .collect(Collectors.joining());
    return "%s, pid %d, %s%s%n%s"
        .formatted(
            WorkerName.inWords(worker.worker(), worker.pid()),
            worker.pid(),
            worker.state(),
            running,
            worker.text());
  }

  /// Threads and processes may have the same number.
  private static boolean isOn(WorkerThreads worker, TaskStatus task) {
    return task.worker() == worker.worker() && task.pid() == worker.pid();
  }

  private static boolean isRunning(Phase phase) {
    return phase == Phase.RUNNING || phase == Phase.ABANDONED || phase == Phase.ENDING;
  }

  private String running(TaskStatus task) {
    String cell = NamedTasks.cellOf(task);
    return ", with %s%s for %s"
        .formatted(
            names.inWords(task), cell.isEmpty() ? "" : " of " + cell, TaskTable.time(task.time()));
  }
}
