package argosy.kernel.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Cuts the text of a cell into tokens. Comments and blanks leave none.
///
/// A `%` is a magic where Java allows no operator: first on its line after the end of a statement
/// or block, or behind `=` or `return`. Anywhere else it is the remainder of a division, also at
/// the start of a continuation line; but not behind a statement without its `;`, where the name of
/// a magic is a magic unless code declares it.
final class Lexer {

  private final String text;
  private final Predicate<String> isMagic;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;

  private Lexer(String text, Predicate<String> isMagic) {
    this.text = text;
    this.isMagic = isMagic;
  }

  static List<Token> tokens(String text) {
    return tokens(text, _ -> false);
  }

  /// {@return the tokens of a text}
  ///
  /// @param isMagic which names are rather a magic's than a variable's
  static List<Token> tokens(String text, Predicate<String> isMagic) {
    return new Lexer(text, isMagic).run();
  }

  /// {@return where the first thing that is neither blank nor comment starts}
  static int skipBlanksAndComments(String text, int from) {
    int at = from;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("//", at)) {
        at = endOfLine(text, at);
      } else if (text.startsWith("/*", at)) {
        int close = text.indexOf("*/", at + 2);
        at = close < 0 ? text.length() : close + 2;
      } else {
        break;
      }
    }
    return at;
  }

  static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private List<Token> run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (c == '/' && peek(1) == '/') {
        at = endOfLine(text, at);
      } else if (c == '/' && peek(1) == '*') {
        comment();
      } else if (text.startsWith("\"\"\"", at)) {
        textBlock();
      } else if (c == '"' || c == '\'') {
        quoted(c);
      } else if (Character.isJavaIdentifierStart(c) || Character.isHighSurrogate(c)) {
        word();
      } else if (Character.isDigit(c) || (c == '.' && Character.isDigit(peek(1)))) {
        number();
      } else if (c == '%' && startsMagic()) {
        magic();
      } else {
        int length = text.startsWith("->", at) || text.startsWith("::", at) ? 2 : 1;
        depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
        add(Token.Kind.SYMBOL, at + length);
      }
    }
    return List.copyOf(tokens);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private void add(Token.Kind kind, int end) {
    tokens.add(new Token(kind, at, end));
    at = end;
  }

  private void comment() {
    int close = text.indexOf("*/", at + 2);
    if (close < 0) {
      add(Token.Kind.UNCLOSED, text.length());
    } else {
      at = close + 2;
    }
  }

  private void textBlock() {
    for (int i = at + 3; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.startsWith("\"\"\"", i)) {
        add(Token.Kind.LITERAL, i + 3);
        return;
      }
    }
    add(Token.Kind.UNCLOSED, text.length());
  }

  /// A quote that its own line does not close ends there, as it does for the compiler.
  private void quoted(char quote) {
    for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == quote) {
        add(Token.Kind.LITERAL, i + 1);
        return;
      }
    }
    add(Token.Kind.LITERAL, endOfLine(text, at));
  }

  private void word() {
    int end = at;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      if (!Character.isJavaIdentifierPart(c)
          && !(end == at && Character.isJavaIdentifierStart(c))) {
        break;
      }
      end += Character.charCount(c);
    }
    add(Token.Kind.WORD, Math.max(end, at + 1));
  }

  private void number() {
    int end = at + 1;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(text.charAt(end - 1)) >= 0;
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !(sign && !isHex(end))) {
        break;
      }
      end++;
    }
    add(Token.Kind.LITERAL, end);
  }

  private boolean isHex(int end) {
    boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
    return hex && "pP".indexOf(text.charAt(end - 1)) < 0;
  }

  private boolean startsMagic() {
    int name = at + (peek(1) == '%' ? 2 : 1);
    if (name >= text.length()
        || !(Character.isJavaIdentifierStart(text.charAt(name)) || isExpression(name))) {
      return false;
    }
    Token before = tokens.isEmpty() ? null : tokens.getLast();
    return awaitsValue(before)
        || (startsLine()
            && (endsStatement(before)
                || (depth <= 0 && mayEndStatement(before) && isKnownMagic(name))));
  }

  private boolean isKnownMagic(int name) {
    int end = name;
    while (end < text.length()
        && (Character.isJavaIdentifierPart(text.charAt(end))
            || text.charAt(end) == '-'
            || text.charAt(end) == '.')) {
      end++;
    }
    String word = text.substring(name, end);
    return text.startsWith("%%", at)
        || (tokens.stream().noneMatch(token -> token.is(text, word)) && isMagic.test(word));
  }

  private boolean isExpression(int name) {
    int close = text.indexOf('}', name);
    return text.startsWith("\\{", name) && close >= 0 && close < endOfLine(text, name);
  }

  private boolean startsLine() {
    int lineStart = text.lastIndexOf('\n', at - 1) + 1;
    return text.substring(lineStart, at).isBlank();
  }

  private boolean endsStatement(@Nullable Token before) {
    return before == null
        || before.kind() == Token.Kind.MAGIC
        || before.is(text, ";")
        || before.is(text, "{")
        || before.is(text, "}")
        || before.is(text, "->")
        || before.is(text, "else");
  }

  /// Whether what stands before is a whole statement if a `;` is all that it lacks.
  private boolean mayEndStatement(@Nullable Token before) {
    if (before == null) {
      return false;
    }
    char last = text.charAt(before.end() - 1);
    return before.kind() == Token.Kind.WORD
        || before.kind() == Token.Kind.LITERAL
        || last == ')'
        || last == ']'
        || text.substring(0, before.end()).endsWith("++")
        || text.substring(0, before.end()).endsWith("--")
        || text.substring(0, before.end()).endsWith(".*");
  }

  private boolean awaitsValue(@Nullable Token before) {
    if (before == null) {
      return false;
    }
    if (before.is(text, "return")) {
      return true;
    }
    boolean compares = before.start() > 0 && "=!<>".indexOf(text.charAt(before.start() - 1)) >= 0;
    return before.is(text, "=") && !compares;
  }

  /// As an expression a magic ends before the `;` that ends its line.
  private void magic() {
    boolean isValue = awaitsValue(tokens.isEmpty() ? null : tokens.getLast());
    int end = endOfLine(text, at);
    end = stripEnd(end);
    if (isValue && text.charAt(end - 1) == ';') {
      end = stripEnd(end - 1);
    }
    add(Token.Kind.MAGIC, end);
  }

  private int stripEnd(int from) {
    int end = from;
    while (Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
