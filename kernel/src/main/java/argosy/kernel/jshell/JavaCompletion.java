package argosy.kernel.jshell;

import argosy.kernel.cell.SwitchLabel;
import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Completions.Match;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/// What could stand at the end of Java code. Only for the holder of the [ShellLock].
///
/// The shell says it, and here comes what it does not know: what the cell itself declares and
/// imports, types that nobody has imported yet, the constants of a `switch`, keywords.
final class JavaCompletion {

  private static final System.Logger LOG = System.getLogger(JavaCompletion.class.getName());

  private static final int MOST_UNIMPORTED = 20;
  private static final int MOST_IMPORTABLE = 200;

  /// Of types that are not imported there are many, and those of one letter nobody wants.
  private static final int LEAST_TYPED = 3;

  private static final Pattern WORD_END = Pattern.compile("[\\p{javaJavaIdentifierPart}]*\\z");
  private static final Pattern OURS =
      Pattern.compile("\\$\\d*|\\$\\$.*|do_it\\$.*|\\$JShell\\$.*|\\$REPL.*|<error>");
  private static final Pattern IMPORT = Pattern.compile("\\s*import\\s[^;]*");

  /// What stands in front of the last part of a package's name.
  private static final Pattern PACKAGE =
      Pattern.compile(
          "(?<![\\p{javaJavaIdentifierPart}.\"')\\]])((?:\\p{javaLowerCase}\\p{javaJavaIdentifierPart}*\\.)*)\\z");

  private static final Pattern REFERENCE =
      Pattern.compile("([\\p{javaJavaIdentifierPart}.]+)((?:\\[\\])*)\\s*::\\s*\\z");

  /// How the shell writes the type of a variable, and of what a method returns.
  private static final Pattern VARIABLE_TYPE = Pattern.compile("[^(]*?\\S:(\\S+)");

  /// A constant of an enum has no type in its signature but the one that it stands behind.
  private static final Pattern CONSTANT =
      Pattern.compile("([^\\s:()]+)\\.[\\p{javaJavaIdentifierPart}]+");

  private static final Pattern RESULT_TYPE =
      Pattern.compile("([\\p{javaJavaIdentifierPart}.]+)\\s.*");

  private static final Set<String> OF_EVERY_OBJECT =
      Set.of(
          "clone()",
          "equals(",
          "finalize()",
          "getClass()",
          "hashCode()",
          "notify()",
          "notifyAll()",
          "toString()",
          "wait(");

  private static final List<String> KEYWORDS =
      List.of(
          "abstract",
          "assert",
          "break",
          "case",
          "catch",
          "class",
          "continue",
          "default",
          "do",
          "else",
          "enum",
          "extends",
          "false",
          "final",
          "finally",
          "for",
          "if",
          "implements",
          "import",
          "instanceof",
          "interface",
          "native",
          "new",
          "non-sealed",
          "null",
          "package",
          "permits",
          "private",
          "protected",
          "public",
          "record",
          "return",
          "sealed",
          "static",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "true",
          "try",
          "var",
          "volatile",
          "when",
          "while",
          "yield");

  private final Shell shell;

  JavaCompletion(Shell shell) {
    this.shell = shell;
  }

  /// {@return what could stand at the end of a context, which is the cursor's place}
  Completions at(CellContext context, int cursor) {
    if (context.text().isBlank()) {
      Stream<String> names = Stream.concat(context.own().stream(), shell.names().all());
      return new Completions(cursor, cursor, names.distinct().map(JavaCompletion::match).toList());
    }
    CellImports imports = shell.imports(context.imports());
    String input = imports.qualify(context.input(), context.own());
    shell.names().importFor(input, Set.of());
    String word = wordBefore(input);
    List<Match> constants =
        constants(input, imports.qualify(context.declarations(), context.own()), word);
    if (!constants.isEmpty()) {
      return new Completions(cursor - word.length(), cursor, constants);
    }
    String before = input.substring(0, input.length() - word.length());
    boolean isAnnotation = before.endsWith("@") && !word.isEmpty();
    int[] anchor = {input.length()};
    List<Suggestion> suggestions =
        isAnnotation ? suggestions(word, new int[1]) : suggestions(input, anchor);
    Matches matches = new Matches(word);
    boolean isImport = IMPORT.matcher(context.text()).matches();
    boolean isMember = before.stripTrailing().endsWith(".");
    boolean isName = !word.isEmpty() && !isMember && !before.stripTrailing().endsWith("::");
    if (isName && !isImport) {
      matches.addAll(context.own().stream());
    }
    texts(suggestions).map(JavaCompletion::match).forEach(matches::add);
    matches.addAll(references(before, word));
    matches.addAll(packages(before, word, isImport));
    if (isName) {
      anchor[0] = input.length() - word.length();
      unimported(matches, imports, word, isImport);
    }
    int start = Math.clamp(cursor - (input.length() - anchor[0]), 0, cursor);
    List<Match> all =
        before.endsWith("@")
            ? matches.all().stream().filter(this::mayAnnotate).toList()
            : matches.all();
    return new Completions(start, cursor, all);
  }

  private boolean mayAnnotate(Match match) {
    return match.type().equals("keyword")
        ? match.text().equals("interface")
        : !match.type().equals("function") && !shell.isTypeButNoAnnotation(match.text());
  }

  /// What could stand there, each once, with the part of it that is there already.
  private static final class Matches {
    private final String word;
    private final Map<String, Match> found = new LinkedHashMap<>();

