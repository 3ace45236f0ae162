package argosy.kernel.cell;

import java.util.List;
import java.util.Optional;

/// The label of a `case` that is being written.
///
/// @param selectorEnd where the expression ends whose value is compared with the labels
public record SwitchLabel(int selectorEnd) {

  /// {@return the label that code ends in, as far as it can be told without a compiler: nothing but
  /// names and commas since `case`}
  public static Optional<SwitchLabel> at(String code) {
    List<Token> tokens = Lexer.tokens(code);
    int at = tokens.size() - 1;
    while (at >= 0 && !tokens.get(at).is(code, "case") && isOfLabel(code, tokens.get(at))) {
      at--;
    }
    boolean isLabel =
        at >= 0
            && tokens.get(at).is(code, "case")
            && tokens.get(at).end() < code.length()
            && !code.endsWith("case");
    return isLabel ? selector(code, tokens, at - 1) : Optional.empty();
  }

  private static boolean isOfLabel(String code, Token token) {
    return token.kind() == Token.Kind.WORD || token.is(code, ",");
  }

  /// @param last the token in front of `case`
  private static Optional<SwitchLabel> selector(String code, List<Token> tokens, int last) {
    int brace = opening(code, tokens, last);
    if (brace < 1 || !tokens.get(brace).is(code, "{") || !tokens.get(brace - 1).is(code, ")")) {
      return Optional.empty();
    }
    int bracket = opening(code, tokens, brace - 2);
    return bracket > 0 && tokens.get(bracket - 1).is(code, "switch")
        ? Optional.of(new SwitchLabel(tokens.get(brace - 1).start()))
        : Optional.empty();
  }

  /// {@return the index of the last bracket up to a token that is open there; -1 if none is}
  private static int opening(String code, List<Token> tokens, int last) {
    int depth = 0;
    for (int i = last; i >= 0; i--) {
      switch (tokens.get(i).in(code)) {
        case ")", "}", "]" -> depth++;
        case "(", "{", "[" -> {
          if (depth-- == 0) {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }
}
