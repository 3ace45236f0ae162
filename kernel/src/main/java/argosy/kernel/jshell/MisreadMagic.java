package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A line that was to be a magic, and that Java reads as the rest of a division, because the line
/// above it does not end in `;` and the name is no magic's, or something else's too.
final class MisreadMagic {

  private static final Pattern LINE =
      Pattern.compile("\\s*(%%?)([\\p{javaJavaIdentifierStart}][\\w.-]*)(?:[\\s;].*)?");

  private MisreadMagic() {}

  /// {@return what to say of such a line where the first problem is; empty if there is none}
  ///
  /// @param declares tells of a name whether the session declares it
  static String advice(
      Cell cell, List<Problem> problems, MagicCalls calls, Predicate<String> declares) {
    Predicate<String> known = declares.or(name -> isVariable(name, cell.text()));
    return problems.stream()
        .limit(1)
        .flatMapToInt(problem ->
            IntStream.rangeClosed(cell.lineOf(problem.start()), cell.lineOf(problem.end())))
        .filter(line -> line > 1)
        .mapToObj(line -> LINE.matcher(cell.line(line)))
        .filter(Matcher::matches)
        .map(line -> advice(line.group(1), line.group(2), calls, known))
        .findFirst()
        .orElse("");
  }

  private static boolean isVariable(String name, String text) {
    return Pattern.compile("\\b" + Pattern.quote(name) + "\\s*[=,;]").matcher(text).find();
  }

  private static String advice(
      String percent, String name, MagicCalls calls, Predicate<String> declares) {
    String written = percent + name;
    String read = "To Java, " + written + " goes on with the line above, which does not end in ;";
    return calls
        .problemWith(name, percent.length() > 1, percent.length() > 1)
        .map(problem -> declares.test(name) ? "" : read + ". As a magic: " + problem)
        .orElseGet(() ->
            declares.test(name)
                ? read + ", because a cell declares " + name + ": with the ; it is the magic"
                : "");
  }
}
