package argosy.kernel.cell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/// Which types of a cell a sealed type permits that does not say so.
///
/// To the compiler of a file those are all of the same file. The shell compiles each type as a file
/// of its own, so that they must be named.
final class SealedTypes {

  private static final Set<String> KINDS = Set.of("class", "interface", "enum", "record");
  private static final Set<String> MODIFIERS =
      Set.of("static", "final", "abstract", "strictfp", "non", "-", "sealed");

  private final String text;
  private final List<Token> tokens;

  /// @param tokens those of the whole text
  SealedTypes(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /// {@return the clause to add in front of the body of a type, or nothing: if it is not sealed, or
  /// says what it permits, or has all of these in its own body}
  ///
  /// @param first where the type starts among the tokens
  String permits(int first, String name) {
    int body = body(first);
    boolean isSealed = false;
    for (int i = first; i < body; i++) {
      if (tokens.get(i).is(text, "permits")) {
        return "";
      }
      isSealed |= tokens.get(i).is(text, "sealed") && !(i > 0 && tokens.get(i - 1).is(text, "-"));
    }
    if (!isSealed) {
      return "";
    }
    List<String> permitted = subtypes(name);
    boolean isAllInside = permitted.stream().allMatch(type -> type.startsWith(name + "."));
    return isAllInside ? "" : "permits " + String.join(", ", permitted) + " ";
  }

  /// {@return whether a `private` stands in front of a type that a sealed type of the cell permits
  /// without saying so: named in its clause, it may not be private}
  boolean hidesPermitted(int index) {
    int kind = index + 1;
    while (kind < tokens.size()
        && !KINDS.contains(tokens.get(kind).in(text))
        && MODIFIERS.contains(tokens.get(kind).in(text))) {
      kind++;
    }
    if (!tokens.get(index).is(text, "private") || kind >= tokens.size() || !declares(kind)) {
      return false;
    }
    int from = kind + 2;
    int body = body(from);
    return silent().stream().anyMatch(name -> hasSupertype(from, body, name));
  }

  /// {@return the sealed types at top level that do not say what they permit}
  private List<String> silent() {
    List<String> names = new ArrayList<>();
    int depth = 0;
    boolean isSealed = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(text, "{")) {
        depth++;
      } else if (token.is(text, "}")) {
        depth--;
      } else if (depth == 0 && token.is(text, "sealed")) {
        isSealed = !(i > 0 && tokens.get(i - 1).is(text, "-"));
      } else if (depth == 0 && isSealed && declares(i)) {
        isSealed = false;
        if (tokens.subList(i, body(i + 2)).stream().noneMatch(t -> t.is(text, "permits"))) {
          names.add(tokens.get(i + 1).in(text));
        }
      }
    }
    return names;
  }

  /// {@return the types that name another one as what they extend or implement: those that stand
  /// beside it, inside of it or inside of a third one}
  private List<String> subtypes(String name) {
    List<String> found = new ArrayList<>();
    Deque<String> around = new ArrayDeque<>();
    String opened = "";
    for (int i = 0; i < tokens.size(); i++) {
      if (declares(i)) {
        opened = tokens.get(i + 1).in(text);
        int body = body(i + 2);
        if (hasSupertype(i + 2, body, name) && !around.contains("")) {
          found.add(around.isEmpty() ? opened : String.join(".", around) + "." + opened);
        }
        i = body - 1;
      } else if (tokens.get(i).is(text, "{")) {
        around.addLast(opened);
        opened = "";
      } else if (tokens.get(i).is(text, "}")) {
        around.pollLast();
      }
    }
    return found;
  }

  private boolean declares(int index) {
    return KINDS.contains(tokens.get(index).in(text))
        && index + 2 < tokens.size()
        && tokens.get(index + 1).kind() == Token.Kind.WORD
        && !(index > 0 && tokens.get(index - 1).is(text, "."));
  }

  private boolean hasSupertype(int from, int body, String name) {
    int depth = 0;
    boolean isBehind = false;
    for (int i = from; i < body; i++) {
      Token token = tokens.get(i);
      switch (token.in(text)) {
        case "(", "<" -> depth++;
        case ")", ">" -> depth--;
        case "extends", "implements" -> isBehind |= depth == 0;
        case "permits" -> isBehind = false;
        default -> {
          if (isBehind && depth == 0 && token.is(text, name) && !tokens.get(i - 1).is(text, ".")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// {@return where the next body starts, outside of parentheses, or the end}
  private int body(int from) {
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      switch (tokens.get(i).in(text)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "{", ";" -> {
          if (depth == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return tokens.size();
  }
}
