package argosy.kernel.jshell;

/// A method or a class was used before what it needs was declared, or after that had changed so
/// much that it no longer compiles.
final class UndeclaredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndeclaredException(String message, Throwable thrownInItsPlace) {
    super(message);
    setStackTrace(thrownInItsPlace.getStackTrace());
  }
}
