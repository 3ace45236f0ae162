package argosy.kernel.jshell;

/// Stands for the end of the process that a cell asked for with `System.exit`.
public final class ExitError extends Error {

  private static final long serialVersionUID = 1L;

  private final int status;

  ExitError(int status) {
    super("System.exit(" + status + ") ended the cell; the session goes on");
    this.status = status;
  }

  /// {@return what the process would have returned}
  public int status() {
    return status;
  }
}