    Matches(String word) {
      this.word = word;
    }

    /// Adds those that start with the word.
    void addAll(Stream<String> texts) {
      texts.filter(text -> text.startsWith(word)).forEach(text -> add(match(text)));
    }

    void add(Match match) {
      found.putIfAbsent(match.text(), match);
    }

    boolean hasType(String simple) {
      return found.containsKey(simple)
          || found.containsKey(simple + "(")
          || found.containsKey(simple + "()");
    }

    List<Match> all() {
      return List.copyOf(found.values());
    }
  }

  private List<Suggestion> suggestions(String input, int[] anchor) {
    try {
      return shell.analysis().completionSuggestions(input, input.length(), anchor);
    } catch (RuntimeException | AssertionError e) {
      LOG.log(Level.DEBUG, "the shell cannot complete " + input, e);
      return List.of();
    }
  }

  /// What fits the type comes first, what every object has comes last.
  private static Stream<String> texts(List<Suggestion> suggestions) {
    return suggestions.stream()
        .sorted(
            Comparator.comparing(Suggestion::matchesType)
                .reversed()
                .thenComparing(suggestion -> OF_EVERY_OBJECT.contains(suggestion.continuation())))
        .map(Suggestion::continuation)
        .filter(text -> !OURS.matcher(text).matches());
  }

  private void unimported(Matches matches, CellImports imports, String word, boolean isImport) {
    if (!isImport) {
      matches.addAll(imports.names(word));
      matches.addAll(shell.importableNames(word).limit(MOST_IMPORTABLE));
    }
    if (word.length() >= LEAST_TYPED && Character.isUpperCase(word.codePointAt(0))) {
      shell
          .typesStartingWith(word)
          .filter(name -> !matches.hasType(name.substring(name.lastIndexOf('.') + 1)))
          .limit(MOST_UNIMPORTED)
          .forEach(name -> matches.add(new Match(name, "class", "")));
    }
    if (!isImport) {
      KEYWORDS.stream()
          .filter(keyword -> keyword.startsWith(word))
          .forEach(keyword -> matches.add(new Match(keyword, "keyword", "")));
    }
  }

  /// The constants that the label of a `case` may name, if its `switch` is on an enum.
  private List<Match> constants(String input, String declarations, String word) {
    Optional<SwitchLabel> label = SwitchLabel.at(input);
    if (label.isEmpty()) {
      return List.of();
    }
    String type = typeOf(input.substring(0, label.get().selectorEnd()).stripTrailing());
    if (type.isEmpty()) {
      return List.of();
    }
    List<Suggestion> members = suggestions(declarations + type + " $ = " + type + ".", new int[1]);
    boolean isEnum = members.stream().anyMatch(member -> member.continuation().equals("values()"));
    return isEnum
        ? members.stream()
            .filter(Suggestion::matchesType)
            .map(Suggestion::continuation)
            .filter(name -> name.startsWith(word) && !name.endsWith("(") && !name.endsWith(")"))
            .map(name -> new Match(name, "variable", ""))
            .toList()
        : List.of();
  }

  /// The type of the expression that code ends with; empty if nobody knows it.
  private String typeOf(String code) {
    String asked = code.endsWith("()") ? code.substring(0, code.length() - 1) : code;
    for (Documentation found : shell.analysis().documentation(asked, asked.length(), false)) {
      String signature = Wrappers.unwrap(found.signature());
      List<Pattern> kinds =
          code.endsWith(")") ? List.of(RESULT_TYPE) : List.of(VARIABLE_TYPE, CONSTANT);
      for (Pattern kind : kinds) {
        Matcher type = kind.matcher(signature);
        if (type.matches()) {
          return type.group(1);
        }
      }
    }
    return "";
  }

  /// The methods that a `::` may name: as those of a type, or of one of its objects. The shell says
  /// at most the first, and nothing where it does not know what for.
  private Stream<String> references(String before, String word) {
    Matcher reference = REFERENCE.matcher(before);
    if (!reference.find()) {
      return Stream.empty();
    }
    if (!reference.group(2).isEmpty()) {
      return Stream.of("new");
    }
    String start = before.substring(0, reference.start());
    String owner = reference.group(1);
    List<Suggestion> statics = suggestions(start + owner + "." + word, new int[1]);
    List<Suggestion> others = suggestions(start + "((" + owner + ") null)." + word, new int[1]);
    Stream<String> constructor = others.isEmpty() ? Stream.empty() : Stream.of("new");
    Stream<String> methods =
        Stream.concat(texts(others), texts(statics))
            .filter(text -> text.endsWith("(") || text.endsWith(")"))
            .map(text -> text.substring(0, text.indexOf('(')));
    return Stream.concat(methods, constructor);
  }

  /// The next parts of the names of packages, of which the shell knows none. Behind a variable's
  /// name there is none: it hides a package of that name.
  private Stream<String> packages(String before, String word, boolean isImport) {
    Matcher path = PACKAGE.matcher(before);
    if (!path.find() || (path.group(1).isEmpty() && (!isImport || word.isEmpty()))) {
      return Stream.empty();
    }
    if (!isImport && shell.names().isVariable(path.group(1).replaceFirst("\\..*", ""))) {
      return Stream.empty();
    }
    int start = path.group(1).length();
    return shell
        .packages()
        .filter(name -> name.startsWith(path.group(1) + word))
        .map(name -> name.substring(start).replaceFirst("\\..*", "") + ".")
        .distinct();
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
}
