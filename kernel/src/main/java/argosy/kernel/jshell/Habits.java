package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What people write who come from another language's notebooks, or from JShell, and how it is
/// written here.
final class Habits {

  /// What belongs to another kernel, of which this one has a part.
  private static final Pattern FOREIGN =
      Pattern.compile(
          "import\\s+(?:static\\s+)?"
              + "((?:io\\.github\\.spencerpark|org\\.dflib\\.jjava|org\\.rapaio\\.jupyter"
              + "|com\\.twosigma\\.beakerx|ganymede)\\.[\\w.*]+).*");

  /// A list of Python or JavaScript.
  private static final Pattern LIST = Pattern.compile(".*(?:[=(,]|return)\\s*\\[.*");

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
    String first = problems.getFirst().message();
    if (first.startsWith("unclosed character literal")) {
      return "A text stands in double quotes, as in \"text\"; single ones are for one character.";
    }
    if (first.startsWith("illegal start of expression") && LIST.matcher(line).matches()) {
      return "A list is written List.of(1, 2), or new ArrayList<>(List.of(1, 2)) if it is to change;"
          + " an array int[] a = {1, 2};";
    }
    if (first.startsWith("invalid method declaration; return type required")) {
      return "A method says what it returns before its name, as in int size(), or void; a"
          + " constructor stands in its class, whose name it has.";
    }
    Matcher foreign = FOREIGN.matcher(line);
    if (foreign.matches()) {
      return foreign.group(1)
          + " is a part of another kernel that this one does not have; the kernel's README says what"
          + " it has of the other kernels, and what does the work of the rest";
    }
    return line.matches("/[a-z?!-].*") ? "To run a command of JShell, write: %jshell " + line : "";
  }
}
