package argosy.engine;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// What has been started and not ended, by the scope that started it, so that an interrupt of one
/// cell ends its jobs and no others. Safe from any thread.
final class RunningJobs {

  /// Something that can be ended.
  interface Cancellable {

    /// Ends it; whoever waits for it gets a `CancellationException`.
    void cancelByInterrupt();
  }

  private final Map<Cancellable, Object> scopes = new ConcurrentHashMap<>();
  private final AtomicReference<Interrupt> last = new AtomicReference<>(new Interrupt(0, ""));

  /// @param number how many there have been with this one
  private record Interrupt(long number, Object scope) {}

  void add(Object scope, Cancellable job) {
    scopes.put(job, scope);
  }

  /// {@return how many interrupts there have been}
  long interrupts() {
    return last.get().number();
  }

  /// Adds a job that was begun earlier, and ends it if its scope has been interrupted since.
  ///
  /// @param interrupts how many [#interrupts] there had been when it was begun
  void add(Object scope, Cancellable job, long interrupts) {
    add(scope, job);
    // Asked when it is there to be ended: an interrupt either sees it or is seen.
    Interrupt latest = last.get();
    if (latest.number() > interrupts && latest.scope().equals(scope)) {
      job.cancelByInterrupt();
    }
  }

  void remove(Cancellable job) {
    scopes.remove(job);
  }

  /// Ends everything of one scope.
  void interrupt(Object scope) {
    Interrupt _ = last.updateAndGet(earlier -> new Interrupt(earlier.number() + 1, scope));
    scopes.forEach((job, its) -> {
      if (its.equals(scope)) {
        job.cancelByInterrupt();
      }
    });
  }
}
