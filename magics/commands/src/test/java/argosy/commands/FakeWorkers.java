package argosy.commands;

import argosy.WorkerLostException;
import argosy.engine.Workers;
import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.pool.WorkerThreads;
import argosy.engine.threads.ThreadReport;
import argosy.engine.timeline.Lane;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Workers that exist on paper.
final class FakeWorkers implements Workers {

  private WorkerSettings settings = new WorkerSettings(0, "processes", null, List.of());

  /// What [#deaths] gives.
  List<WorkerDeath> deaths = List.of();

  /// What [#tasks] gives, until it is cancelled.
  List<TaskStatus> tasks = List.of();

  /// What [#threads] gives.
  List<WorkerThreads> threads = List.of();

  /// What [#timeline] gives.
  List<Lane> timeline = List.of();

  /// What [#threadReport] gives.
  @Nullable ThreadReport threadReport;

  /// What [#reserve] gives.
  int reserve;

  @Override
  public WorkerSettings settings() {
    return settings;
  }

  @Override
  public void configure(WorkerSettings wanted) {
    if (!List.of("processes", "threads", "sequential").contains(wanted.backend())) {
      throw new IllegalArgumentException("there is no backend " + wanted.backend());
    }
    settings = wanted;
    if (wanted.jvmOptions().contains("-bad")) {
      throw new WorkerLostException("worker 1 could not start");
    }
  }

  @Override
  public List<WorkerStatus> status() {
    return IntStream.rangeClosed(1, settings.count())
        .mapToObj(i ->
            new WorkerStatus(
                i,
                4000 + i,
                i == 1 ? "busy" : "idle",
                1500L * i,
                i == 1 ? -1 : 85_200_000,
                "25.0.3"))
        .toList();
  }

  @Override
  public List<WorkerDeath> deaths() {
    return deaths;
  }

  @Override
  public List<TaskStatus> tasks() {
    return tasks;
  }

  @Override
  public List<TaskStatus> cancel(Predicate<TaskStatus> which) {
    List<TaskStatus> cancelled = tasks.stream().filter(which).toList();
    tasks = tasks.stream().filter(which.negate()).toList();
    return cancelled;
  }

  @Override
  public List<WorkerThreads> threads(Predicate<Integer> which) {
    return threads.stream().filter(each -> which.test(each.worker())).toList();
  }

  @Override
  public ThreadReport threadReport() {
    return Objects.requireNonNull(threadReport);
  }

  @Override
  public List<Lane> timeline() {
    return timeline;
  }

  @Override
  public int reserve() {
    return reserve;
  }
}
