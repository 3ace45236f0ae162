package argosy.kernel.interpreter;

import java.util.Arrays;

/// Nobody can be asked for the input that code wants. Unchecked, so that a `Scanner` does not
/// swallow it.
public final class NoInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// Its stack starts with the code that wants input: how that comes from Java's readers to the
  /// cell's client says nothing.
  ///
  /// @param message why not
  public NoInputException(String message) {
    super(message);
    setStackTrace(
        Arrays.stream(getStackTrace())
            .dropWhile(frame -> isOfReaders(frame.getClassName()))
            .toArray(StackTraceElement[]::new));
  }

  private static boolean isOfReaders(String type) {
    return type.startsWith("java.") || type.startsWith("sun.") || type.startsWith("argosy.kernel.");
  }
}
