package argosy.kernel.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts the text of a cell into pieces.
///
/// A line magic on a line of its own is a piece; one inside a Java statement becomes a call in its
/// source, so that `List<String> jars = %jars lib/*.jar` is ordinary Java to the compiler.
public final class CellParser {

  /// The name may be written as `\{expression}`, which is a name only when the cell runs.
  private static final Pattern MAGIC =
      Pattern.compile(
          "(%%?)([\\p{javaJavaIdentifierStart}][\\w.-]*|\\\\\\{[^}\\n]*\\})(.*)", Pattern.DOTALL);

  private static final Pattern QUESTION =
      Pattern.compile("\\??(%{0,2}[\\p{javaJavaIdentifierStart}][\\w.$]*)\\?{0,2};?");

  /// A constant text is one object in the whole process, a worker's too.
  private static final String LOCK = "\"synchronized methods of the notebook\"";

  private final String text;
  private final EmbeddedMagic embedded;
  private final List<Token> tokens;
  private final List<Piece> pieces = new ArrayList<>();
  private boolean open;

  private CellParser(String text, EmbeddedMagic embedded) {
    this.text = text;
    this.embedded = embedded;
    this.tokens = Lexer.tokens(text, embedded::isMagic);
  }

  /// How a magic inside a Java statement is written in Java.
  @FunctionalInterface
  public interface EmbeddedMagic {

    /// {@return an expression that calls the magic}
    ///
    /// @param line the line of the cell on which it stands, counted from 1
    String expression(String name, String arguments, int line);

    /// {@return whether `%name` at the start of a line is a magic and not the remainder of a
    /// division where it could be either}
    default boolean isMagic(String name) {
      return false;
    }
  }

  /// {@return the pieces of a text}
  public static Cell parse(String text, EmbeddedMagic embedded) {
    int start = Lexer.skipBlanksAndComments(text, 0);
    if (text.startsWith("%%", start)) {
      int lineEnd = Lexer.endOfLine(text, start);
      Matcher matcher = MAGIC.matcher(text.substring(start, lineEnd).strip());
      if (matcher.matches()) {
        return cellMagic(text, start, lineEnd, matcher);
      }
    }
    return new CellParser(text, embedded).parse();
  }

  private static Cell cellMagic(String text, int start, int lineEnd, Matcher matcher) {
    String rest = matcher.group(3).strip();
    if (isQuestion(rest)) {
      Piece help = new Piece.Help("%%" + matcher.group(2), start, lineEnd);
      return new Cell(text, List.of(help), false);
    }
    String body = lineEnd < text.length() ? text.substring(lineEnd + 1) : "";
    Piece magic = new Piece.Command(matcher.group(2), rest, body, true, start, text.length());
    return new Cell(text, List.of(magic), !text.endsWith("\n"));
  }

  private static boolean isQuestion(String rest) {
    return rest.equals("?") || rest.equals("??");
  }

  private Cell parse() {
    int at = 0;
    while (at < tokens.size()) {
      Token token = tokens.get(at);
      if (token.is(text, ";")) {
        at++;
      } else if (token.kind() == Token.Kind.MAGIC) {
        lineMagic(token);
        at++;
      } else if (token.kind() == Token.Kind.UNCLOSED && text.startsWith("/*", token.start())) {
        open = true;
        at = java(at); // for the compiler to complain about: it hides all that comes after
      } else {
        int afterQuestion = question(at);
        at = afterQuestion > at ? afterQuestion : java(at);
      }
    }
    return new Cell(text, pieces, open);
  }

  private void lineMagic(Token token) {
    Matcher matcher = MAGIC.matcher(token.in(text));
    if (!matcher.matches()) {
      throw new IllegalStateException("the lexer found a magic without a name: " + token.in(text));
    }
    String rest = matcher.group(3).strip();
    if (isQuestion(rest)) {
      pieces.add(new Piece.Help(matcher.group(1) + matcher.group(2), token.start(), token.end()));
    } else {
      boolean isCell = matcher.group(1).length() == 2;
      pieces.add(new Piece.Command(matcher.group(2), rest, "", isCell, token.start(), token.end()));
    }
  }

  /// A line that is nothing but a name and a question mark.
  ///
  /// @return the index behind its tokens, or the same one if it is none
  private int question(int at) {
    int start = tokens.get(at).start();
    int end = Lexer.endOfLine(text, start);
    String line = text.substring(start, end).strip();
    Matcher matcher = QUESTION.matcher(line);
    if (!line.contains("?") || !matcher.matches()) {
      return at;
    }
    pieces.add(new Piece.Help(matcher.group(1), start, start + line.length()));
    int after = at;
    while (after < tokens.size() && tokens.get(after).start() < end) {
      after++;
    }
    return after;
  }

  private int java(int first) {
    StatementScanner scanner = new StatementScanner(text, tokens, first);
    int after = scanner.scan();
    open |= scanner.isOpen();
    pieces.add(new SourceWriter(first, after, scanner).snippet());
    return after;
  }

