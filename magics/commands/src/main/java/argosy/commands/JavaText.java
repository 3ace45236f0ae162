package argosy.commands;

import java.util.function.IntPredicate;

/// A line of Java code, read just far enough to know where brackets and quotes leave off.
final class JavaText {

  private JavaText() {}

  /// {@return the first place from `from` on, outside brackets and quotes, that a test accepts, or
  /// -1}
  static int find(String text, int from, IntPredicate test) {
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      if (depth == 0 && test.test(i)) {
        return i;
      }
      char c = text.charAt(i);
      switch (c) {
        case '(', '[', '{' -> depth++;
        case ')', ']', '}' -> depth = Math.max(0, depth - 1);
        case '"', '\'' -> i = endOfQuote(text, i);
        default -> {}
      }
    }
    return -1;
  }

  /// {@return the place of the quote that closes the one at `start`, or the last place}
  static int endOfQuote(String text, int start) {
    for (int i = start + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == text.charAt(start)) {
        return i;
      }
    }
    return text.length() - 1;
  }
}
