package argosy.kernel.jshell;

/// A method was called before what it needs was declared.
final class UndeclaredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UndeclaredException(String message, Throwable thrownInItsPlace) {
    super(message);
    setStackTrace(thrownInItsPlace.getStackTrace());
  }
}
