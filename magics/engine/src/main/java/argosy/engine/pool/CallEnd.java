package argosy.engine.pool;

import argosy.ParallelException;
import argosy.WorkerLostException;
import argosy.engine.memory.ReturnedValues;
import argosy.wire.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a call ended.
public sealed interface CallEnd {

  /// It returned, and this is the encoded result with what travelled beside it.
  record Returned(Payload result, ReturnedValues values) implements CallEnd {}

  /// It threw, and this is the encoded exception.
  record Threw(Payload failure) implements CallEnd {}

  /// It returned, in this process.
  record Value(@Nullable Object value) implements CallEnd {}

  /// Several calls in one ended, and this is a [argosy.wire.Pack] of what each returned or threw.
  /// Those behind them have not begun.
  ///
  /// @param count how many ended
  /// @param failures how many of them did not return
  /// @param values what travelled beside the results, numbered through all of them
  record Answered(int count, int failures, Payload ends, ReturnedValues values)
      implements CallEnd {}

  /// It threw, in this process.
  record Raised(Throwable cause) implements CallEnd {}

  /// Several calls in one ended in this process, each with a [Value] or as [Raised]. Those behind
  /// them have not begun.
  ///
  /// @param failures how many of them did not return
  record Ran(List<CallEnd> ends, int failures) implements CallEnd {}

  /// The worker of several calls in one died.
  ///
  /// @param index which one ran; those before it had ended, but their ends are lost
  record Lost(int index, WorkerLostException cause) implements CallEnd {}

  /// It never came to return or throw.
  record Failed(Throwable cause) implements CallEnd {

    /// {@return the cause, as if the calling thread had made it: the thread that did is one that
    /// nobody knows, and what helps is where the caller waits for the call}
    public Throwable here() {
      if (cause instanceof ParallelException) {
        cause.setStackTrace(new Throwable().getStackTrace());
      }
      return cause;
    }
  }
}
