package argosy;

/// A task took longer than its timeout and was ended.
public final class DeadlineExceededException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public DeadlineExceededException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public DeadlineExceededException(String message, Throwable cause) {
    super(message, cause);
  }
}
