package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A cell that starts with `package` and declares types, and so is a Java file of its own, maybe
/// behind magics, maybe with statements that use it.
///
/// @param magics what runs before the file is compiled
/// @param text the file: the cell with blanks in the place of all that no file has
/// @param declared where the `package` declaration ends
/// @param rest what runs behind the file, as if it were a cell of its own; no pieces if there is
///   nothing to run
record FileCell(List<Piece.Command> magics, String text, int declared, Cell rest) {

  FileCell {
    magics = List.copyOf(magics);
  }

  /// {@return the `package` declaration that is the first of a cell's Java}
  static Optional<JavaSnippet> declaration(Cell cell) {
    return cell.pieces().stream()
        .filter(JavaSnippet.class::isInstance)
        .map(JavaSnippet.class::cast)
        .findFirst()
        .filter(first -> first.kind() == JavaSnippet.Kind.PACKAGE);
  }

  /// {@return the cell as a file, if it is one}
  static Optional<FileCell> of(Cell cell) {
    Optional<JavaSnippet> declaration = declaration(cell);
    if (declaration.isEmpty()
        || (cell.pieces().stream().noneMatch(FileCell::isType) && hasStatements(cell.pieces()))) {
      return Optional.empty();
    }
    List<Piece.Command> magics =
        cell.pieces().stream()
            .takeWhile(piece -> piece instanceof Piece.Command || isHead(piece))
            .filter(Piece.Command.class::isInstance)
            .map(Piece.Command.class::cast)
            .toList();
    StringBuilder file = new StringBuilder(cell.text());
    List<Piece> rest = new ArrayList<>();
    for (Piece piece : cell.pieces()) {
      if (!isType(piece) && !isHead(piece)) {
        String text = cell.text().substring(piece.start(), piece.end());
        file.replace(piece.start(), piece.end(), text.replaceAll("[^\n]", " "));
      }
      if (!isType(piece) && !(piece instanceof Piece.Command magic && magics.contains(magic))) {
        rest.add(piece);
      }
    }
    List<Piece> runs = hasStatements(rest) ? rest : List.of();
    return Optional.of(
        new FileCell(
            magics,
            file.toString(),
            declaration.get().end(),
            new Cell(cell.text(), runs, cell.isOpen())));
  }

  private static boolean hasStatements(List<Piece> pieces) {
    return !pieces.stream().allMatch(piece -> isType(piece) || isHead(piece));
  }

  private static boolean isType(Piece piece) {
    return piece instanceof JavaSnippet snippet
        && (snippet.kind() == JavaSnippet.Kind.TYPE || snippet.kind() == JavaSnippet.Kind.RECORD);
  }

  private static boolean isHead(Piece piece) {
    return piece instanceof JavaSnippet snippet
        && (snippet.kind() == JavaSnippet.Kind.PACKAGE
            || snippet.kind() == JavaSnippet.Kind.IMPORT);
  }
}
