package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
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
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
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
  private final AnnotationProcessors processors = new AnnotationProcessors();
  private final Missed missed = new Missed();
  private final Variables variables;
  private final CompilerMessages messages;
  private final Aftermath aftermath;
  private final SnippetRunner snippets;
  private final Inventory inventory;
  private final PatternVariables patterns;

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
    this.packages =
        new PackageCells(
            shell,
            loader,
            lines,
            redefinitions,
            imports,
            messages,
            aftermath,
            () -> classPath,
            setup.options(),
            processors);
    this.snippets =
        new SnippetRunner(
            loader,
            lines,
            redefinitions,
            control,
            shell,
            foresight,
            names,
            variables,
            messages,
            aftermath,
            this::evaluateQuietly);
    this.patterns = new PatternVariables(shell, names, redefinitions);
    this.inventory =
        new Inventory(shell, lock, names, imports, redefinitions, variables, aftermath);
  }

  private NameHints hints() {
    return new NameHints(
        names,
        new NameSources(
            kind -> types.like(kind, classPath),
            imports::isTypeButNoAnnotation,
            () -> types.packages(classPath),
            imports::names,
            imports::hidden,
            name -> loader.shapes().compiled().containsKey(name),
            missed::hint,
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
          || PatternVariables.may(next)
          || Returns.may(next)
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

  /// Imports from a package that a cell without types says it is in, if anything is.
  Evaluation enterPackage(JavaSnippet declaration) {
    lock.lock();
    try {
      String name = declaration.source().replaceFirst("(?s).*package\\s+", "").replace(";", "");
      Optional<String> _ = imports.add("import " + name.strip() + ".*;");
      return Evaluation.Completed.silently();
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
      return snippets.run(snippet, origin);
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
    Evaluation result = snippets.run(snippet, origin);
    if (result instanceof Evaluation.Rejected) {
      restore(before, origin);
    }
    return result instanceof Evaluation.Completed completed
            && snippet.kind() != JavaSnippet.Kind.METHOD
        ? processors
            .notice(snippet.name(), snippet.source(), classPath)
            .map(completed::noting)
            .orElse(completed)
        : result;
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
    JavaSnippet marked = Returns.marked(snippet);
    Evaluation result =
        Returns.unmarked(
            PatternVariables.may(marked) ? binding(marked, origin) : attempt(marked, origin));
    if (!(result instanceof Evaluation.Rejected(List<Problem> problems))) {
      Program program = control.program();
      if (program != null && !marked.edits().equals(snippet.edits())) {
        program.returns(Returns.haveValue(snippet));
      }
      return result;
    }
    return Rewording.of(snippet, problems)
        .map(source -> attempt(snippet.withSource(source), origin))
        .filter(again -> !(again instanceof Evaluation.Rejected))
        .orElse(result);
  }

  /// Declares the variables of patterns that a statement leaves behind, before it runs.
  private Evaluation binding(JavaSnippet snippet, Origin origin) {
    Map<String, String> variables = patterns.behind(snippet.source());
    Evaluation.Completed before = Evaluation.Completed.silently();
    for (String declaration : variables.values()) {
      if (!(snippets.run(snippet.withSource(declaration), origin)
          instanceof Evaluation.Completed completed)) {
        return attempt(snippet, origin);
      }
      before = completed.after(before);
    }
    if (variables.isEmpty()) {
      return attempt(snippet, origin);
    }
    Evaluation result = snippets.run(patterns.handingOver(snippet, variables.keySet()), origin);
    return result instanceof Evaluation.Completed completed ? completed.after(before) : result;
  }

  private Evaluation attempt(JavaSnippet snippet, Origin origin) {
    if (!foresight.isReady(snippet.source())
        && Identifiers.mayDeclare(snippet.source(), names::isVariable)) {
      List<Problem> problems = messages.ofRedeclaration(snippet);
      if (!problems.isEmpty()) {
        return new Evaluation.Rejected(problems);
      }
    }
    return snippets.run(snippet, origin);
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

  /// {@return see [Aftermath#takeUnresolved]}
  List<Aftermath.Unresolved> takeUnresolved(Set<String> sources) {
    lock.lock();
    try {
      return aftermath.takeUnresolved(sources);
    } finally {
      lock.unlock();
    }
  }

  /// {@return see [Aftermath#takeOutdated]}
  List<String> takeOutdated() {
    lock.lock();
    try {
      return aftermath.takeOutdated();
    } finally {
      lock.unlock();
    }
  }

  /// {@return what cells have declared so far}
  Inventory inventory() {
    return inventory;
  }

  /// {@return what cells have not declared because they failed}
  Missed missed() {
    return missed;
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

  /// {@return whether a name is known, and not as that of an annotation; only for the holder of the
  /// lock}
  boolean isTypeButNoAnnotation(String name) {
    return imports.isTypeButNoAnnotation(name);
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

  /// {@return the names of all packages that have types; only for the holder of the lock}
  Stream<String> packages() {
    return types.packages(classPath);
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
