package argosy.kernel.jshell;

/// Ends code that was told to stop. An `Error`, so that `catch (Exception e)` lets it pass.
public final class StoppedError extends Error {

  private static final long serialVersionUID = 1L;

  StoppedError() {
    super("stopped by the user");
  }
}
