package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.extension.Declaration;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;

/// The state of the session: what is declared, and how one more snippet is run.
///
/// Takes the [ShellLock] itself; the user's code runs without it.
final class Shell implements AutoCloseable {

  /// The version of the language that has them.
  private static final int MODULE_IMPORTS = 25;

  private final CellLoader loader;
  private final ShellLock lock;
  private final Supplier<CellRun> run;
  private final Setup setup;
  private final SourceLines lines = new SourceLines();
  private final Redefinitions redefinitions;
  private final ShellControl control;
  private final JShell shell;
  private final Foresight foresight;
  private final Imports imports;
  private final TypeIndex types;
  private final PackageCells packages;
  private final Names names;
  private final List<Path> classPath = new ArrayList<>();
  private final LibrarySources sources = new LibrarySources();
  private final Variables variables;
  private final Finals finals = new Finals();
  private final CompilerMessages messages;
  private final Aftermath aftermath;
  private final Inventory inventory;

  Shell(CellLoader loader, ShellLock lock, Supplier<CellRun> run, Setup setup) {
    this(loader, lock, run, setup, null);
  }

  private Shell(
      CellLoader loader,
      ShellLock lock,
      Supplier<CellRun> run,
      Setup setup,
      @Nullable Shell original) {
    this.loader = loader;
    this.lock = lock;
    this.run = run;
    this.setup = setup;
    this.redefinitions = new Redefinitions(loader, original == null ? setup.agent() : () -> null);
    this.control = new ShellControl(loader, lines, redefinitions, lock, run);
    this.shell = setup.shell(control);
    control.connect(shell);
    this.foresight = original == null ? setup.foresight().apply(shell) : Foresight.none(shell);
    this.imports = new Imports(loader, () -> classPath);
    this.types = new TypeIndex(imports::isType);
    this.packages =
        new PackageCells(
            shell, loader, lines, redefinitions, imports, () -> classPath, setup.options());
    this.names =
        new Names(
            shell,
            imports,
            foresight,
            original == null ? _ -> List.of() : original.inventory::importsOf);
    this.variables = new Variables(redefinitions);
    this.messages = new CompilerMessages(shell, names, hints());
    this.aftermath =
        new Aftermath(shell, lines, names, redefinitions, loader, messages, this::evaluateQuietly);
    this.inventory =
        new Inventory(shell, lock, names, imports, redefinitions, variables, aftermath);
  }

  private NameHints hints() {
    return new NameHints(
        names,
        new NameSources(
            kind -> types.like(kind, classPath),
            () -> types.packages(classPath),
            imports::names,
            code ->
                analysis().completionSuggestions(code, code.length(), new int[1]).stream()
                    .map(SourceCodeAnalysis.Suggestion::continuation)));
  }

