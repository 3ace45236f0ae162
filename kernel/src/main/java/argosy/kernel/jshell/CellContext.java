package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.CellParser;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.LocalNames;
import java.util.ArrayList;
import java.util.List;

/// A cell up to a cursor, as the shell can be asked about it.
///
/// @param declarations what the cell declares before, which has not run yet
/// @param text the snippet at the cursor, up to it; empty between two
/// @param imports the imports before, which have not run yet
/// @param own the names of what the cell declares up to the cursor, methods with a bracket
record CellContext(String declarations, String text, List<String> imports, List<String> own) {

  /*
   * The shell takes a text for what its first snippet is. If that is a type or a method, all is
   * read as members of a class, where variables may stand, but a statement needs a block.
   */
  CellContext {
    imports = List.copyOf(imports);
    own = List.copyOf(own);
  }

  String input() {
    return declarations + text;
  }

  static CellContext of(String before, CellParser.EmbeddedMagic embedded) {
    Cell cell = CellParser.parse(before, embedded);
    List<JavaSnippet> done = new ArrayList<>();
    List<String> own = new ArrayList<>();
    cell.pieces()
        .forEach(piece -> {
          if (piece instanceof JavaSnippet snippet) {
            done.add(snippet);
            if (isMember(snippet)) {
              boolean isMethod = snippet.kind() == JavaSnippet.Kind.METHOD;
              own.add(snippet.name() + (isMethod ? "(" : ""));
            }
          }
        });
    own.addAll(LocalNames.in(before));
    boolean endsInJava = !done.isEmpty() && cell.pieces().getLast().equals(done.getLast());
    if (!endsInJava || isDone(done.getLast(), before)) {
      return new CellContext(declarations(done, false, false), "", imports(done), own);
    }
    JavaSnippet last = done.removeLast();
    String declared = declarations(done, isMember(last), last.kind() == JavaSnippet.Kind.METHOD);
    return new CellContext(declared, before.substring(last.start()), imports(done), own);
  }

  private static List<String> imports(List<JavaSnippet> done) {
    return done.stream()
        .filter(snippet -> snippet.kind() == JavaSnippet.Kind.IMPORT)
        .map(JavaSnippet::source)
        .toList();
  }

  private static boolean isMember(JavaSnippet snippet) {
    return switch (snippet.kind()) {
      case TYPE, RECORD, METHOD -> true;
      case STATEMENT, IMPORT, PACKAGE -> false;
    };
  }

  /// Whether what comes next is another snippet.
  private static boolean isDone(JavaSnippet snippet, String before) {
    return snippet.closedByUser() && before.substring(snippet.end()).isBlank();
  }

  /// @param isBeforeMember whether a type or method follows
  /// @param isBeforeMethod whether a method does
  private static String declarations(
      List<JavaSnippet> done, boolean isBeforeMember, boolean isBeforeMethod) {
    StringBuilder members = new StringBuilder();
    StringBuilder statements = new StringBuilder();
    StringBuilder variables = new StringBuilder();
    for (JavaSnippet snippet : done) {
      String source = snippet.source() + "\n";
      if (isMember(snippet)) {
        members.append(source);
      } else if (snippet.kind() == JavaSnippet.Kind.STATEMENT) {
        statements.append(source);
        variables.append(LocalNames.in(source).isEmpty() ? "" : source);
      }
    }
    if (members.isEmpty() && !isBeforeMethod) {
      return statements.toString();
    }
    String start = members.isEmpty() ? "class $ {}\n" : members.toString();
    return start + variables + (isBeforeMember ? "" : "{ ");
  }
}
