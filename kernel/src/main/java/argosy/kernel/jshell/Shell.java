package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.extension.CellVariable;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/// The state of the session: what is declared, and how one more snippet is run.
///
/// Takes the [ShellLock] itself; the user's code runs without it.
final class Shell implements AutoCloseable {

  private static final String CRASH =
      "the Java compiler itself failed on this statement, which is a defect of the compiler; write"
          + " it in another way, for example with the types spelled out";

  private final ShellLock lock;
  private final SourceLines lines = new SourceLines();
  private final Redefinitions redefinitions;
  private final ShellControl control;
  private final JShell shell;
  private final Imports imports;
  private final Names names;
  private final List<Path> classPath = new ArrayList<>();
  private final List<DeclarationSnippet> unresolved = new ArrayList<>();

  Shell(CellLoader loader, ShellLock lock, Supplier<CellRun> run) {
    this.lock = lock;
    this.redefinitions = new Redefinitions(loader);
    this.control = new ShellControl(loader, lines, redefinitions, lock, run);
    this.shell =
        JShell.builder()
            .executionEngine(new Engine(control), Map.of())
            .compilerOptions("-g")
            .build();
    control.connect(shell);
    this.imports = new Imports(loader, () -> classPath);
    this.names = new Names(shell, imports);
  }

  private record Engine(DirectExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "argosy";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }

  /// Adds an import that every session has; anything of the user's own goes before it.
  void addDefaultImport(String declaration) {
    lock.lock();
    try {
      imports.addDefault(declaration);
    } finally {
      lock.unlock();
    }
  }

  void addToClassPath(Path entry) {
    lock.lock();
    try {
      shell.addToClasspath(entry.toString());
      classPath.add(entry);
      imports.classPathChanged();
    } finally {
      lock.unlock();
    }
  }

  /// Runs a snippet on the cell's thread.
  ///
  /// @param declared the types that its cell declares, here or later
  Evaluation evaluate(JavaSnippet snippet, Origin origin, Set<String> declared) {
    lock.lock();
    try {
      return switch (snippet.kind()) {
        case IMPORT -> importing(snippet, origin);
        case TYPE, RECORD, METHOD -> {
          names.giveUpHidden(snippet.name());
          yield declaring(snippet, origin, declared);
        }
        case STATEMENT -> statement(snippet, origin, declared);
        case PACKAGE ->
            new Evaluation.Rejected(
                List.of(
                    new Problem(
                        snippet.start(),
                        snippet.end(),
                        "a package can only be declared at the start of a cell of classes")));
      };
    } finally {
      lock.unlock();
    }
  }

  private Evaluation importing(JavaSnippet snippet, Origin origin) {
    if (!Imports.isOnDemand(snippet.source())) {
      names.giveUpHidden(Imports.singleName(snippet.source()));
      return run(snippet, origin);
    }
    if (imports.add(snippet.source())) {
      return Evaluation.Completed.silently();
    }
    String name = snippet.source().replaceAll("import\\s+(static\\s+)?|\\s*\\.\\s*\\*\\s*;?", "");
    return new Evaluation.Rejected(
        List.of(
            new Problem(snippet.start(), snippet.end(), "package " + name + " does not exist")));
  }

  /// A type or method that the compiler rejects has made the shell forget the one that it was to
  /// replace. Giving it that one again is free of effects, and brings back what depends on it.
  private Evaluation declaring(JavaSnippet snippet, Origin origin, Set<String> declared) {
    names.importFor(snippet.source(), declared);
    List<Snippet> before = names.named(snippet.name());
    Evaluation result = run(snippet, origin);
    if (result instanceof Evaluation.Rejected) {
      for (Snippet lost : before) {
        if (!shell.status(lost).isActive()) {
          lines.evaluating(lines.origin(lost).orElse(origin));
          control.begin();
          finish(shell.eval(lost.source()));
        }
      }
    }
    return result;
  }

  private Evaluation statement(JavaSnippet snippet, Origin origin, Set<String> declared) {
    names.importFor(snippet.source(), declared);
    if (Identifiers.mayDeclare(snippet.source(), names::isVariable)) {
      List<Problem> problems = redeclarationProblems(snippet);
      if (!problems.isEmpty()) {
        return new Evaluation.Rejected(problems);
      }
    }
    Evaluation result = run(snippet, origin);
    return result instanceof Evaluation.Rejected && mayBeExpression(snippet)
        ? asObject(snippet, origin, result)
        : result;
  }

