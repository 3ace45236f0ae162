package argosy.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What has been started and not ended, by the scope that started it, so that an interrupt of one
/// cell ends its jobs and no others. Safe from any thread.
final class RunningJobs {

  /// Something that can be ended.
  interface Cancellable {

    /// Ends it; whoever waits for it gets a `CancellationException`.
    void cancelByInterrupt();
  }

  private final Map<Cancellable, Object> scopes = new ConcurrentHashMap<>();

  void add(Object scope, Cancellable job) {
    scopes.put(job, scope);
  }

  void remove(Cancellable job) {
    scopes.remove(job);
  }

  /// Ends everything of one scope.
  void interrupt(Object scope) {
    scopes.forEach((job, its) -> {
      if (its.equals(scope)) {
        job.cancelByInterrupt();
      }
    });
  }
}
