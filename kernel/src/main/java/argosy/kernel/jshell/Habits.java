package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;

/// What people write who come from another language's notebooks, or from JShell, and how it is
/// written here.
final class Habits {

  private Habits() {}

  /// {@return what to write instead of what the first problem is about; empty if that is Java, or
  /// nothing that people are used to}
  static String advice(Cell cell, List<Problem> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    String line = cell.line(cell.lineOf(problems.getFirst().start())).strip();
    if (line.matches("!\\s*[\\w./~].*")) {
      return "To run a command, write: %sh " + line.substring(1).strip();
    }
    return line.matches("/[a-z?!-].*") ? "To run a command of JShell, write: %jshell " + line : "";
  }
}
