package argosy;

/// A process that connected speaks another version of the protocol than this one.
public final class ProtocolMismatchException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public ProtocolMismatchException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public ProtocolMismatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
