package argosy;

/// The workers were stopped while the task waited or ran.
public final class PoolClosedException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public PoolClosedException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public PoolClosedException(String message, Throwable cause) {
    super(message, cause);
  }
}
