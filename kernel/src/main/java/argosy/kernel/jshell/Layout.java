package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.Piece;
import java.util.ArrayList;
import java.util.List;

/// Where the pieces of a cell stand.
///
/// @param origin where the cell starts
record Layout(Cell cell, Origin origin) {

  /// {@return the line of a place in the cell, in the text that the cell is a part of}
  int line(int position) {
    return cell.lineOf(position) + origin.line() - 1;
  }

  Origin place(JavaSnippet snippet) {
    return new Origin(origin.source(), line(snippet.start()));
  }

  /// {@return the snippets between this one and the next piece that is none}
  List<JavaSnippet> following(JavaSnippet snippet) {
    List<JavaSnippet> following = new ArrayList<>();
    int index = cell.pieces().indexOf(snippet) + 1;
    while (index < cell.pieces().size() && cell.pieces().get(index++) instanceof JavaSnippet next) {
      following.add(next);
    }
    return following;
  }

  /// {@return a sentence that says which lines ran before a snippet that failed; empty if it is the
  /// whole cell}
  String whatRanBefore(JavaSnippet failed) {
    int line = line(failed.start());
    if (cell.pieces().getFirst().equals(failed)) {
      return cell.pieces().size() == 1 ? "" : "Nothing of the cell ran.";
    }
    int previous = line;
    for (Piece piece : cell.pieces()) {
      if (piece.equals(failed)) {
        break;
      }
      previous = line(piece.end());
    }
    return before(previous, previous == line) + " ran; nothing after that did.";
  }

  /// @param last the last line that ran
  /// @param isShared whether only the start of it did
  private String before(int last, boolean isShared) {
    int whole = isShared ? last - 1 : last;
    String lines =
        whole <= origin.line()
            ? "Line " + origin.line()
            : "Lines " + origin.line() + " to " + whole;
    if (!isShared) {
      return lines;
    }
    return whole < origin.line()
        ? "What stands in front of it"
        : lines + ", and what stands in front of it,";
  }
}
