package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.Piece;
import java.util.List;
import java.util.Optional;

/// A cell that starts with `package`, and so is a Java file of its own, maybe behind magics.
///
/// @param magics what runs before the file is compiled
/// @param text the file: the cell with blanks in the place of the magics
/// @param declared where the `package` declaration ends
record FileCell(List<Piece.Command> magics, String text, int declared) {

  /// {@return the cell as a file, if it is one}
  static Optional<FileCell> of(Cell cell) {
    List<Piece.Command> magics =
        cell.pieces().stream()
            .takeWhile(Piece.Command.class::isInstance)
            .map(Piece.Command.class::cast)
            .toList();
    return cell.pieces().stream()
        .skip(magics.size())
        .findFirst()
        .filter(piece ->
            piece instanceof JavaSnippet snippet && snippet.kind() == JavaSnippet.Kind.PACKAGE)
        .map(declaration -> new FileCell(magics, without(magics, cell.text()), declaration.end()));
  }

  private static String without(List<Piece.Command> magics, String text) {
    StringBuilder file = new StringBuilder(text);
    for (Piece.Command magic : magics) {
      file.replace(magic.start(), magic.end(), " ".repeat(magic.end() - magic.start()));
    }
    return file.toString();
  }
}
