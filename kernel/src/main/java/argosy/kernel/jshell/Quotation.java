package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The place of a problem in what the user wrote.
///
/// @param line the line's number, counted from 1
/// @param text the line
/// @param column where in the line it starts, counted from 0
/// @param length how much of the line it takes, at least 1
/// @param isEnd whether the problem is that nothing follows there
/*
 * A magic makes code of what the user wrote, and leaves each line of it where it is. What of a line
 * the user wrote, the compiler's place and the words around it tell. A place in what only the magic
 * has written is marked as all that it was made of, or as the end if nothing of the user's follows.
 */
record Quotation(int line, String text, int column, int length, boolean isEnd) {

  /// The name of a magic and what may stand before it, which no code is made of.
  private static final Pattern MAGIC = Pattern.compile("(?:.*=)?\\s*%{1,2}[\\w$]+\\s*");

  /// {@return where a problem of compiled code is}
  ///
  /// @param written the text of which the code was made, or nothing if the code is the text
  static Quotation of(Problem problem, Cell compiled, Origin origin, Optional<String> written) {
    int inCode = compiled.lineOf(problem.start());
    int line = inCode + origin.line() - 1;
    String code = compiled.line(inCode);
    int column = compiled.columnOf(problem.start());
    int length =
        Math.clamp(problem.end() - problem.start(), 1, Math.max(1, code.length() - column));
    List<String> lines = written.map(text -> text.lines().toList()).orElse(List.of());
    if (written.isEmpty() || (line <= lines.size() && lines.get(line - 1).equals(code))) {
      return new Quotation(line, code, column, length, false);
    }
    return line <= lines.size()
        ? inLine(line, lines.get(line - 1), code, column, Math.min(column + length, code.length()))
        : atTheEnd(lines, line, code);
  }

  private static Quotation atTheEnd(List<String> lines, int line, String code) {
    int last = lines.size();
    while (last > 0 && lines.get(last - 1).isBlank()) {
      last--;
    }
    if (last == 0) {
      return new Quotation(line, code, 0, 1, true);
    }
    String text = lines.get(last - 1);
    return new Quotation(last, text, text.stripTrailing().length(), 1, true);
  }

  private static Quotation inLine(int line, String text, String code, int start, int end) {
    Matcher magic = MAGIC.matcher(text);
    int from = magic.lookingAt() ? magic.end() : 0;
    String wrong = code.substring(Math.min(start, end), end);
    int best = -1;
    int bestScore = -1;
    // A place of no width is wherever most around it is equal.
    for (int i = text.indexOf(wrong, from); i >= 0; ) {
      int score = score(text, i, i + wrong.length(), code, start, end);
      if (score >= bestScore) {
        best = i;
        bestScore = score;
      }
      i = i < text.length() ? text.indexOf(wrong, i + 1) : -1;
    }
    if (best >= 0) {
      return new Quotation(line, text, best, Math.max(1, wrong.length()), false);
    }
    int all = text.stripTrailing().length();
    int first = Math.min(from, Math.max(0, all - 1));
    return new Quotation(line, text, first, Math.max(1, all - first), false);
  }

  /// {@return how much around two equal pieces of text is equal, too; negative if one is a part of
  /// a longer word and the other is not}
  private static int score(String text, int from, int to, String code, int start, int end) {
    int before = 0;
    while (before < from
        && before < start
        && text.charAt(from - 1 - before) == code.charAt(start - 1 - before)) {
      before++;
    }
    int after = 0;
    while (to + after < text.length()
        && end + after < code.length()
        && text.charAt(to + after) == code.charAt(end + after)) {
      after++;
    }
    return isInWord(text, from) == isInWord(code, start)
            && isInWord(text, to) == isInWord(code, end)
        ? before + after
        : -1;
  }

  private static boolean isInWord(String text, int place) {
    return place > 0
        && place < text.length()
        && Character.isJavaIdentifierPart(text.charAt(place - 1))
        && Character.isJavaIdentifierPart(text.charAt(place));
  }
}
