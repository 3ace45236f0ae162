package argosy.kernel.cell;

import java.util.List;
import java.util.Set;

/// Finds where a top-level statement or declaration of a cell ends, by its shape alone: what is
/// wrong inside is the compiler's business.
final class StatementScanner {

  private static final Set<String> MODIFIERS =
      Set.of(
          "public",
          "protected",
          "private",
          "static",
          "final",
          "abstract",
          "native",
          "transient",
          "volatile",
          "strictfp",
          "default",
          "sealed");

  private static final Set<String> NO_METHOD =
      Set.of("=", "->", "new", "return", "throw", "switch", "assert", "yield");

  private final String text;
  private final List<Token> tokens;
  private int at;
  private boolean open;
  private JavaSnippet.Kind kind = JavaSnippet.Kind.STATEMENT;
  private String name = "";

  /// Starts at a token, which is the first of a statement.
  StatementScanner(String text, List<Token> tokens, int first) {
    this.text = text;
    this.tokens = tokens;
    this.at = first;
  }

  /// Scans one statement.
  ///
  /// @return the index behind its last token
  int scan() {
    statement(true);
    return at;
  }

  /// {@return whether the text ends before the statement does, a missing `;` aside}
  boolean isOpen() {
    return open;
  }

  JavaSnippet.Kind kind() {
    return kind;
  }

  /// {@return the name of a type or method that the statement declares, or an empty text}
  String name() {
    return name;
  }

  private boolean more() {
    return at < tokens.size();
  }

  private boolean looking(String expected) {
    return looking(0, expected);
  }

