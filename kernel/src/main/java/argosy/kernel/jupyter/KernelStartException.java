package argosy.kernel.jupyter;

/// The kernel cannot start. The message is one sentence for the user that says why and what to do.
public final class KernelStartException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Says why.
  public KernelStartException(String message) {
    super(message);
  }

  /// Says why, with what lies behind it.
  public KernelStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
