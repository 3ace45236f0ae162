package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.CellParser;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.LocalNames;
import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.cell.Piece;
import argosy.kernel.extension.Magic;
import argosy.kernel.interpreter.Completeness;
import argosy.kernel.interpreter.Completeness.Status;
import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Completions.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/// Answers questions about code that does not run. Safe from any thread; waits for the shell only
/// as long as the compiler works, not while the user's code runs.
final class Analysis {

  private static final long PATIENCE_MILLIS = 5000;
  private static final Pattern MAGIC_NAME =
      Pattern.compile("(?:^|\\n|=)[ \\t]*(%{1,2})([\\w.-]*)$");
  private static final Pattern COMMAND = Pattern.compile("[^\"%]*?%{1,2}([\\w.-]+)(?:\\s|$)");
  private static final Pattern QUOTE = Pattern.compile("(?<!['\\\\])\"");
  private static final Pattern WORD_END = Pattern.compile("[\\p{javaJavaIdentifierPart}]*$");
  private static final Pattern TEMPORARY = Pattern.compile("\\$\\d*|\\$\\$.*|do_it\\$.*");

  private final Shell shell;
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
    this.shell = shell;
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
    Context context = context(withoutCommands(before));
    return withShell(() -> java(context, cursor), new Completions(cursor, cursor, List.of()));
  }

  /// What could stand behind a magic, or in a text; nothing if that may be Java.
  private Optional<Completions> arguments(String before, int cursor) {
    String line = before.substring(before.lastIndexOf('\n') + 1);
    String word = line.substring(line.lastIndexOf(' ') + 1);
    List<Match> matches = List.of();
    Matcher command = COMMAND.matcher(line);
    Optional<Magic> magic = command.lookingAt() ? magics.find(command.group(1)) : Optional.empty();
    if (magic.isPresent()) {
      boolean isCode = ArgumentCompletion.takesCode(magic.get()) && !word.startsWith("-");
      matches = isCode ? List.of() : arguments.ofMagic(magic.get(), word);
      if (matches.isEmpty() && ArgumentCompletion.takesOther(magic.get())) {
        return Optional.empty();
      }
    } else if (isInText(line)) {
      word = line.substring(line.lastIndexOf('"') + 1);
      matches = arguments.files(word);
    }
    return matches.isEmpty() && magic.isEmpty()
        ? Optional.empty()
        : Optional.of(new Completions(cursor - word.length(), cursor, matches));
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

  /// Whether a line ends within a text in quotes.
  private static boolean isInText(String line) {
    return QUOTE.matcher(line).results().count() % 2 == 1;
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

  /// Java up to a cursor, as the shell can be asked about it.
  ///
  /// @param declarations what the same cell declares before, which has not run yet
  /// @param text the snippet at the cursor, up to it
  /// @param own what the cell declares up to the cursor
  private record Context(String declarations, String text, List<String> own) {
    String input() {
      return declarations + text;
    }
  }

  /*
   * The shell takes a text for what its first snippet is. If that is a type or a method, all is
   * read as members of a class, where variables may stand, but a statement needs a block.
   */
  private Context context(String before) {
    Cell cell = CellParser.parse(before, embedded);
    StringBuilder members = new StringBuilder();
    StringBuilder statements = new StringBuilder();
    StringBuilder variables = new StringBuilder();
    List<String> own = new ArrayList<>();
    JavaSnippet last = null;
    for (Piece piece : cell.pieces()) {
      boolean isLast = piece.equals(cell.pieces().getLast());
      if (piece instanceof JavaSnippet snippet) {
        String source = snippet.source() + "\n";
        boolean isOpen = isLast && !isDone(snippet, before);
        last = isOpen ? snippet : null;
        switch (snippet.kind()) {
          case TYPE, RECORD, METHOD -> {
            own.add(
                snippet.kind() == JavaSnippet.Kind.METHOD ? snippet.name() + "(" : snippet.name());
            members.append(isOpen ? "" : source);
          }
          case STATEMENT -> {
            statements.append(isOpen ? "" : source);
            variables.append(isOpen || LocalNames.in(source).isEmpty() ? "" : source);
          }
          case IMPORT, PACKAGE -> {}
        }
      }
    }
    own.addAll(LocalNames.in(before));
    String text = last == null ? "" : before.substring(last.start());
    boolean isMember = last != null && last.kind() != JavaSnippet.Kind.STATEMENT;
    boolean isInClass = !members.isEmpty() || (isMember && last.kind() == JavaSnippet.Kind.METHOD);
    if (!isInClass) {
      return new Context(statements.toString(), text, own);
    }
    String block = isMember ? "" : "{ ";
    String start = members.isEmpty() ? "class $ {}\n" : members.toString();
    return new Context(start + variables + block, text, own);
  }

  /// Whether what comes next is another snippet.
  private static boolean isDone(JavaSnippet snippet, String before) {
    return snippet.closedByUser() && before.substring(snippet.end()).isBlank();
  }

  private Completions java(Context context, int cursor) {
    if (context.text().isBlank()) {
      List<Match> declared =
          Stream.concat(context.own().stream(), shell.names().all())
              .distinct()
              .map(Analysis::match)
              .toList();
      return new Completions(cursor, cursor, declared);
    }
    String input = context.input();
    shell.names().importFor(input, Set.of());
    int[] anchor = {input.length()};
    List<Suggestion> suggestions =
        shell.analysis().completionSuggestions(input, input.length(), anchor);
    Map<String, Match> matches = new LinkedHashMap<>();
    String word = wordBefore(input);
    boolean isMember = input.substring(0, input.length() - word.length()).strip().endsWith(".");
    boolean isName = !word.isEmpty() && !isMember;
    if (isName) {
      context.own().stream()
          .filter(name -> name.startsWith(word))
          .forEach(name -> matches.putIfAbsent(name, match(name)));
    }
    suggestions.stream()
        .sorted(Comparator.comparing(Suggestion::matchesType).reversed())
        .map(Suggestion::continuation)
        .filter(text -> !TEMPORARY.matcher(text).matches())
        .forEach(text -> matches.putIfAbsent(text, match(text)));
    if (isName) {
      anchor[0] = input.length() - word.length();
      importable(word).forEach(text -> matches.putIfAbsent(text, match(text)));
    }
    int start = Math.clamp(cursor - (input.length() - anchor[0]), 0, cursor);
    return new Completions(start, cursor, List.copyOf(matches.values()));
  }

  private Stream<String> importable(String prefix) {
    return shell.importableNames(prefix).limit(200);
  }

  private static String wordBefore(String text) {
    Matcher matcher = WORD_END.matcher(text);
    return matcher.find() ? matcher.group() : "";
  }

  private static Match match(String text) {
    String type;
    if (text.endsWith("(") || text.endsWith(")")) {
      type = "function";
    } else if (!text.isEmpty() && Character.isUpperCase(text.codePointAt(0))) {
      type = text.equals(text.toUpperCase(Locale.ROOT)) ? "variable" : "class";
    } else {
      type = text.endsWith(".") ? "module" : "variable";
    }
    return new Match(text, type, "");
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
    Context context = context(withoutCommands(before));
    return withShell(() -> documented(context, detail), Optional.empty());
  }

  private Optional<Map<String, Object>> documented(Context context, int detail) {
    return context.text().isBlank() ? Optional.empty() : inspection.ofJava(context.input(), detail);
  }
}