  /// A redeclaration is tried first, because a rejected one deletes the variable.
  private List<Problem> redeclarationProblems(JavaSnippet snippet) {
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

  private static boolean mayBeExpression(JavaSnippet snippet) {
    return !snippet.source().contains("=") && snippet.edits().isEmpty();
  }

  /// The shell gives the value of an expression to a variable of the type that it infers, and
  /// sometimes infers one that cannot be written.
  private Evaluation asObject(JavaSnippet snippet, Origin origin, Evaluation rejected) {
    String source = snippet.source();
    String expression = source.endsWith(";") ? source.substring(0, source.length() - 1) : source;
    Evaluation again = run(snippet.withSource("(Object) (" + expression + "\n);"), origin);
    return again instanceof Evaluation.Rejected ? rejected : again;
  }

  private Evaluation run(JavaSnippet snippet, Origin origin) {
    lines.evaluating(origin);
    control.begin();
    List<SnippetEvent> events;
    try {
      events = shell.eval(snippet.source());
    } catch (RuntimeException | AssertionError e) {
      redefinitions.finish();
      return new Evaluation.Rejected(
          List.of(new Problem(snippet.start(), snippet.end(), CRASH + " (" + e + ")")));
    }
    List<String> notices = finish(events);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        Optional<Evaluation> failure = failure(snippet, event);
        if (failure.isPresent()) {
          return failure.get();
        }
      }
    }
    return completed(events, notices);
  }

  private Optional<Evaluation> failure(JavaSnippet snippet, SnippetEvent event) {
    Snippet evaluated = event.snippet();
    if (event.status() == Status.REJECTED) {
      return Optional.of(new Evaluation.Rejected(problems(snippet, evaluated)));
    }
    Throwable thrown = control.last().thrown();
    if (thrown != null) {
      return Optional.of(new Evaluation.Threw(thrown));
    }
    boolean isCode = evaluated.kind() != Snippet.Kind.IMPORT && event.status() == Status.VALID;
    if (isCode && redefinitions.wrapper(evaluated.id()) == null) {
      shell.drop(evaluated);
      names.update(evaluated);
      Problem crash = new Problem(snippet.start(), snippet.end(), CRASH);
      return Optional.of(new Evaluation.Rejected(List.of(crash)));
    }
    return Optional.empty();
  }

  private Evaluation completed(List<SnippetEvent> events, List<String> notices) {
    Snippet last = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        last = event.snippet();
      }
    }
    if (last == null) {
      return Evaluation.Completed.silently();
    }
    Object value = control.last().value();
    boolean isTemporary = last.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    if (isTemporary) {
      forget(last);
    }
    boolean shows = isTemporary || last.kind() == Snippet.Kind.EXPRESSION;
    boolean returns = last.kind() == Snippet.Kind.STATEMENT && value != null;
    return new Evaluation.Completed(value, shows, returns, notices);
  }

  /// Removes the variable in which the shell keeps a value that has no name.
  private void forget(Snippet temporary) {
    Class<?> wrapper = redefinitions.wrapper(temporary.id());
    shell.drop(temporary);
    names.update(temporary);
    if (wrapper == null) {
      return;
    }
    for (Field field : wrapper.getDeclaredFields()) {
      if (!field.getType().isPrimitive()
          && field.getName().equals(((VarSnippet) temporary).name())) {
        try {
          field.setAccessible(true);
          field.set(null, null);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("cannot clear " + field, e);
        }
      }
    }
  }

  /// Brings what is known about the session up to date.
  ///
  /// @return what the user should know
  private List<String> finish(List<SnippetEvent> events) {
    Notices notices = new Notices(shell, lines, names);
    List<Redefinitions.Replacement> replacements = redefinitions.finish();
    for (SnippetEvent event : events) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() == null) {
        lines.evaluated(snippet);
        notices.primary(snippet);
        if (snippet instanceof DeclarationSnippet declaration
            && (event.status() == Status.RECOVERABLE_DEFINED
                || event.status() == Status.RECOVERABLE_NOT_DEFINED)) {
          unresolved.add(declaration);
        }
      } else {
        notices.changed(event);
      }
      names.update(snippet);
    }
    replacements.forEach(notices::replaced);
    return notices.texts();
  }

  private List<Problem> problems(JavaSnippet snippet, Snippet evaluated) {
    return shell
        .diagnostics(evaluated)
        .filter(Diag::isError)
        .map(diagnostic ->
            new Problem(
                snippet.inCell((int) diagnostic.getStartPosition()),
                snippet.inCell((int) diagnostic.getEndPosition()),
                names.explain(
                    Wrappers.unwrap(
                        Objects.requireNonNullElse(diagnostic.getMessage(Locale.ROOT), "")))))
        .toList();
  }

  /// {@return what was declared since the last call and still needs something that is not there}
  List<Unresolved> takeUnresolved() {
    lock.lock();
    try {
      List<Unresolved> result = new ArrayList<>();
      for (DeclarationSnippet snippet : unresolved) {
        Status status = shell.status(snippet);
        if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
          result.add(
              new Unresolved(
                  snippet.name(),
                  shell.unresolvedDependencies(snippet).map(Wrappers::unwrap).toList(),
                  lines.origin(snippet).orElse(lines.current()),
                  snippet.source(),
                  status == Status.RECOVERABLE_DEFINED));
        }
      }
      unresolved.clear();
      return result;
    } finally {
      lock.unlock();
    }
  }

  /// A declaration that waits for another one.
  ///
  /// @param missing what it needs, such as `class Node` or `method f(int)`
  /// @param isUsable whether it can be used until then, as a method can be called
  record Unresolved(
      String name, List<String> missing, Origin origin, String source, boolean isUsable) {
    Unresolved {
      missing = List.copyOf(missing);
    }
  }

  boolean isVariable(String name) {
    lock.lock();
    try {
      return names.isVariable(name);
    } finally {
      lock.unlock();
    }
  }

  /// {@return the value of a variable, or null if there is none of this name}
  @Nullable Object variable(String name) {
    lock.lock();
    try {
      VarSnippet snippet = names.variable(name);
      Class<?> wrapper = snippet == null ? null : redefinitions.wrapper(snippet.id());
      if (wrapper == null) {
        return null;
      }
      Field field = wrapper.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read the variable " + name, e);
    } finally {
      lock.unlock();
    }
  }

  /// {@return the variables that cells have declared, in the order of their declaration}
  List<CellVariable> variables() {
    lock.lock();
    try {
      return shell
          .variables()
          .map(v -> new CellVariable(v.name(), Wrappers.unwrap(v.typeName()), variable(v.name())))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /// {@return what the session's names stand for; only for the holder of the lock}
  Names names() {
    return names;
  }

  /// {@return the names that the session's imports on demand offer; only for the holder of the
  /// lock}
  Stream<String> importableNames(String prefix) {
    return imports.names(prefix);
  }

  /// {@return the shell's analysis; only for the holder of the lock}
  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      shell.close();
    } finally {
      lock.unlock();
    }
  }
}
