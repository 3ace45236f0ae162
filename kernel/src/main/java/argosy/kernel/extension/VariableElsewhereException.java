package argosy.kernel.extension;

/// A cell reads or writes a variable that has no value in this process, because the code that
/// declared it ran elsewhere; see [KernelContext#compile].
public class VariableElsewhereException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Says which variable, and what to do.
  public VariableElsewhereException(String message) {
    super(message);
  }
}
