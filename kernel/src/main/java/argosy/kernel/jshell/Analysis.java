package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.CellParser;
import argosy.kernel.cell.Ending;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.cell.Piece;
import argosy.kernel.extension.Magic;
import argosy.kernel.interpreter.Completeness;
import argosy.kernel.interpreter.Completeness.Status;
import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Completions.Match;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers questions about code that does not run. Safe from any thread; waits for the shell only
/// as long as the compiler works, not while the user's code runs.
final class Analysis {

  private static final long PATIENCE_MILLIS = 5000;
  private static final Pattern MAGIC_NAME =
      Pattern.compile("(?:^|\\n|=)[ \\t]*(%{1,2})([\\w.-]*)\\z");
  private static final Pattern COMMAND = Pattern.compile("[^\"%]*?%{1,2}([\\w.-]+)(?:\\s|$)");

  /// Ends in a quote that is not closed.
  private static final Pattern QUOTED = Pattern.compile("[^\"]*\"(?:[^\"]*\"[^\"]*\")*[^\"]*");

  private static final Pattern PARAMETER = Pattern.compile("[\\p{javaJavaIdentifierPart}]+\\z");
  private static final Pattern ARROW = Pattern.compile("\\s*->");

  private final JavaCompletion completion;
  private final KeyCompletion keys;
  private final ShellLock lock;
  private final MagicRegistry magics;
  private final Inspection inspection;
  private final CellParser.EmbeddedMagic embedded;
  private final SyntaxCheck syntax;
  private final ArgumentCompletion arguments;

  Analysis(
      Shell shell,
      ShellLock lock,
      MagicRegistry magics,
      Inspection inspection,
      SyntaxCheck syntax,
      CellParser.EmbeddedMagic embedded,
      ArgumentCompletion arguments) {
    this.completion = new JavaCompletion(shell);
    this.keys = new KeyCompletion(shell.inventory()::variable);
    this.lock = lock;
    this.magics = magics;
    this.inspection = inspection;
    this.syntax = syntax;
    this.embedded = embedded;
    this.arguments = arguments;
  }

  Completeness isComplete(String code) {
    Cell cell = CellParser.parse(code, embedded);
    if (cell.isOpen()) {
      return new Completeness(Status.INCOMPLETE, indent(code));
    }
    int end = code.stripTrailing().length();
    for (Piece piece : cell.pieces()) {
      if (piece instanceof JavaSnippet snippet) {
        List<Problem> problems = syntax.check(snippet);
        boolean isLast = snippet.end() >= end;
        if (!problems.isEmpty()) {
          // Nothing wrong before the end: as in `int x =`, the rest is to come.
          boolean goesOn = problems.getFirst().start() >= end || (isLast && isBareTry(problems));
          return goesOn && !startsWithClosingBracket(snippet)
              ? new Completeness(Status.INCOMPLETE, indent(code))
              : new Completeness(Status.INVALID, "");
        }
        if (isLast && syntax.isHeader(snippet)) {
          return new Completeness(Status.INCOMPLETE, indent(code));
        }
      }
    }
    return new Completeness(Status.COMPLETE, "");
  }

  /// Whether all that is missing is the `catch` or `finally` of a `try`, which may follow.
  private static boolean isBareTry(List<Problem> problems) {
    return problems.size() == 1 && problems.getFirst().message().startsWith("'try' without");
  }

  /// Whatever follows, nothing has opened that bracket.
  private static boolean startsWithClosingBracket(JavaSnippet snippet) {
    return !snippet.source().isEmpty() && ")]}".indexOf(snippet.source().charAt(0)) >= 0;
  }

  /// As the last line, and deeper if that one opens something.
  private static String indent(String code) {
    String last = code.lines().reduce("", (a, b) -> b.isBlank() ? a : b);
    String indent = last.substring(0, last.length() - last.stripLeading().length());
    String end = last.strip();
    boolean opens = end.endsWith("{") || end.endsWith("(") || end.endsWith("[");
    return opens ? indent + "    " : indent;
  }

  Completions complete(String code, int cursor) {
    String before = code.substring(0, cursor);
    Matcher magic = MAGIC_NAME.matcher(before);
    if (magic.find()) {
      return new Completions(magic.start(1), cursor, magics(magic.group(1), magic.group(2)));
    }
    Optional<Completions> command = arguments(before, cursor);
    if (command.isPresent()) {
      return command.get();
    }
    Optional<Magic> other = magicOfOtherBody(before);
    if (other.isPresent()) {
      String line = before.substring(before.lastIndexOf('\n') + 1);
      boolean isWhole = ArgumentCompletion.takesLines(other.get());
      Typed typed = isWhole ? new Typed(line.stripLeading(), true) : Typed.of(line);
      return typed.before(
          cursor,
          isWhole || !line.isBlank()
              ? arguments.ofBody(other.get(), typed.word(), typed.isQuoted())
              : List.of());
    }
    if (Ending.of(before) != Ending.CODE) {
      return new Completions(cursor, cursor, List.of());
    }
    CellContext context = CellContext.of(withoutCommands(before), embedded);
    return withShell(
        () -> completion.at(context, cursor), new Completions(cursor, cursor, List.of()));
  }

