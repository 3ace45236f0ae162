package argosy.kernel.jshell;

/// A magic stands where only a number can, and has no value.
final class NoValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param thrown what the virtual machine threw, whose stack this takes over
  NoValueException(String message, Throwable thrown) {
    super(message);
    setStackTrace(thrown.getStackTrace());
  }
}
