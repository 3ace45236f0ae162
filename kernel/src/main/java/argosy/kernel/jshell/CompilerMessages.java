package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.SPIResolutionException;

/// What the compiler says, without what only the shell knows.
final class CompilerMessages {

  /// What there is to say when the compiler crashes.
  static final String CRASH =
      "the Java compiler itself failed on this statement, which is a defect of the compiler; write"
          + " it in another way, for example with the types spelled out";

  /// What there is to say of a method that is to replace one of every object, and stands in no
  /// class.
  static final String OF_EVERY_OBJECT =
      "outside of a class no method can have the name of one that every object has:";

  /// How the compiler says that a body has an end; it means the body, and points to the end.
  private static final String NO_RETURN = "missing return statement";

  private static final Pattern NEEDED =
      Pattern.compile("(class|method|variable) ([\\p{javaJavaIdentifierPart}]+)(?:\\([^)]*\\))?");

  private static final Pattern UNKNOWN_CODE =
      Pattern.compile(
          "cannot find symbol\\s+symbol:\\s+(?:class|method) ([\\p{javaJavaIdentifierPart}]+)");
  private static final Pattern OF_NAME =
      Pattern.compile("cannot find symbol|\\S+ has private access");

  /// What the shell calls a class that has no name; a variable is called so only by its user.
  private static final Pattern UNNAMED =
      Pattern.compile("(?<!variable )(?<![\\p{javaJavaIdentifierPart}.])\\$\\d+(?![\\w$])");

  /// What the compiler calls such a class by its number, maybe in another.
  private static final Pattern NUMBERED =
      Pattern.compile("<anonymous (?:([\\p{javaJavaIdentifierPart}.]+)\\$)?\\d+>");

  private final JShell shell;
  private final Names names;
  private final NameHints hints;

  CompilerMessages(JShell shell, Names names, NameHints hints) {
    this.shell = shell;
    this.names = names;
    this.hints = hints;
  }

  /// {@return the errors of a snippet, where they stand in its cell}
  List<Problem> problems(JavaSnippet snippet, Snippet evaluated) {
    return shell
        .diagnostics(evaluated)
        .filter(Diag::isError)
        .map(diagnostic -> problem(diagnostic, evaluated.source()))
        .map(problem ->
            new Problem(
                snippet.inCell(problem.start()), snippet.inCell(problem.end()), problem.message()))
        .toList();
  }

  private Problem problem(Diag diagnostic, String source) {
    int start = start(diagnostic, source);
    int end = (int) diagnostic.getEndPosition();
    String variable = hints.variable(text(diagnostic), source, start, end);
    return variable.isEmpty()
        ? new Problem(start, end, names.explain(text(diagnostic, source)))
        : unknownVariable(variable, source, start);
  }

  private Problem unknownVariable(String name, String source, int start) {
    int end = start + name.length();
    String message = "cannot find symbol\n  symbol:   variable " + name;
    return new Problem(start, end, withHint(message, hints.hint(message, source, start, end)));
  }

  /// Where what is wrong starts. The compiler means a whole chain of calls where only its last
  /// name, behind the dot to which it points, may be wrong, and on another line.
  private static int start(Diag diagnostic, String source) {
    int start = (int) diagnostic.getStartPosition();
    int dot = (int) diagnostic.getPosition();
    if (start < 0 || dot <= start || dot >= source.length()) {
      return start;
    }
    String message = Objects.requireNonNullElse(diagnostic.getMessage(Locale.ROOT), "");
    if (message.startsWith(NO_RETURN)) {
      return dot;
    }
    if (source.charAt(dot) != '.') {
      return start;
    }
    boolean isName = OF_NAME.matcher(message).lookingAt();
    boolean isElsewhere =
        source.substring(start, dot).contains("\n") && !message.startsWith("package ");
    if (!isName && !isElsewhere) {
      return start;
    }
    int name = dot + 1;
    while (name < diagnostic.getEndPosition() - 1 && Character.isWhitespace(source.charAt(name))) {
      name++;
    }
    return name;
  }

  /// {@return why a variable cannot be declared again as a snippet says, which is not evaluated; a
  /// rejected redeclaration would delete the variable}
  List<Problem> ofRedeclaration(JavaSnippet snippet) {
    SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
    for (Snippet trial : analysis.sourceToSnippets(snippet.source())) {
      if ((trial instanceof VarSnippet variable && names.isVariable(variable.name()))
          || trial.kind() == Snippet.Kind.ERRONEOUS) {
        List<Problem> problems = problems(snippet, trial);
        if (!problems.isEmpty()) {
          return problems;
        }
      }
    }
    return List.of();
  }

  private String text(Diag diagnostic, String source) {
    String text = text(diagnostic);
    int start = Math.clamp(diagnostic.getStartPosition(), 0, source.length());
    int end = Math.clamp(diagnostic.getEndPosition(), start, source.length());
    String waiting = waiting(text);
    return withHint(text, waiting.isEmpty() ? hints.hint(text, source, start, end) : waiting);
  }

  /// {@return what the compiler itself says, without a session around it}
  static String plain(Diagnostic<?> diagnostic) {
    return unnumbered(CompilerOptions.inNotebook(diagnostic.getMessage(Locale.ROOT)));
  }

  /// {@return what the compiler says, with classes that have no name called so}
  private static String unnumbered(String message) {
    return NUMBERED
        .matcher(message)
        .replaceAll(numbered ->
            Matcher.quoteReplacement(
                numbered.group(1) == null
                    ? "<anonymous class>"
                    : "<anonymous class in " + numbered.group(1) + ">"));
  }

