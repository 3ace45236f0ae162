package argosy.kernel.cell;

import java.util.List;
import java.util.Objects;

/// A cell, cut into the pieces that run one after the other.
///
/// @param text what the user wrote
/// @param pieces what to run, in order
/// @param isOpen whether the text ends in the middle of something, a missing `;` aside
public record Cell(String text, List<Piece> pieces, boolean isOpen) {

  /// Copies.
  public Cell {
    Objects.requireNonNull(text, "text is null");
    pieces = List.copyOf(pieces);
  }

  /// {@return the line of a place in the text, counted from 1}
  public int lineOf(int position) {
    int line = 1;
    for (int i = 0; i < Math.min(position, text.length()); i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return line;
  }

  /// {@return the column of a place in the text, counted from 0}
  public int columnOf(int position) {
    int end = Math.min(position, text.length());
    return end - (text.lastIndexOf('\n', end - 1) + 1);
  }

  /// {@return a line without its end, or nothing if there is none of this number}
  ///
  /// @param number counted from 1
  public String line(int number) {
    return text.lines().skip(number - 1L).findFirst().orElse("");
  }
}
