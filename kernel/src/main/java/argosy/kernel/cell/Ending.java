package argosy.kernel.cell;

import java.util.List;

/// What the end of a text, which may be unfinished, lies in.
public enum Ending {
  /// Between tokens, or at the end of one.
  CODE,
  /// A string or text block that is not closed.
  STRING,
  /// A character that is not closed.
  CHARACTER,
  /// A comment.
  COMMENT;

  /// {@return what more text would become a part of}
  public static Ending of(String text) {
    List<Token> tokens = Lexer.tokens(text);
    int from = tokens.isEmpty() ? 0 : tokens.getLast().end();
    if (endsInLineComment(text, from)) {
      return COMMENT;
    }
    if (tokens.isEmpty() || from < text.length()) {
      return CODE;
    }
    Token last = tokens.getLast();
    return switch (last.kind()) {
      case UNCLOSED -> text.startsWith("/*", last.start()) ? COMMENT : STRING;
      case LITERAL -> ofLiteral(last.in(text));
      case WORD, SYMBOL, MAGIC -> CODE;
    };
  }

  private static Ending ofLiteral(String literal) {
    char quote = literal.charAt(0);
    if ((quote != '"' && quote != '\'') || isClosed(literal, quote)) {
      return CODE;
    }
    return quote == '"' ? STRING : CHARACTER;
  }

  private static boolean isClosed(String literal, char quote) {
    for (int i = 1; i < literal.length(); i++) {
      if (literal.charAt(i) == '\\') {
        i++;
      } else if (literal.charAt(i) == quote) {
        return true;
      }
    }
    return false;
  }

  /// Comments leave no tokens.
  private static boolean endsInLineComment(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (text.startsWith("//", at)) {
        int end = Lexer.endOfLine(text, at);
        if (end == text.length()) {
          return true;
        }
        at = end;
      } else if (text.startsWith("/*", at)) {
        at = text.indexOf("*/", at + 2) + 2;
      } else {
        at++;
      }
    }
    return false;
  }
}
