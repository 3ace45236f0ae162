package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import java.io.PrintStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values that a statement has without anyone wanting to see them.
final class Leftovers {

  private static final Pattern ASSIGNMENT =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*\\s*=(?!=)");

  private Leftovers() {}

  /// {@return whether a value only came along}
  /*
   * With a `;` behind it, that is the `null` of a call, the stream that `printf` returns, and what a
   * variable is given; whatever `display` returns is a name for what it has shown.
   */
  static boolean are(@Nullable Object value, JavaSnippet snippet) {
    if (snippet.source().startsWith("display(")) {
      return true;
    }
    return snippet.closedByUser()
        && (value == null
            || value instanceof PrintStream
            || ASSIGNMENT.matcher(snippet.source()).lookingAt());
  }
}
