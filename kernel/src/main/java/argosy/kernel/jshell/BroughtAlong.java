package argosy.kernel.jshell;

import argosy.kernel.extension.MagicCall;
import argosy.kernel.interpreter.CellIo;
import java.util.Map;
import java.util.Optional;

/// Libraries that are a part of IJava itself, so that its notebooks import them without saying
/// where they come from. Here they are fetched when a notebook does, for one that brings another
/// version must not meet them.
final class BroughtAlong {

  private static final String FETCH = "maven";

  private static final Map<String, String> LIBRARIES =
      Map.of(
          "org.apache.commons.lang3.", "org.apache.commons:commons-lang3:3.18.0",
          "com.google.gson.", "com.google.code.gson:gson:2.10.1");

  private BroughtAlong() {}

  /// Fetches what an import names that nothing on the class path has, and says so.
  ///
  /// @param line the line of the cell on which the import stands
  /// @return whether it is there now; not if it is no library of IJava's, or cannot be had
  static boolean fetch(String declaration, MagicCalls magics, int line, CellIo io)
      throws Exception {
    Optional<String> library = library(declaration);
    if (library.isEmpty() || magics.problemWith(FETCH, false, false).isPresent()) {
      return false;
    }
    try {
      magics.call(FETCH, new MagicCall(library.get(), "", false, line));
    } catch (CompilationException e) {
      return false; // the import itself says what is missing
    }
    io.stderr("%" + FETCH + " " + library.get() + " ran, which IJava brings along\n");
    return true;
  }

  private static Optional<String> library(String declaration) {
    return LIBRARIES.entrySet().stream()
        .filter(entry -> declaration.matches("import\\s+(?:static\\s+)?" + entry.getKey() + ".*"))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
