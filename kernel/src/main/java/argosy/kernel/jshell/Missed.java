package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.LocalNames;
import argosy.kernel.cell.Piece;
import argosy.kernel.extension.Declaration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What cells were to declare that failed before, or while, they did. Safe from any thread.
final class Missed {

  /// How the virtual machine says that a variable of a cell has no value.
  private static final Pattern NULL =
      Pattern.compile(
          ".* because \"REPL\\.\\$JShell\\$\\w+\\.([\\p{javaJavaIdentifierPart}]+)\" is null",
          Pattern.DOTALL);

  private final Map<String, Origin> places = new ConcurrentHashMap<>();

  /// Takes note of what a cell declares from the piece on that failed. Why an import failed, its
  /// own error has said.
  void add(Layout layout, int failed) {
    if (!Origin.isCell(layout.origin().source())) {
      return;
    }
    List<Piece> pieces = layout.cell().pieces();
    for (int i = failed; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof JavaSnippet snippet
          && (i > failed || snippet.kind() != JavaSnippet.Kind.IMPORT)) {
        names(snippet).forEach(name -> places.put(name, layout.place(snippet)));
      }
    }
  }

  private static List<String> names(JavaSnippet snippet) {
    return switch (snippet.kind()) {
      case TYPE, RECORD, METHOD -> List.of(snippet.name());
      case STATEMENT -> LocalNames.in(snippet.source());
      case IMPORT -> List.of(Imports.singleName(snippet.source()));
      case PACKAGE -> List.of();
    };
  }

  /// Takes note of what has been declared after all.
  void remove(List<Declaration> declared) {
    declared.forEach(declaration -> places.remove(declaration.simpleName()));
  }

  /// {@return why a name is not known, if that is why}
  Optional<String> hint(String name) {
    return Optional.ofNullable(places.get(name))
        .map(place -> place(place) + ", which makes it known, did not run");
  }

  /// {@return why a variable has no value that an exception complains about, if that is why}
  Optional<String> advice(Throwable thrown) {
    if (!(thrown instanceof NullPointerException) || thrown.getMessage() == null) {
      return Optional.empty();
    }
    Matcher missing = NULL.matcher(thrown.getMessage());
    return missing.matches()
        ? Optional.ofNullable(places.get(missing.group(1)))
            .map(place ->
                missing.group(1)
                    + " has no value, because "
                    + place(place)
                    + " did not give it one")
        : Optional.empty();
  }

  private static String place(Origin place) {
    return place.source() + ", line " + place.line();
  }
}