  /// {@return what is wrong with an import, and what may be meant}
  String ofImport(String message, String source) {
    return withHint(message, hints.hint(message, source, 0, source.length()));
  }

  /// {@return problems of a text of its own, with what may be meant}
  List<Problem> withHints(List<Problem> problems, String text) {
    return problems.stream()
        .map(problem -> {
          String said = problem.message();
          String variable = hints.variable(said, text, problem.start(), problem.end());
          if (!variable.isEmpty()) {
            return unknownVariable(variable, text, problem.start());
          }
          String hint = hints.hint(said, text, problem.start(), problem.end());
          return new Problem(problem.start(), problem.end(), withHint(said, hint));
        })
        .toList();
  }

  private static String withHint(String message, String hint) {
    return hint.isEmpty() ? message : message + "\n  " + hint;
  }

  /// What a type or method waits for that was declared, and that nobody can use before.
  private String waiting(String message) {
    Matcher unknown = UNKNOWN_CODE.matcher(message);
    return unknown.lookingAt()
        ? names.named(unknown.group(1)).stream()
            .filter(DeclarationSnippet.class::isInstance)
            .map(DeclarationSnippet.class::cast)
            .filter(code -> shell.status(code) == Status.RECOVERABLE_NOT_DEFINED)
            .map(code ->
                missing(code).isEmpty()
                    ? Names.display(code) + " no longer compiles" + reason(code)
                    : Names.display(code) + " waits for " + missingWithHints(code))
            .findFirst()
            .orElse("")
        : "";
  }

  /// {@return what a declaration waits for, each with what may be meant}
  String missingWithHints(DeclarationSnippet declaration) {
    Map<String, String> said = hints(declaration);
    return NEEDED
        .matcher(missing(declaration))
        .replaceAll(needed -> {
          String hint = said.get(needed.group(2));
          String text = needed.group();
          return Matcher.quoteReplacement(hint == null ? text : text + " [" + hint + "]");
        });
  }

  /// {@return what may be meant by the names that a declaration waits for, as far as there is
  /// something to say}
  Map<String, String> hints(DeclarationSnippet declaration) {
    Map<String, String> said = new HashMap<>();
    for (String missing : shell.unresolvedDependencies(declaration).toList()) {
      Matcher needed = NEEDED.matcher(Wrappers.unwrap(missing));
      if (needed.lookingAt()) {
        String hint = hints.hintOf(needed.group(1), needed.group(2), declaration.source());
        if (!hint.isEmpty()) {
          said.put(needed.group(2), hint);
        }
      }
    }
    return said;
  }

  private static String text(Diag diagnostic) {
    String said = CompilerOptions.inNotebook(diagnostic.getMessage(Locale.ROOT));
    String unwrapped = unnumbered(Wrappers.unwrap(Candidates.shortened(said)));
    return UNNAMED
        .matcher(unwrapped)
        .replaceAll("<anonymous class>")
        .replace("JShell method names must not match Object methods:", OF_EVERY_OBJECT)
        .replace("<nulltype>", "null")
        .replace("@org.jspecify.annotations.Nullable ", "") // of our own methods
        .replaceAll("(?m)\\R?^\\s*location: class\\s*$", "")
        .replaceAll(" in method do_it\\$\\w*\\(\\)", "") // the statements of a cell
        .replace(" in class  ", " ")
        .stripTrailing();
  }

  /// {@return why a snippet does not compile, in one line that starts with a colon; or nothing}
  String reason(Snippet snippet) {
    if (snippet instanceof DeclarationSnippet declaration) {
      String missing = missing(declaration);
      if (!missing.isEmpty()) {
        return ": it needs " + missing;
      }
    }
    return shell
        .diagnostics(snippet)
        .filter(Diag::isError)
        .findFirst()
        .map(diagnostic -> ": " + text(diagnostic).lines().findFirst().orElse(""))
        .orElse("");
  }

  /// {@return what a declaration waits for, such as `class Node, method f(int)`}
  String missing(DeclarationSnippet declaration) {
    return shell
        .unresolvedDependencies(declaration)
        .map(Wrappers::unwrap)
        .collect(Collectors.joining(", "));
  }

  /// {@return what a method throws that was called before what it needs is there, or a magic
  /// without a value in the place of one, in words; any other exception as it is}
  Throwable explained(Throwable thrown) {
    if (!(thrown instanceof SPIResolutionException unresolved)) {
      return EmbeddedMagics.explained(thrown);
    }
    String id = Integer.toString(unresolved.id());
    return shell
        .snippets()
        .filter(DeclarationSnippet.class::isInstance)
        .map(DeclarationSnippet.class::cast)
        .filter(snippet -> snippet.id().equals(id) && shell.status(snippet).isActive())
        .findFirst()
        .<Throwable>map(snippet ->
            new UndeclaredException(unusable(snippet), unresolved, snippet, firstUse(snippet)))
        .orElse(thrown);
  }

  /// {@return where a declaration uses what it waits for}
  private int firstUse(DeclarationSnippet declaration) {
    return NEEDED
        .matcher(missing(declaration))
        .results()
        .flatMapToInt(
            needed -> Identifiers.firstUse(declaration.source(), needed.group(2)).stream())
        .min()
        .orElse(0);
  }

  /// {@return why a declaration cannot be used: what it needs is missing, or has changed}
  private String unusable(Snippet snippet) {
    String missing = missing((DeclarationSnippet) snippet);
    return Names.display(snippet)
        + (missing.isEmpty()
            ? " no longer compiles" + reason(snippet)
            : " needs what no cell has declared: "
                + missingWithHints((DeclarationSnippet) snippet));
  }
}
