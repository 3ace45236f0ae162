package argosy.commands;

import argosy.engine.Workers;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import java.util.List;
import java.util.stream.IntStream;

/// Workers that exist on paper.
final class FakeWorkers implements Workers {

  private WorkerSettings settings = new WorkerSettings(0, "processes", null, List.of());

  /// What [#deaths] gives.
  List<WorkerDeath> deaths = List.of();

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
  public int reserve() {
    return reserve;
  }
}
