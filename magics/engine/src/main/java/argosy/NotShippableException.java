package argosy;

/// Something that a lambda captures cannot leave this process. The message names the path to it,
/// such as `task -> variable conn -> field delegate -> java.net.Socket`, and what to do instead.
public final class NotShippableException extends ParallelException {

  private static final long serialVersionUID = 1L;

  /// Says what happened, where, and what to do.
  public NotShippableException(String message) {
    super(message);
  }

  /// Says what happened, where, and what to do, and keeps what led to it.
  public NotShippableException(String message, Throwable cause) {
    super(message, cause);
  }
}
