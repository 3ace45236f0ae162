package argosy.kernel.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// One top-level statement or declaration of a cell, as the compiler is to see it.
///
/// @param source the text for the compiler: what the user wrote, after the edits, with the final
///   `;` even if the user left it off; it has the same lines
/// @param start where it starts in the cell
/// @param end where it ends in the cell
/// @param kind what it looks like
/// @param name the name of the type or method that it declares, else empty
/// @param edits where source and cell differ, in the order of the text
/// @param closedByUser whether it ends in `}` or in a `;` that the user wrote
public record JavaSnippet(
    String source,
    int start,
    int end,
    Kind kind,
    String name,
    List<Edit> edits,
    boolean closedByUser)
    implements Piece {

  /// What a snippet looks like.
  public enum Kind {
    /// `import …;`
    IMPORT,
    /// `package …;`
    PACKAGE,
    /// A class, interface, enum or annotation.
    TYPE,
    /// A record.
    RECORD,
    /// A method with a body.
    METHOD,
    /// Anything else: a variable, an expression, a loop.
    STATEMENT
  }

  /// A place where source and cell differ.
  ///
  /// @param at where it starts in the source
  /// @param length how much of the source it takes
  /// @param replaced how much of the cell it stands for
  public record Edit(int at, int length, int replaced) {

    private Edit shifted(int by) {
      return new Edit(at + by, length, replaced);
    }
  }

  /// Copies.
  public JavaSnippet {
    Objects.requireNonNull(source, "source is null");
    Objects.requireNonNull(kind, "kind is null");
    Objects.requireNonNull(name, "name is null");
    edits = List.copyOf(edits);
  }

  /// {@return the place in the cell that a place in the source comes from}
  public int inCell(int position) {
    int shift = 0;
    for (Edit edit : edits) {
      if (position < edit.at()) {
        break;
      }
      if (position < edit.at() + edit.length()) {
        return clamp(start + edit.at() + shift);
      }
      shift += edit.replaced() - edit.length();
    }
    return clamp(start + position + shift);
  }

  /// {@return the method without what it does: its body only throws}
  public JavaSnippet sketched() {
    int depth = 0;
    int body = source.length();
    for (Token token : Lexer.tokens(source)) {
      switch (token.in(source)) {
        case "{", "(", "[" -> {
          body = depth == 0 && token.is(source, "{") ? token.start() : body;
          depth++;
        }
        case "}", ")", "]" -> depth--;
        default -> {}
      }
    }
    return withSource(source.substring(0, body) + "{ throw new IllegalStateException(); }");
  }

  /// {@return the same snippet with more in its source, which adds no lines}
  ///
  /// @param additions texts by the places in this source in front of which they go
  public JavaSnippet with(SortedMap<Integer, String> additions) {
    StringBuilder text = new StringBuilder();
    List<Edit> all = new ArrayList<>();
    int copied = 0;
    int taken = 0;
    for (Map.Entry<Integer, String> addition : additions.entrySet()) {
      int place = addition.getKey();
      int shift = text.length() - copied;
      for (; taken < edits.size() && edits.get(taken).at() < place; taken++) {
        all.add(edits.get(taken).shifted(shift));
      }
      text.append(source, copied, place);
      all.add(new Edit(text.length(), addition.getValue().length(), 0));
      text.append(addition.getValue());
      copied = place;
    }
    int shift = text.length() - copied;
    edits.subList(taken, edits.size()).forEach(edit -> all.add(edit.shifted(shift)));
    text.append(source.substring(copied));
    return new JavaSnippet(text.toString(), start, end, kind, name, all, closedByUser);
  }

  private int clamp(int position) {
    return Math.clamp(position, start, end);
  }

  /// {@return the same snippet with another source of the same lines and lengths, or one whose
  /// differences come behind what the user wrote}
  public JavaSnippet withSource(String other) {
    return new JavaSnippet(other, start, end, kind, name, edits, closedByUser);
  }
}
