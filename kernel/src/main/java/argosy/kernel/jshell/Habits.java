package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;

/// What people write who come from another language's notebooks, and how it is written here.
final class Habits {

  private Habits() {}

  /// {@return what to write instead of what the first problem is about; empty if that is Java, or
  /// nothing that people are used to}
  static String advice(Cell cell, List<Problem> problems) {
    if (problems.isEmpty()) {
      return "";
    }
    String line = cell.line(cell.lineOf(problems.getFirst().start())).strip();
    boolean isCommand = line.matches("!\\s*[\\w./~].*");
    return isCommand ? "To run a command, write: %sh " + line.substring(1).strip() : "";
  }
}
