package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.ParallelException;
import argosy.TaskFailedException;
import argosy.WorkerLostException;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.StoredValue;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.TimeText;
import java.time.Duration;
import java.util.concurrent.CancellationException;

/// Tells those who wait for calls how they ended, and why. Safe from any thread.
final class CallEndings {

  private final DeathRegister deaths;

  /// @param deaths knows why a worker is gone
  CallEndings(DeathRegister deaths) {
    this.deaths = deaths;
  }

  /// {@return how long each call of a message took, or a negative number if that says nothing about
  /// its kind}
  static long nanosPerCall(TaskEnded message) {
    return switch (message) {
      case TaskStopped _ -> -1;
      case ChunkEnded m -> m.nanos() / Math.max(1, m.count());
      case TaskReturned _, TaskThrew _, TaskBroke _ -> message.nanos();
    };
  }

  /// Its worker has said how it ended.
  void answered(RemoteCall call, int worker, TaskEnded message, ReturnedValues values) {
    if (message instanceof TaskReturned) {
      call.needs().inputValues().forEach(StoredValue::release); // nobody will call it again
    }
    CallEnd end =
        switch (message) {
          case TaskReturned m -> new CallEnd.Returned(m.result(), values);
          case TaskThrew m -> new CallEnd.Threw(m.failure());
          case ChunkEnded m -> new CallEnd.Answered(m.count(), m.failures(), m.ends(), values);
          case TaskBroke m ->
              new CallEnd.Failed(
                  new TaskFailedException(
                      "worker %d could not run %s:%n%s"
                          .formatted(worker, call.name(0), m.printed())));
          case TaskStopped _ ->
              new CallEnd.Failed(
                  new CancellationException("the task was stopped on worker " + worker));
        };
    call.listener().ended(end);
  }

  /// Its time was up.
  void expired(RemoteCall call, int worker, long timeoutNanos) {
    fail(
        call,
        new DeadlineExceededException(
            "%s ran longer than its timeout of %s and was ended on worker %d"
                .formatted(call.name(0), TimeText.of(Duration.ofNanos(timeoutNanos)), worker)));
  }

  /// Its worker died of it, or while it ran it.
  ///
  /// @param number which call ran, of several in one
  void died(RemoteCall call, int worker, long number) {
    int index = (int) (number - call.call().task());
    ParallelException cause = deaths.causeFor(call, index, worker);
    call.listener()
        .ended(
            call.count() > 1 && cause instanceof WorkerLostException lost
                ? new CallEnd.Lost(index, lost)
                : new CallEnd.Failed(cause));
  }

  /// No worker starts, and this is the last one that has tried.
  void refused(RemoteCall call, int worker) {
    fail(call, deaths.causeFor(call, 0, worker));
  }

  /// The workers were stopped before it had ended.
  void abandoned(RemoteCall call, StopCause why) {
    fail(call, why.failure(call.name(0)));
  }

  private static void fail(RemoteCall call, Throwable cause) {
    call.listener().ended(new CallEnd.Failed(cause));
  }
}
