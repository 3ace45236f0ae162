package argosy;

/// A task took longer than its timeout and was ended, or tasks took longer than
/// [Parallel#asCompleted(java.util.Collection, java.time.Duration)] was to wait for them, and go
/// on.
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
