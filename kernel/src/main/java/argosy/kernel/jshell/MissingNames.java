package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.Piece;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Where a declaration that waits names what is not there. The shell says only what it needs.
final class MissingNames {

  private static final Pattern NEEDED =
      Pattern.compile("(?:class|method|variable) ([^\\s(,]+)(?:\\([^)]*\\))?");

  private MissingNames() {}

  /// {@return one problem for everything that a declaration of a cell needs}
  static List<Problem> problems(Cell cell, Aftermath.Unresolved unresolved) {
    for (Piece piece : cell.pieces()) {
      if (piece instanceof JavaSnippet snippet && snippet.source().equals(unresolved.source())) {
        List<Problem> problems =
            NEEDED
                .matcher(unresolved.missing())
                .results()
                .map(needed -> problem(snippet, unresolved, needed.group(), needed.group(1)))
                .toList();
        return problems.isEmpty()
            ? List.of(problem(snippet, unresolved, unresolved.missing(), ""))
            : problems;
      }
    }
    return List.of(new Problem(0, 0, message(unresolved, unresolved.missing())));
  }

  private static Problem problem(
      JavaSnippet snippet, Aftermath.Unresolved unresolved, String needed, String name) {
    String source = snippet.source();
    String simple = name.substring(name.lastIndexOf('.') + 1);
    OptionalInt use = Identifiers.firstUse(source, simple);
    int start = use.orElse(0);
    int length = use.isPresent() ? simple.length() : source.lines().findFirst().orElse("").length();
    return new Problem(
        snippet.inCell(start),
        snippet.inCell(start + length),
        message(unresolved, needed) + hint(unresolved, simple));
  }

  private static String hint(Aftermath.Unresolved unresolved, String name) {
    String hint = unresolved.hints().getOrDefault(name, "");
    return hint.isEmpty() ? "" : "\n  " + hint;
  }

  private static String message(Aftermath.Unresolved unresolved, String needed) {
    return "cannot find "
        + needed
        + "; "
        + unresolved.name()
        + " can be used as soon as a cell declares or imports it";
  }
}
