package argosy.kernel.extension;

/// A magic was called with arguments that it does not understand. The kernel shows the message and
/// the magic's usage, without a stack trace.
public final class MagicUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Says what is wrong with the arguments, in a few words that start in lower case.
  public MagicUsageException(String message) {
    super(message);
  }
}
