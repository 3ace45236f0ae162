package argosy.kernel.dependency;

/// Something could not be found or fetched. The message names each coordinate and each repository
/// that was asked for it, with its answer; nothing was added.
public final class UnresolvedException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Says what is missing, where it was looked for, and why it was not found there.
  public UnresolvedException(String message, Throwable cause) {
    super(message, cause);
  }
}
