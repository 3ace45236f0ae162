package argosy;

/// A task threw something that cannot travel or cannot be rebuilt here. The message says what it
/// was and why; frames and cause are those of the original, or the message is its printed form.
/// Every other exception of a task arrives as itself.
public final class TaskFailedException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public TaskFailedException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public TaskFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
