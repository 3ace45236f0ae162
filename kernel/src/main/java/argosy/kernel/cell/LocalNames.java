package argosy.kernel.cell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The variables and parameters that code declares and that are in scope at its end, as far as they
/// can be told without a compiler: the code may be unfinished, or wrong.
public final class LocalNames {

  private static final Set<String> NO_TYPES =
      Set.of(
          "return",
          "new",
          "throw",
          "else",
          "case",
          "instanceof",
          "yield",
          "assert",
          "import",
          "package",
          "extends",
          "implements",
          "throws",
          "permits",
          "goto",
          "do",
          "super",
          "this",
          "class",
          "interface",
          "enum",
          "record",
          "module",
          "when");

  private final String code;
  private final List<Token> tokens;

  /// What each open block has declared; what stands in front of a block, such as a parameter, is in
  /// the block around it until the block or the statement ends.
  private final Deque<List<Name>> blocks = new ArrayDeque<>();

  private int parentheses;

  /// How many parentheses were open where a variable was declared that others may follow, as in
  /// `int a, b`; -1 if there is none.
  private int declaresAt = -1;

  /// @param passes whether it ends with the statement that declares it
  private record Name(String text, boolean passes) {}

  private LocalNames(String code) {
    this.code = code;
    this.tokens = Lexer.tokens(code);
    blocks.push(new ArrayList<>());
  }

  /// {@return the names, those of the innermost block first}
  public static List<String> in(String code) {
    LocalNames names = new LocalNames(code);
    for (int i = 0; i < names.tokens.size(); i++) {
      names.take(i);
    }
    return names.blocks.stream().flatMap(List::stream).map(Name::text).distinct().toList();
  }

  private void take(int index) {
    Token token = tokens.get(index);
    switch (token.in(code)) {
      case "{" -> blocks.push(new ArrayList<>());
      case "}" -> {
        if (blocks.size() > 1) {
          blocks.pop();
        }
        endStatement();
      }
      case "(" -> parentheses++;
      case ")" -> parentheses = Math.max(0, parentheses - 1);
      case ";" -> {
        if (parentheses == 0) {
          endStatement();
        }
      }
      case "->" -> parametersBefore(index);
      default -> {
        if (token.kind() == Token.Kind.WORD && declares(index)) {
          declare(token, parentheses > 0);
          declaresAt = parentheses;
        }
      }
    }
  }

  private void endStatement() {
    blocks.element().removeIf(Name::passes);
    declaresAt = -1;
  }

  private void declare(Token name, boolean passes) {
    blocks.element().add(new Name(name.in(code), passes));
  }

  private boolean declares(int index) {
    if (index == 0 || NO_TYPES.contains(tokens.get(index).in(code))) {
      return false;
    }
    Token before = tokens.get(index - 1);
    boolean isPattern = index > 1 && tokens.get(index - 2).is(code, "instanceof");
    if (isPattern && isTypeEnd(before)) {
      return true;
    }
    boolean isFollowed =
        index + 1 < tokens.size()
            && Stream.of("=", ";", ",", ":", ")").anyMatch(tokens.get(index + 1).in(code)::equals);
    boolean isNext = before.is(code, ",") && declaresAt == parentheses && parentheses == 0;
    return isFollowed && (isTypeEnd(before) || isNext);
  }

  private boolean isTypeEnd(Token token) {
    return switch (token.kind()) {
      case WORD -> !NO_TYPES.contains(token.in(code));
      case SYMBOL ->
          token.is(code, ">")
              || token.is(code, "]")
              || (token.is(code, ".") && code.startsWith("...", token.end() - 3));
      case LITERAL, MAGIC, UNCLOSED -> false;
    };
  }

  /// Those of a lambda, which may have no types.
  private void parametersBefore(int arrow) {
    int last = arrow - 1;
    if (last < 0) {
      return;
    }
    if (tokens.get(last).kind() == Token.Kind.WORD) {
      boolean isLabel = last > 0 && NO_TYPES.contains(tokens.get(last - 1).in(code));
      if (!isLabel && !NO_TYPES.contains(tokens.get(last).in(code))) {
        declare(tokens.get(last), true);
      }
      return;
    }
    for (int i = last - 1; tokens.get(last).is(code, ")") && i >= 1; i -= 2) {
      Token name = tokens.get(i);
      Token before = tokens.get(i - 1);
      if (name.kind() != Token.Kind.WORD || !(before.is(code, "(") || before.is(code, ","))) {
        break;
      }
      declare(name, true);
    }
  }
}
