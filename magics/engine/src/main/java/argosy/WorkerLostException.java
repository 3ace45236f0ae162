package argosy;

/// A worker died, or could not start. The message has its exit code or signal and its last words.
public final class WorkerLostException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public WorkerLostException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public WorkerLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
