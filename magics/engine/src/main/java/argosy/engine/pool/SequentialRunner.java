package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.engine.host.Host;
import argosy.engine.timeline.Track;
import argosy.wire.CurrentTask;
import argosy.wire.TimeText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Runs calls on the calling thread, and interrupts those that take too long.
public final class SequentialRunner {

  private final Host host;
  private final Track track;
  private final long timeoutNanos;

  /// @param track keeps the calls that are not made inside a task
  /// @param timeoutNanos how long each call may run; 0 for as long as it takes
  public SequentialRunner(Host host, Track track, long timeoutNanos) {
    this.host = host;
    this.track = track;
    this.timeoutNanos = timeoutNanos;
  }

  /// Runs a call to its end.
  ///
  /// @param isStopped whether those of several that have not begun are not to begin
  public CallEnd run(LocalCall call, BooleanSupplier isStopped) {
    CurrentTask outer = CurrentTask.get();
    long start = System.nanoTime();
    try {
      CallEnd end = timeoutNanos == 0 ? call.run(isStopped) : runWithin(call);
      if (outer == null) {
        long now = System.nanoTime();
        track.ran(call.work(start), LocalCall.workEnd(end, now - start), now);
      }
      return end;
    } finally {
      CurrentTask.enter(outer);
    }
  }

  private CallEnd runWithin(LocalCall call) {
    InterruptGate gate = new InterruptGate(host, Thread.currentThread());
    gate.enter(call.id());
    CompletableFuture<@Nullable Object> deadline = new CompletableFuture<>();
    var _ =
        deadline
            .orTimeout(timeoutNanos, TimeUnit.NANOSECONDS)
            .exceptionally(_ -> {
              gate.interrupt(call.id());
              return null;
            });
    CallEnd end = call.run(() -> false);
    deadline.complete(null);
    if (!gate.leave()) {
      return end;
    }
    boolean _ = Thread.interrupted();
    // Here tasks have no numbers.
    String input = call.listener().what(0);
    return new CallEnd.Failed(
        new DeadlineExceededException(
            "the task%s ran longer than its timeout of %s and was interrupted"
                .formatted(
                    input.isEmpty() ? "" : " (%s)".formatted(input),
                    TimeText.of(Duration.ofNanos(timeoutNanos)))));
  }
}
