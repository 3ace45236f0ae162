package argosy.kernel.cell;

/// One of the things that a cell does, in the order of its text.
public sealed interface Piece permits JavaSnippet, Piece.Command, Piece.Help {

  /// {@return where it starts in the cell}
  int start();

  /// {@return where it ends in the cell, exclusive}
  int end();

  /// A magic.
  ///
  /// @param name without `%`; or `\{expression}`, whose value is the name
  /// @param arguments what stands behind the name on its line, stripped
  /// @param body the lines below a cell magic, else empty
  /// @param isCell whether it was written with `%%`
  record Command(String name, String arguments, String body, boolean isCell, int start, int end)
      implements Piece {}

  /// A question: `name?` or `%name?`.
  ///
  /// @param subject what is asked about, with its `%` if it is a magic
  record Help(String subject, int start, int end) implements Piece {}
}
