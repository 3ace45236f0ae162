package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.jshell.Imports.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// What the imports of a cell that has not run yet make known. Confined to whoever holds the
/// [ShellLock].
final class CellImports {

  private final Imports imports;

  /// @param imports those of the cell and no others
  CellImports(Imports imports) {
    this.imports = imports;
  }

  /// {@return the code with full names in the place of what is imported, but for the word that it
  /// ends with}
  ///
  /// @param except names that stand for something else
  String qualify(String code, Collection<String> except) {
    int end = code.length();
    while (end > 0 && Character.isJavaIdentifierPart(code.charAt(end - 1))) {
      end--;
    }
    String qualified =
        Identifiers.replace(
            code.substring(0, end), name -> except.contains(name) ? name : fullName(name));
    return qualified + code.substring(end);
  }

  /// {@return the full name of what a name is imported for; the name itself if it is not}
  String fullName(String name) {
    return imports.resolve(name).map(resolution -> fullName(resolution, name)).orElse(name);
  }

  private static String fullName(Resolution resolution, String name) {
    return switch (resolution) {
      case Resolution.Ambiguous(List<String> _) -> name;
      case Resolution.Found(String declaration) -> Imports.fullName(declaration);
    };
  }

  /// {@return the simple names, beginning with a prefix, of what is imported}
  Stream<String> names(String prefix) {
    return imports.names(prefix);
  }
}