  /// Writes the source of one snippet.
  private final class SourceWriter {

    private final int first;
    private final int after;
    private final StatementScanner scanner;
    private final int start;
    private final StringBuilder source = new StringBuilder();
    private final List<JavaSnippet.Edit> edits = new ArrayList<>();
    private int copied;

    SourceWriter(int first, int after, StatementScanner scanner) {
      this.first = first;
      this.after = after;
      this.scanner = scanner;
      this.start = tokens.get(first).start();
      this.copied = start;
    }

    JavaSnippet snippet() {
      int depth = 0;
      boolean locks = false;
      SealedTypes sealed = new SealedTypes(text, tokens);
      boolean isType = scanner.kind() == JavaSnippet.Kind.TYPE;
      String permits = isType ? sealed.permits(first, scanner.name()) : "";
      for (int i = first; i < after; i++) {
        Token token = tokens.get(i);
        if (token.kind() == Token.Kind.MAGIC) {
          call(i, token);
        } else if (i == first && token.is(text, "static") && isNext(i, "{")) {
          replace(token.start(), token.end(), ""); // it runs where it stands, as any block
        } else if (depth == 0 && isSynchronized(token)) {
          locks = true;
          replace(token.start(), token.end(), "");
        } else if (token.is(text, "{") || token.is(text, "(")) {
          if (depth == 0 && token.is(text, "{")) {
            if (locks) {
              replace(token.end(), token.end(), "synchronized (" + LOCK + ") {");
            } else if (!permits.isEmpty()) {
              replace(token.start(), token.start(), permits);
              permits = "";
            }
          }
          depth++;
        } else if (token.is(text, "}") || token.is(text, ")")) {
          depth--;
        } else if (depth > 0 && token.is(text, "private") && sealed.hidesPermitted(i)) {
          replace(token.start(), token.end(), "");
        } else if (depth == 1 && isRecordConstructor(i)) {
          replace(token.start(), token.start(), "public ");
        }
      }
      int end = tokens.get(after - 1).end();
      source.append(text, copied, end).append(locks ? "}" : "");
      boolean closed = text.charAt(end - 1) == ';' || (text.charAt(end - 1) == '}' && isBlock());
      boolean ended = source.charAt(source.length() - 1) == ';';
      if (!closed && !ended && !scanner.isOpen()) {
        source.append(';');
      }
      return new JavaSnippet(
          source.toString(), start, end, scanner.kind(), scanner.name(), edits, closed);
    }

    /// The shell rejects the modifier, so its meaning is written out: as the methods of one class,
    /// those of a notebook share one lock.
    private boolean isSynchronized(Token token) {
      return scanner.kind() == JavaSnippet.Kind.METHOD && token.is(text, "synchronized");
    }

    private boolean isNext(int index, String expected) {
      return index + 1 < tokens.size() && tokens.get(index + 1).is(text, expected);
    }

    private boolean isBlock() {
      return switch (scanner.kind()) {
        case TYPE, RECORD, METHOD -> true;
        case IMPORT, PACKAGE -> false;
        case STATEMENT -> !isSimple();
      };
    }

    /// Whether the statement is an expression or a variable, which a `}` does not end.
    private boolean isSimple() {
      Token token = tokens.get(first);
      return switch (token.in(text)) {
        case "{", "if", "for", "while", "do", "try", "switch", "synchronized", "static" -> false;
        default -> !(tokens.size() > first + 1 && tokens.get(first + 1).is(text, ":"));
      };
    }

    private void replace(int from, int to, String by) {
      source.append(text, copied, from);
      edits.add(new JavaSnippet.Edit(source.length(), by.length(), to - from));
      source.append(by);
      copied = to;
    }

    private void call(int index, Token token) {
      Matcher matcher = MAGIC.matcher(token.in(text));
      if (!matcher.matches()) {
        throw new IllegalStateException("the lexer found a magic without a name");
      }
      int line = (int) text.substring(0, token.start()).chars().filter(c -> c == '\n').count() + 1;
      String call = embedded.expression(matcher.group(2), matcher.group(3).strip(), line);
      boolean ended = index + 1 < tokens.size() && tokens.get(index + 1).is(text, ";");
      replace(token.start(), token.end(), ended ? call : call + ";");
    }

    /// Whether a record's constructor starts here that says nothing about who may call it. The
    /// compiler is told that it is public, because the shell makes the record so, and then no
    /// canonical constructor may be less.
    private boolean isRecordConstructor(int index) {
      if (scanner.kind() != JavaSnippet.Kind.RECORD
          || !tokens.get(index).is(text, scanner.name())
          || index + 1 >= after) {
        return false;
      }
      Token next = tokens.get(index + 1);
      String before = tokens.get(index - 1).in(text);
      boolean startsMember =
          switch (before) {
            case "{", "}", ";", ")" -> true;
            default -> tokens.get(index - 2).is(text, "@");
          };
      return startsMember && (next.is(text, "{") || next.is(text, "("));
    }
  }
}
