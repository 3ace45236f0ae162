package argosy.wire.codec;

/// What went wrong in a class's own code while its objects were written.
final class Failures {

  private Failures() {}

  static RuntimeException whileWriting(Object value, Throwable cause) {
    if (cause instanceof UnshippableException known) {
      return known;
    }
    if (cause instanceof VirtualMachineError error) {
      throw error;
    }
    return new UnshippableException(
        value.getClass().getName(),
        "its own code failed while it was being captured: " + describe(cause),
        cause);
  }

  /// {@return a throwable's text, whatever its own methods do}
  static String describe(Throwable thrown) {
    try {
      return String.valueOf(thrown);
    } catch (RuntimeException | StackOverflowError e) {
      return thrown.getClass().getName();
    }
  }
}