  private boolean looking(int ahead, String expected) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).is(text, expected);
  }

  private boolean lookingAtWord(int ahead) {
    return at + ahead < tokens.size() && tokens.get(at + ahead).kind() == Token.Kind.WORD;
  }

  private void statement(boolean outermost) {
    if (!more()) {
      open = true;
      return;
    }
    modifiers();
    if (!more()) {
      open = true;
    } else if (looking("{")) {
      balanced();
    } else if (lookingAtWord(0) && looking(1, ":")) {
      at += 2;
      statement(false);
    } else if (isType()) {
      type(outermost);
    } else {
      switch (tokens.get(at).in(text)) {
        case "if" -> conditional();
        case "for", "while" -> loop();
        case "do" -> doLoop();
        case "try" -> tryBlock();
        case "switch" -> switchBlock();
        case "synchronized" -> synchronizedBlock(outermost);
        case "import", "package" -> directive(outermost);
        default -> simple(outermost);
      }
    }
  }

  private void modifiers() {
    while (more()) {
      if (looking("@") && !looking(1, "interface")) {
        annotation();
      } else if (looking("non") && looking(1, "-") && looking(2, "sealed")) {
        at += 3;
      } else if (MODIFIERS.contains(tokens.get(at).in(text)) && !looking(1, "=")) {
        at++;
      } else {
        return;
      }
    }
  }

  private void annotation() {
    at += 2;
    while (looking(".")) {
      at += 2;
    }
    at = Math.min(at, tokens.size());
    if (looking("(")) {
      balanced();
    }
  }

  private boolean isType() {
    if (looking("class") || looking("interface") || looking("enum") || looking("@")) {
      return true;
    }
    return looking("record") && lookingAtWord(1) && (looking(2, "(") || looking(2, "<"));
  }

  private void type(boolean outermost) {
    if (outermost) {
      kind = looking("record") ? JavaSnippet.Kind.RECORD : JavaSnippet.Kind.TYPE;
    }
    at += looking("@") ? 2 : 1;
    if (outermost && lookingAtWord(0)) {
      name = tokens.get(at).in(text);
    }
    while (more() && !looking("{") && !looking(";")) {
      if (looking("(")) {
        balanced();
      } else {
        at++;
      }
    }
    if (looking("{")) {
      balanced();
    } else if (more()) {
      at++;
    } else {
      open = true;
    }
  }

  private void conditional() {
    at++;
    parenthesis();
    statement(false);
    if (looking("else")) {
      at++;
      statement(false);
    }
  }

  private void loop() {
    at++;
    parenthesis();
    statement(false);
  }

  private void doLoop() {
    at++;
    statement(false);
    if (!looking("while")) {
      open |= !more();
      return;
    }
    at++;
    parenthesis();
    if (looking(";")) {
      at++;
    }
  }

  private void tryBlock() {
    at++;
    if (looking("(")) {
      balanced();
    }
    block();
    while (looking("catch") || looking("finally")) {
      at++;
      if (looking("(")) {
        balanced();
      }
      block();
    }
  }

  private void switchBlock() {
    at++;
    parenthesis();
    block();
  }

  private void synchronizedBlock(boolean outermost) {
    at++;
    if (looking("(")) {
      parenthesis();
      block();
    } else {
      simple(outermost);
    }
  }

  private void directive(boolean outermost) {
    if (outermost) {
      kind = looking("import") ? JavaSnippet.Kind.IMPORT : JavaSnippet.Kind.PACKAGE;
    }
    int line = lineOf(at);
    at++;
    while (more() && !looking(";")) {
      if (lineOf(at) != line && (looking("import") || !continuesName())) {
        return;
      }
      at++;
    }
    if (more()) {
      at++;
    }
  }

  /// Whether a name that was broken across lines goes on here.
  private boolean continuesName() {
    Token before = tokens.get(at - 1);
    return looking(".") || before.is(text, ".");
  }

  private int lineOf(int token) {
    return (int)
        text.substring(0, tokens.get(token).start()).chars().filter(c -> c == '\n').count();
  }

  private void parenthesis() {
    if (looking("(")) {
      balanced();
    } else {
      open |= !more();
    }
  }

  private void block() {
    if (looking("{")) {
      balanced();
    } else {
      open |= !more();
    }
  }

  /// An expression, a variable or a method.
  private void simple(boolean outermost) {
    boolean canBeMethod = true;
    int first = at;
    while (more()) {
      Token token = tokens.get(at);
      String word = token.in(text);
      if (token.kind() == Token.Kind.MAGIC && at > first && !awaitsMagic(tokens.get(at - 1))) {
        return;
      } else if (token.kind() == Token.Kind.MAGIC) {
        at++;
        if (looking(";")) {
          at++;
        }
        return;
      } else if (word.equals("{") && canBeMethod && endsMethodHeader()) {
        if (outermost) {
          kind = JavaSnippet.Kind.METHOD;
        }
        balanced();
        return;
      } else if (word.equals("(") || word.equals("[") || word.equals("{")) {
        balanced();
      } else if (word.equals("}") || word.equals(")") || word.equals("]")) {
        at++;
        return;
      } else {
        at++;
        if (word.equals(";")) {
          return;
        }
        open |= token.kind() == Token.Kind.UNCLOSED;
        canBeMethod &= !NO_METHOD.contains(word);
      }
    }
  }

  /// Whether a magic is a part of the statement that ends so before it.
  private boolean awaitsMagic(Token before) {
    return before.is(text, "=") || before.is(text, "return") || before.is(text, "->");
  }

  /// Whether what stands before a `{` ends the header of a method: its parameters, or the last
  /// exception that it declares. Takes the name of the method along.
  private boolean endsMethodHeader() {
    int last = at - 1;
    while (last > 0
        && (tokens.get(last).kind() == Token.Kind.WORD
            || tokens.get(last).is(text, ".")
            || tokens.get(last).is(text, ","))) {
      if (tokens.get(last).is(text, "throws")) {
        last--;
        break;
      }
      last--;
    }
    if (!tokens.get(last).is(text, ")")) {
      return false;
    }
    int depth = 0;
    while (last > 0) {
      depth += tokens.get(last).is(text, ")") ? 1 : tokens.get(last).is(text, "(") ? -1 : 0;
      last--;
      if (depth == 0) {
        break;
      }
    }
    name = tokens.get(last).in(text);
    return true;
  }

  /// Skips from an opening bracket behind the one that closes it.
  private void balanced() {
    int depth = 0;
    while (more()) {
      Token token = tokens.get(at++);
      String word = token.in(text);
      if (word.equals("(") || word.equals("[") || word.equals("{")) {
        depth++;
      } else if (word.equals(")") || word.equals("]") || word.equals("}")) {
        depth--;
        if (depth == 0) {
          return;
        }
      } else if (token.kind() == Token.Kind.UNCLOSED) {
        break;
      }
    }
    open = true;
  }
}
