package argosy.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What has been started and not ended, by the scope that started it, so that an interrupt of one
/// cell ends its jobs and no others. Safe from any thread.
final class RunningJobs {

  /// Something that can be ended.
  interface Cancellable {

    /// Ends it; whoever waits for it gets a `CancellationException`.
    void cancelByInterrupt();
  }

  private final Map<Object, Set<Cancellable>> running = new ConcurrentHashMap<>();

  void add(Object scope, Cancellable job) {
    running.compute(
        scope,
        (_, jobs) -> {
          Set<Cancellable> set = jobs == null ? ConcurrentHashMap.newKeySet() : jobs;
          set.add(job);
          return set;
        });
  }

  void remove(Object scope, Cancellable job) {
    running.computeIfPresent(
        scope,
        (_, jobs) -> {
          jobs.remove(job);
          return jobs.isEmpty() ? null : jobs;
        });
  }

  /// Ends everything of one scope.
  void interrupt(Object scope) {
    for (Cancellable job : List.copyOf(running.getOrDefault(scope, Set.of()))) {
      job.cancelByInterrupt();
    }
  }
}
