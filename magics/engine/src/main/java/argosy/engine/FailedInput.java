package argosy.engine;

import argosy.ParallelException;
import argosy.wire.CurrentTask;
import java.io.Serial;

/// The remark that a job adds to what a task threw: for which input. What was thrown keeps its
/// class and its message.
///
/// Nothing that is thrown itself: it has no frames, and its text is all that it prints.
final class FailedInput extends Exception {

  @Serial private static final long serialVersionUID = 1;

  /// Whether a task has asked for the job, which may be an input of another one.
  private final boolean isNested;

  private volatile String text;

  private FailedInput(String text, boolean isNested) {
    super(null, null, false, false);
    this.text = text;
    this.isNested = isNested;
  }

  /// Adds the remark, unless the failure says so itself or takes none.
  ///
  /// @param what as `CallListener.what` gives it
  static void note(Throwable failure, String what) {
    if (saysItself(failure, what)) {
      return;
    }
    String text = "in the task for %s (the first is input 0)".formatted(what);
    boolean isNested = CurrentTask.isInside();
    if (!isNested) {
      for (Throwable earlier : failure.getSuppressed()) {
        if (earlier instanceof FailedInput known && !known.isNested) {
          // An object that is thrown again and again, as threads can: only the last time counts.
          known.text = text;
          return;
        }
      }
    }
    failure.addSuppressed(new FailedInput(text, isNested));
  }

  /// Whether it names the task as `CallListener.name` does.
  private static boolean saysItself(Throwable failure, String what) {
    String message = failure instanceof ParallelException ? failure.getMessage() : null;
    return message != null && message.contains("(" + what + ")");
  }

  @Override
  public String getMessage() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