  /// {@return a shell that knows what this one knows now, for code that is compiled and never runs:
  /// what is declared there, nobody knows here}
  Shell copy() {
    lock.lock();
    try {
      Shell copy = new Shell(new CellLoader(loader), lock, run, setup, this);
      lines.continueNumbers(shell, copy.shell);
      copy.packages.publish(loader);
      classPath.forEach(copy::addToClassPath);
      copy.imports.addAll(imports);
      return copy;
    } finally {
      lock.unlock();
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
  /// @param following the snippets that come after it, if it ends well
  /// @param declared the types and methods that its cell declares, here or later
  Evaluation evaluate(
      JavaSnippet snippet, List<JavaSnippet> following, Origin origin, Set<String> declared) {
    lock.lock();
    try {
      foresee(snippet, following, declared);
      return switch (snippet.kind()) {
        case IMPORT -> importing(snippet, origin, declared);
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

  /// Compiles a snippet together with those after it, unless that has been done.
  private void foresee(JavaSnippet snippet, List<JavaSnippet> following, Set<String> declared) {
    if (foresight.isReady(snippet.source())) {
      return;
    }
    List<JavaSnippet> all = Stream.concat(Stream.of(snippet), following.stream()).toList();
    List<String> sources = new ArrayList<>();
    for (JavaSnippet next : all) {
      if (next.kind() == JavaSnippet.Kind.IMPORT
          || next.kind() == JavaSnippet.Kind.PACKAGE
          || waits(next, all)) {
        break;
      }
      names.giveUpHidden(next.name());
      names.importFor(next.source(), declared);
      sources.add(next.source());
    }
    quietly(() -> foresight.prepare(sources));
  }

  /// Whether a snippet names what only one behind it declares.
  private boolean waits(JavaSnippet snippet, List<JavaSnippet> all) {
    Set<String> named = Identifiers.in(snippet.source());
    return all.subList(all.indexOf(snippet) + 1, all.size()).stream()
        .map(JavaSnippet::name)
        .anyMatch(name ->
            named.contains(name) && !name.equals(snippet.name()) && names.named(name).isEmpty());
  }

  /// Takes up a cell that is a Java file of its own.
  ///
  /// @param declared where its `package` declaration ends
  Evaluation evaluatePackage(String text, int declared, Origin origin) {
    lock.lock();
    try {
      return packages.evaluate(text, declared, origin);
    } finally {
      lock.unlock();
    }
  }

  private Evaluation importing(JavaSnippet snippet, Origin origin, Set<String> declared) {
    if (!Imports.isOnDemand(snippet.source())) {
      if (imports.has(snippet.source())) {
        foresight.trust(snippet.source());
      }
      names.giveUpHidden(Imports.singleName(snippet.source()));
      return run(snippet, origin);
    }
    Optional<String> problem =
        Imports.isOfModule(snippet.source()) && setup.options().release() < MODULE_IMPORTS
            ? Optional.of("Java " + setup.options().release() + " has no import of modules")
            : imports.add(snippet.source());
    if (problem.isPresent()) {
      return new Evaluation.Rejected(
          List.of(
              new Problem(
                  snippet.start(),
                  snippet.end(),
                  messages.ofImport(problem.get(), snippet.source()))));
    }
    // What waits may wait for a name that this import has.
    aftermath.waiting().forEach(source -> names.importFor(source, declared));
    return Evaluation.Completed.silently();
  }

  /// A type or method that the compiler rejects has made the shell forget the one that it was to
  /// replace. Giving it that one again is free of effects, and brings back what depends on it.
  private Evaluation declaring(JavaSnippet snippet, Origin origin, Set<String> declared) {
    names.importFor(snippet.source(), declared);
    List<Snippet> before = names.named(snippet.name());
    Evaluation result = run(snippet, origin);
    if (result instanceof Evaluation.Rejected) {
      restore(before, origin);
    }
    return result;
  }

  private void restore(Collection<Snippet> before, Origin origin) {
    for (Snippet lost : before) {
      if (!shell.status(lost).isActive()) {
        lines.evaluating(lines.origin(lost).orElse(origin));
        aftermath.settle(evaluateQuietly(lost.source()));
      }
    }
  }

  /// Declares methods whose real bodies follow.
  ///
  /// @param methods where each stands
  /// @return what takes them back, real bodies too, in favor of those that were there before
  Runnable sketch(Map<JavaSnippet, Origin> methods, Set<String> declared) {
    lock.lock();
    try {
      Set<Snippet> before =
          methods.keySet().stream()
              .flatMap(method -> names.named(method.name()).stream())
              .collect(Collectors.toUnmodifiableSet());
      methods.forEach((method, origin) -> declaring(method, origin, declared));
      return () -> takeBack(methods.keySet(), before);
    } finally {
      lock.unlock();
    }
  }

  private void takeBack(Set<JavaSnippet> methods, Set<Snippet> before) {
    lock.lock();
    try {
      methods.stream()
          .flatMap(method -> names.named(method.name()).stream())
          .distinct()
          .filter(known -> !before.contains(known))
          .forEach(known -> aftermath.settle(shell.drop(known)));
      restore(before, lines.current());
    } finally {
      lock.unlock();
    }
  }

  private Evaluation statement(JavaSnippet snippet, Origin origin, Set<String> declared) {
    names.importFor(snippet.source(), declared);
    if (!foresight.isReady(snippet.source())
        && Identifiers.mayDeclare(snippet.source(), names::isVariable)) {
      List<Problem> problems = messages.ofRedeclaration(snippet);
      if (!problems.isEmpty()) {
        return new Evaluation.Rejected(problems);
      }
    }
    Evaluation result = run(snippet, origin);
    return result instanceof Evaluation.Rejected && mayBeExpression(snippet)
        ? asObject(snippet, origin, result)
        : result;
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
    try {
      return settled(snippet, origin);
    } finally {
      redefinitions.releaseRun();
    }
  }

  private Evaluation settled(JavaSnippet snippet, Origin origin) {
    lines.evaluating(origin);
    List<SnippetEvent> events;
    try {
      events = evaluateQuietly(snippet.source());
    } catch (RuntimeException | AssertionError e) {
      redefinitions.finish();
      return new Evaluation.Rejected(
          List.of(
              new Problem(
                  snippet.start(), snippet.end(), CompilerMessages.CRASH + " (" + e + ")")));
    }
    ShellControl.Invocation invocation = control.last();
    events.forEach(this::noteMove);
    List<String> notices = new ArrayList<>(aftermath.settle(events));
    events.forEach(this::place);
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        Optional<Evaluation> failure = failure(snippet, event, invocation);
        if (failure.isPresent()) {
          return failure.get();
        }
      }
    }
    notices.addAll(finals.after(snippet.source(), events));
    return completed(events, invocation, notices);
  }

  private List<SnippetEvent> evaluateQuietly(String source) {
    control.begin();
    return quietly(() -> foresight.eval(source));
  }

  /// What the compiler itself prints is for no cell.
  private static <T> T quietly(Supplier<T> work) {
    CellIo cell = CellScope.current();
    CellScope.leave();
    try {
      return work.get();
    } finally {
      if (cell != null) {
        CellScope.enter(cell);
      }
    }
  }

  /// A snippet that was given again, word for word, keeps its class with the lines of the first
  /// time.
  private void noteMove(SnippetEvent event) {
    Class<?> wrapper = redefinitions.wrapper(event.snippet().id());
    if (event.causeSnippet() == null && wrapper != null && !control.touched(wrapper.getName())) {
      lines.moved(wrapper.getName());
    }
  }

  /// Notes of what a snippet declared where its state is from now on: here, or where the program
  /// runs that its body is kept for.
  private void place(SnippetEvent event) {
    Class<?> wrapper = redefinitions.wrapper(event.snippet().id());
    if (event.causeSnippet() != null || wrapper == null || event.status() == Status.REJECTED) {
      return;
    }
    Program program = control.program();
    if (program == null) {
      loader.elsewhere().remove(wrapper.getName());
      return;
    }
    program.add(wrapper);
    loader.elsewhere().add(wrapper.getName(), program.advice());
    if (event.previousStatus() != Status.NONEXISTENT) {
      redefinitions.reweaveUsersOf(wrapper);
    }
  }

  private Optional<Evaluation> failure(
      JavaSnippet snippet, SnippetEvent event, ShellControl.Invocation invocation) {
    Snippet evaluated = event.snippet();
    if (event.status() == Status.REJECTED) {
      return Optional.of(new Evaluation.Rejected(messages.problems(snippet, evaluated)));
    }
    Throwable thrown = invocation.thrown();
    if (thrown != null) {
      return Optional.of(new Evaluation.Threw(messages.explained(thrown)));
    }
    boolean isCode = evaluated.kind() != Snippet.Kind.IMPORT && event.status() == Status.VALID;
    if (isCode && redefinitions.wrapper(evaluated.id()) == null) {
      shell.drop(evaluated);
      names.update(evaluated);
      Problem crash = new Problem(snippet.start(), snippet.end(), CompilerMessages.CRASH);
      return Optional.of(new Evaluation.Rejected(List.of(crash)));
    }
    return Optional.empty();
  }

  /// Compiles what [#evaluate] is given, and keeps the bodies for a program instead of running
  /// them, until it is null.
  void keepFor(@Nullable Program program) {
    lock.lock();
    try {
      control.keepFor(program);
    } finally {
      lock.unlock();
    }
  }

  private Evaluation completed(
      List<SnippetEvent> events, ShellControl.Invocation invocation, List<String> notices) {
    Snippet last = null;
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null) {
        last = event.snippet();
      }
    }
    if (last == null) {
      return Evaluation.Completed.silently();
    }
    Object value = invocation.value();
    boolean isTemporary = last.subKind() == Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    if (isTemporary) {
      forget(last);
    }
    boolean shows = isTemporary || last.kind() == Snippet.Kind.EXPRESSION;
    Program program = control.program();
    if (program != null) {
      program.value(shows ? typeOf(last) : "");
    }
    boolean returns = last.kind() == Snippet.Kind.STATEMENT && value != null;
    return new Evaluation.Completed(value, shows, returns, declared(events), notices);
  }

  private static List<Declaration> declared(List<SnippetEvent> events) {
    return events.stream()
        .filter(event -> event.causeSnippet() == null)
        .map(SnippetEvent::snippet)
        .filter(PersistentSnippet.class::isInstance)
        .filter(snippet ->
            snippet.kind() != Snippet.Kind.IMPORT
                && snippet.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND)
        .map(Declared::of)
        .toList();
  }

  private static String typeOf(Snippet value) {
    return Wrappers.unwrap(
        switch (value) {
          case VarSnippet variable -> variable.typeName();
          case ExpressionSnippet expression -> expression.typeName();
          default -> "Object";
        });
  }

  /// Removes the variable in which the shell keeps a value that has no name.
  private void forget(Snippet temporary) {
    if (temporary instanceof VarSnippet variable) {
      variables.set(variable, null);
    }
    shell.drop(temporary);
    foresight.bury(temporary);
    names.update(temporary);
    redefinitions.release(temporary.id());
  }

  /// {@return see [Aftermath#takeUnresolved]}
  List<Aftermath.Unresolved> takeUnresolved(Set<String> sources) {
    lock.lock();
    try {
      return aftermath.takeUnresolved(sources);
    } finally {
      lock.unlock();
    }
  }

  /// {@return what cells have declared so far}
  Inventory inventory() {
    return inventory;
  }

  SourceLines lines() {
    return lines;
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

  /// {@return what imports that have not run yet make known; only for the holder of the lock}
  CellImports imports(List<String> declarations) {
    return new CellImports(imports.only(declarations));
  }

  /// {@return the full names of all types whose simple name starts so, imported or not; only for
  /// the holder of the lock}
  Stream<String> typesStartingWith(String prefix) {
    return types.startingWith(prefix, classPath);
  }

  /// {@return the full names of all types of a simple name, imported or not; only for the holder of
  /// the lock}
  Stream<String> typesNamed(String name) {
    return types.named(name, classPath);
  }

  /// {@return the shell's analysis; only for the holder of the lock}
  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  /// {@return the shell's analysis, which finds the documentation of libraries too; only for the
  /// holder of the lock}
  SourceCodeAnalysis documentation() {
    SourceCodeAnalysis analysis = analysis();
    sources.refresh(analysis, imports.searchedEntries());
    return analysis;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      shell.close();
      sources.close();
      packages.close();
    } finally {
      lock.unlock();
    }
  }
}
