package argosy.kernel.extension;

/// Code did not compile. The message has the compiler's reasons with the lines that they are about.
public class CodeRejectedException extends Exception {

  private static final long serialVersionUID = 1L;

  /// Says what the compiler says.
  public CodeRejectedException(String message) {
    super(message);
  }
}