  /// What could stand behind a magic, or in a text; nothing if that may be Java.
  private Optional<Completions> arguments(String before, int cursor) {
    String line = before.substring(before.lastIndexOf('\n') + 1);
    Matcher command = COMMAND.matcher(line);
    Optional<Magic> magic = command.lookingAt() ? magics.find(command.group(1)) : Optional.empty();
    if (magic.isPresent()) {
      return ofMagic(magic.get(), line.substring(command.end()), cursor);
    }
    if (Ending.of(before) != Ending.STRING) {
      return Optional.empty();
    }
    String word = line.substring(line.lastIndexOf('"') + 1);
    List<Match> known = withShell(() -> keys.at(line), List.of());
    List<Match> matches = known.isEmpty() ? arguments.files(word) : known;
    return Optional.of(new Completions(cursor - word.length(), cursor, matches));
  }

  private Optional<Completions> ofMagic(Magic magic, String line, int cursor) {
    Typed typed = Typed.of(line);
    boolean isCode = ArgumentCompletion.takesCode(magic) && !typed.word().startsWith("-");
    List<Match> matches =
        isCode ? List.of() : arguments.ofMagic(magic, typed.word(), typed.isQuoted());
    return matches.isEmpty() && ArgumentCompletion.takesOther(magic)
        ? Optional.empty()
        : Optional.of(typed.before(cursor, matches));
  }

  /// The last word of some arguments, as far as it is typed.
  ///
  /// @param isQuoted whether blanks do not end it
  private record Typed(String word, boolean isQuoted) {

    static Typed of(String arguments) {
      boolean isQuoted = QUOTED.matcher(arguments).matches();
      return new Typed(
          arguments.substring(arguments.lastIndexOf(isQuoted ? '"' : ' ') + 1), isQuoted);
    }

    Completions before(int cursor, List<Match> matches) {
      return new Completions(cursor - word.length(), cursor, matches);
    }
  }

  /// {@return the text with blanks in the place of magics that take Java, before that Java}
  private String withoutCommands(String before) {
    int start = before.length() - before.stripLeading().length();
    int last = before.lastIndexOf('\n') + 1;
    String text = before;
    if (last > start && before.startsWith("%%", start)) {
      text = blankedOut(text, start, before.indexOf('\n', start), false);
    }
    return blankedOut(text, last, before.length(), true);
  }

  private String blankedOut(String text, int start, int end, boolean keepsArguments) {
    Matcher command = COMMAND.matcher(text).region(start, end);
    Optional<Magic> magic = command.lookingAt() ? magics.find(command.group(1)) : Optional.empty();
    if (magic.filter(ArgumentCompletion::takesCode).isEmpty()) {
      return text;
    }
    int upTo = keepsArguments ? command.end() : end;
    return text.substring(0, start) + " ".repeat(upTo - start) + text.substring(upTo);
  }

  /// {@return the cell magic that a text is, if it ends in lines of it that are not Java}
  private Optional<Magic> magicOfOtherBody(String before) {
    String text = before.stripLeading();
    Matcher command = COMMAND.matcher(text);
    return text.startsWith("%%") && text.indexOf('\n') >= 0 && command.lookingAt()
        ? magics.find(command.group(1)).filter(magic -> !ArgumentCompletion.takesCode(magic))
        : Optional.empty();
  }

  private List<Match> magics(String percent, String prefix) {
    boolean isCell = percent.length() == 2;
    return magics.all().stream()
        .filter(magic -> magic.name().startsWith(prefix))
        .filter(magic -> magic.kind() != (isCell ? Magic.Kind.LINE : Magic.Kind.CELL))
        .map(magic -> new Match(percent + magic.name(), "magic", magic.summary()))
        .toList();
  }

  private <T> T withShell(Supplier<T> question, T otherwise) {
    if (!lock.tryLock(PATIENCE_MILLIS)) {
      return otherwise;
    }
    try {
      return question.get();
    } finally {
      lock.unlock();
    }
  }

  Optional<Map<String, Object>> inspect(String code, int cursor, int detail) {
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    String before = code.substring(0, end);
    Matcher magic = MAGIC_NAME.matcher(before);
    if (magic.find()) {
      return inspection.ofMagic(magic.group(2)).map(text -> Map.of("text/plain", text));
    }
    if (Ending.of(before) != Ending.CODE || magicOfOtherBody(before).isPresent()) {
      return Optional.empty();
    }
    CellContext context = CellContext.of(withoutCommands(withArrow(before, code)), embedded);
    return withShell(() -> documented(context, detail), Optional.empty());
  }

  /// The parameter of a lambda is a variable only behind the arrow.
  private static String withArrow(String before, String code) {
    Matcher parameter = PARAMETER.matcher(before);
    boolean isParameter = ARROW.matcher(code).region(before.length(), code.length()).lookingAt();
    return isParameter && parameter.find() ? before + " -> " + parameter.group() : before;
  }

  private Optional<Map<String, Object>> documented(CellContext context, int detail) {
    return context.text().isBlank() ? Optional.empty() : inspection.ofJava(context, detail);
  }
}
