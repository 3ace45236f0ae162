package argosy.kernel.jshell;

import jdk.jshell.DeclarationSnippet;
import jdk.jshell.MethodSnippet;

/// A method or a class was used before what it needs was declared, or after that had changed so
/// much that it no longer compiles.
final class UndeclaredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// @param thrownInItsPlace comes from the first line of the declaration, wherever the code is
  ///   that was called
  /// @param use where the declaration uses what is missing
  UndeclaredException(
      String message, Throwable thrownInItsPlace, DeclarationSnippet declaration, int use) {
    super(message);
    StackTraceElement[] stack = thrownInItsPlace.getStackTrace();
    if (stack.length > 0) {
      stack[0] = at(stack[0], declaration, use);
    }
    setStackTrace(stack);
  }

  /// {@return the frame of the use, which in a type is not said to be in the method that was
  /// called}
  private static StackTraceElement at(
      StackTraceElement frame, DeclarationSnippet declaration, int use) {
    long linesBefore =
        declaration.source().substring(0, use).chars().filter(c -> c == '\n').count();
    return new StackTraceElement(
        frame.getClassLoaderName(),
        frame.getModuleName(),
        frame.getModuleVersion(),
        frame.getClassName(),
        declaration instanceof MethodSnippet ? frame.getMethodName() : "",
        frame.getFileName(),
        frame.getLineNumber() + (int) linesBefore);
  }
}
