package argosy.kernel.extension;

/// A magic could not do what it was asked to, for a reason that lies outside it: a file is missing,
/// a server does not answer. The kernel shows the message, without a stack trace.
public final class MagicFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Says what could not be done, and why.
  public MagicFailedException(String message) {
    super(message);
  }

  /// Says what could not be done, and why, and keeps what led to it.
  public MagicFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
