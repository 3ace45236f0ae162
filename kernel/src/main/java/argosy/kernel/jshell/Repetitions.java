package argosy.kernel.jshell;

import argosy.kernel.extension.Declaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Finds names that one cell declares twice. The shell takes the second declaration for a change of
/// the first, which it is in a later cell. In the same one it may be a slip, which the compiler of
/// a file would report.
final class Repetitions {

  /// Where something was declared, by its kind and name.
  private final Map<String, Integer> lines = new HashMap<>();

  /// Takes note of what a line declares, and says what was declared before.
  void note(List<Declaration> made, int line, Consumer<String> remarks) {
    for (Declaration declaration : made) {
      Integer first = lines.put(declaration.kind() + " " + declaration.name(), line);
      if (first != null) {
        String both =
            first == line
                ? "twice on line " + line
                : "on line " + first + " and again on line " + line;
        remarks.accept(declaration.name() + " is declared " + both + "; the second one counts\n");
      }
    }
  }
}
