package argosy.kernel.jshell;

import argosy.kernel.cell.Cell;
import argosy.kernel.cell.CellParser;
import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.JavaSnippet;
import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.cell.Piece;
import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.MagicCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs the pieces of a cell, on the cell's thread.
final class CellRunner {

  private final Shell shell;
  private final MagicRegistry magics;
  private final MagicCalls calls;
  private final SyntaxCheck syntax;
  private final Failures failures;
  private final Supplier<CellRun> run;
  private final EmbeddedMagics embedded;
  private final Inspection inspection;
  private final boolean runsMagics;

  /// The value of a piece.
  ///
  /// @param shows whether the user wants to see it
  /// @param ends whether nothing after it is to run
  record Result(@Nullable Object value, boolean shows, boolean ends) {
    static final Result NOTHING = new Result(null, false, false);
  }

  CellRunner(
      Shell shell,
      MagicRegistry magics,
      Failures failures,
      Inspection inspection,
      SyntaxCheck syntax,
      Supplier<CellRun> run) {
    this(shell, magics, failures, inspection, syntax, run, true);
  }

  private CellRunner(
      Shell shell,
      MagicRegistry magics,
      Failures failures,
      Inspection inspection,
      SyntaxCheck syntax,
      Supplier<CellRun> run,
      boolean runsMagics) {
    this.runsMagics = runsMagics;
    this.shell = shell;
    this.magics = magics;
    this.failures = failures;
    this.inspection = inspection;
    this.syntax = syntax;
    this.run = run;
    this.calls = new MagicCalls(magics, run, this::named);
    this.embedded =
        new EmbeddedMagics(
            (name, arguments, line) ->
                calls.call(name, new MagicCall(arguments, "", false, line, true)),
            name -> magics.find(name).isPresent() && !shell.inventory().declares(name));
  }

  /// Runs code.
  ///
  /// @param firstLine the line of the cell on which the code starts, counted from 1
  /// @throws CompilationException if the code cannot run
  /// @throws Throwable whatever the code threw
  Result run(String code, int firstLine) throws Throwable {
    return run(code, new Origin(Origin.cell(run.get().io().number()), firstLine));
  }

  /// Runs code that stands somewhere; otherwise as the other `run`.
  Result run(String code, Origin origin) throws Throwable {
    return new Pass(CellParser.parse(code, embedded.source()), origin).run();
  }

  /// Compiles code that stands somewhere, and declares what it declares, without running it.
  ///
  /// @param advice see [Elsewhere#add]
  CompiledCell compile(String code, Origin origin, String advice) throws Throwable {
    Program program = new Program(advice);
    shell.keepFor(program);
    try {
      Result last = run(code, origin);
      return program.finish(last.shows() && last.value() == null);
    } finally {
      shell.keepFor(null);
    }
  }

  /// As [#compile], in a copy of the session, which itself does not learn of it; without magics.
  CompiledCell preview(String code, Origin origin) throws Throwable {
    try (Shell copy = shell.copy()) {
      CellRunner own = new CellRunner(copy, magics, failures, inspection, syntax, run, false);
      try {
        return own.compile(code, origin, "");
      } finally {
        own.close();
      }
    }
  }

  CellParser.EmbeddedMagic embedded() {
    return embedded.source();
  }

  void close() {
    embedded.close();
  }

  /// {@return the name that an expression has, as the name of a magic}
  ///
  /// @param call where it stands
  private String named(String expression, MagicCall call) throws Throwable {
    CellRun current = run.get();
    if (call.isValue()) {
      current.leaveUserCode();
    }
    try {
      return String.valueOf(run(expression, call.line()).value());
    } finally {
      if (call.isValue()) {
        current.resumeUserCode();
      }
    }
  }

  /// One pass over the pieces of one text.
  private final class Pass {

    private final Cell cell;
    private final Origin origin;
    private final Layout layout;
    private final Set<String> declared = new HashSet<>();

    /// The number of the piece that runs.
    private int reached;

    private final Repetitions repetitions = new Repetitions();

    /// Methods and types that the compiler rejects before it has seen what they name.
    private final List<JavaSnippet> postponed = new ArrayList<>();

    Pass(Cell cell, Origin origin) {
      this.cell = cell;
      this.origin = origin;
      this.layout = new Layout(cell, origin);
    }

    Result run() throws Throwable {
      Optional<FileCell> file = FileCell.of(cell);
      if (file.isPresent()) {
        return file(file.get());
      }
      check();
      return runChecked();
    }

    private Result runChecked() throws Throwable {
      try {
        return runPieces();
      } catch (Throwable e) {
        shell.missed().add(layout, reached);
        throw e;
      } finally {
        takeUnresolved();
        tell(shell.takeOutdated());
      }
    }

    private Result runPieces() throws Throwable {
      Result last = Result.NOTHING;
      for (Piece piece : cell.pieces()) {
        reached = cell.pieces().indexOf(piece);
        if (!isDeclaration(piece)) {
          declarePostponed();
        }
        last =
            switch (piece) {
              case JavaSnippet snippet ->
                  mayWait(snippet) ? declareIfPossible(snippet) : java(snippet);
              case Piece.Command command -> magic(command);
              case Piece.Help help -> help(help);
            };
        if (last.ends()) {
          break;
        }
      }
      declarePostponed();
      reportUnresolved();
      return last;
    }

    private static boolean isDeclaration(Piece piece) {
      return piece instanceof JavaSnippet snippet
          && switch (snippet.kind()) {
            case METHOD, TYPE, RECORD -> true;
            case IMPORT, PACKAGE, STATEMENT -> false;
          };
    }

    /// Whether a declaration names another one that comes right behind it, or waits itself. Most of
    /// these the shell takes and completes later, but not one whose types depend on the other, such
    /// as a call of an overload.
    private boolean mayWait(JavaSnippet snippet) {
      if (!isDeclaration(snippet)) {
        return false;
      }
      Set<String> named = Identifiers.in(snippet.source());
      return Stream.concat(
              postponed.stream(), layout.following(snippet).stream().takeWhile(Pass::isDeclaration))
          .anyMatch(other -> named.contains(other.name()));
    }

    private Result declareIfPossible(JavaSnippet snippet) throws Throwable {
      Evaluation evaluation = evaluate(snippet);
      if (evaluation instanceof Evaluation.Rejected && syntax.check(snippet).isEmpty()) {
        postponed.add(snippet);
        return Result.NOTHING;
      }
      return result(snippet, evaluation);
    }

    private void declarePostponed() throws Throwable {
      declareWhatCompiles();
      if (!postponed.isEmpty()) {
        declareTogether();
      }
    }

    /// Tries what was postponed until nothing of it is left, or nothing of the rest compiles.
    private void declareWhatCompiles() throws Throwable {
      int left;
      do {
        left = postponed.size();
        for (JavaSnippet snippet : List.copyOf(postponed)) {
          Evaluation evaluation = evaluate(snippet);
          if (!(evaluation instanceof Evaluation.Rejected)) {
            postponed.remove(snippet);
            result(snippet, evaluation);
          }
        }
      } while (!postponed.isEmpty() && postponed.size() < left);
    }

    /// Declares methods each of which needs another, such as overloads that call each other: first
    /// without their bodies.
    private void declareTogether() throws Throwable {
      Map<JavaSnippet, Origin> sketches = new LinkedHashMap<>();
      for (JavaSnippet snippet : postponed) {
        if (snippet.kind() == JavaSnippet.Kind.METHOD) {
          sketches.put(snippet.sketched(), layout.place(snippet));
        }
      }
      Runnable takeBack = shell.sketch(sketches, declared);
      declareWhatCompiles();
      if (!postponed.isEmpty()) {
        Evaluation evaluation = evaluate(postponed.getFirst());
        takeBack.run();
        result(postponed.getFirst(), evaluation);
      }
    }

    /// Takes up a cell that starts with `package` and declares types.
    private Result file(FileCell file) throws Throwable {
      refuse(file.magics().stream().flatMap(this::misuse).toList());
      Pass rest = new Pass(file.rest(), origin);
      rest.check();
      for (Piece.Command command : file.magics()) {
        magic(command);
      }
      switch (shell.evaluatePackage(file.text(), file.declared(), origin)) {
        case Evaluation.Rejected(List<Problem> problems) ->
            throw failed("CompilationError", problems, "");
        case Evaluation.Completed completed -> {
          tell(completed.notices());
          tell(shell.takeOutdated());
        }
        case Evaluation.Threw _ -> {} // nothing of a file runs
      }
      return rest.runChecked();
    }

    /// Finds what is wrong before anything runs.
    private void check() throws CompilationException {
      List<Problem> problems = new ArrayList<>();
      List<JavaSnippet> snippets = new ArrayList<>();
      for (Piece piece : cell.pieces()) {
        switch (piece) {
          case JavaSnippet snippet -> {
            if (!snippet.name().isEmpty()) {
              declared.add(snippet.name());
            }
            snippets.add(snippet);
          }
          case Piece.Command command -> misuse(command).forEach(problems::add);
          case Piece.Help _ -> {}
        }
      }
      if (problems.isEmpty() && (cell.isOpen() || cell.pieces().size() > 1)) {
        problems.addAll(syntax.check(snippets));
      }
      refuse(problems);
    }

    private Stream<Problem> misuse(Piece.Command command) {
      boolean isMisplaced = command.isCell() && cell.pieces().size() > 1;
      return calls.problemWith(command.name(), command.isCell(), isMisplaced).stream()
          .map(message -> new Problem(command.start(), command.end(), message));
    }

    private void refuse(List<Problem> problems) throws CompilationException {
      if (!problems.isEmpty()) {
        shell.missed().add(layout, 0);
        boolean isMagic = problems.getFirst().message().contains("%");
        throw failed(isMagic ? "UsageError" : "SyntaxError", problems, "Nothing of the cell ran.");
      }
    }

    private CompilationException failed(String name, List<Problem> problems, String ran) {
      String habit = Habits.advice(cell, problems);
      String advice =
          habit.isEmpty()
              ? MisreadMagic.advice(cell, problems, calls, shell.inventory()::declares)
              : habit;
      String remark = ran.isEmpty() || advice.isEmpty() ? ran + advice : ran + "\n" + advice;
      List<Problem> said = advice.isEmpty() ? problems : problems.subList(0, 1);
      return new CompilationException(failures.problems(name, cell, origin, said, remark));
    }

    private Result java(JavaSnippet snippet) throws Throwable {
      Evaluation evaluation = evaluate(snippet);
      boolean mayBeBrought =
          evaluation instanceof Evaluation.Rejected
              && snippet.kind() == JavaSnippet.Kind.IMPORT
              && runsMagics;
      int line = layout.line(snippet.start());
      return mayBeBrought && BroughtAlong.fetch(snippet.source(), calls, line, run.get().io())
          ? result(snippet, evaluate(snippet))
          : result(snippet, evaluation);
    }

    private Evaluation evaluate(JavaSnippet snippet) {
      if (FileCell.declaration(cell).filter(snippet::equals).isPresent()) {
        return shell.enterPackage(snippet);
      }
      return shell.evaluate(snippet, layout.following(snippet), layout.place(snippet), declared);
    }

    private Result result(JavaSnippet snippet, Evaluation evaluation) throws Throwable {
      return switch (evaluation) {
        case Evaluation.Completed completed -> {
          shell.missed().remove(completed.declared());
          repetitions.note(
              completed.declared(),
              layout.line(snippet.start()),
              text -> run.get().io().stderr(text));
          tell(completed.notices());
          boolean shows =
              completed.returns()
                  ? completed.value() != null
                  : completed.shows() && !Leftovers.are(completed.value(), snippet);
          yield new Result(completed.value(), shows, completed.returns());
        }
        case Evaluation.Threw(Throwable thrown) -> throw thrown;
        case Evaluation.Rejected(List<Problem> problems) -> {
          List<Problem> syntaxErrors = syntax.check(snippet);
          throw syntaxErrors.isEmpty()
              ? failed(
                  "CompilationError",
                  Stream.concat(behind(snippet).stream(), problems.stream()).toList(),
                  layout.whatRanBefore(snippet))
              : failed("SyntaxError", syntaxErrors, layout.whatRanBefore(snippet));
        }
      };
    }

    private void tell(List<String> notices) {
      for (String notice : notices) {
        run.get().io().stderr(notice + "\n");
      }
    }

    private Result magic(Piece.Command command) throws Exception {
      if (!runsMagics) {
        String name = (command.isCell() ? "%%" : "%") + command.name();
        run.get().io().stderr(name + " does not run in a cell that is only looked at\n");
        return Result.NOTHING;
      }
      int line = layout.line(command.start());
      Object value =
          calls.call(
              command.name(),
              new MagicCall(command.arguments(), command.body(), command.isCell(), line));
      return new Result(value, value != null, false);
    }

    private Result help(Piece.Help help) {
      run.get().io().display(inspection.help(help.subject()));
      return Result.NOTHING;
    }

    /// What waits for a name that nobody has declared is a mistake if it cannot be used, and a
    /// remark if it can.
    private void reportUnresolved() throws CompilationException {
      List<Problem> problems = new ArrayList<>();
      for (Aftermath.Unresolved unresolved : takeUnresolved()) {
        if (unresolved.missing().isEmpty()) {
          problems.addAll(problemsNow(unresolved));
        } else if (unresolved.isUsable()) {
          run.get()
              .io()
              .stderr(
                  unresolved.name() + " waits for a declaration of " + unresolved.missing() + "\n");
        } else {
          problems.addAll(MissingNames.problems(cell, unresolved));
        }
      }
      if (!problems.isEmpty()) {
        throw failed("CompilationError", problems, "The other lines ran.");
      }
    }

    private List<Aftermath.Unresolved> takeUnresolved() {
      Set<String> sources = new HashSet<>();
      for (Piece piece : cell.pieces()) {
        if (piece instanceof JavaSnippet snippet) {
          sources.add(snippet.source());
        }
      }
      return shell.takeUnresolved(sources);
    }

    /// {@return what is wrong with the declarations of this cell that a rejected snippet cannot
    /// find because they wait themselves}
    private List<Problem> behind(JavaSnippet rejected) {
      List<Aftermath.Unresolved> waiting = new ArrayList<>(takeUnresolved());
      Set<String> named = new HashSet<>(Identifiers.in(rejected.source()));
      List<Problem> problems = new ArrayList<>();
      boolean isMore = true;
      while (isMore) {
        isMore = false;
        for (Aftermath.Unresolved unresolved : List.copyOf(waiting)) {
          if (named.contains(unresolved.name())) {
            waiting.remove(unresolved);
            problems.addAll(
                unresolved.missing().isEmpty()
                    ? problemsNow(unresolved)
                    : MissingNames.problems(cell, unresolved));
            named.addAll(Identifiers.in(unresolved.source()));
            isMore = true;
          }
        }
      }
      problems.sort(Comparator.comparingInt(Problem::start));
      return problems;
    }

    /// What the compiler says about a declaration that misses nothing, now that all is declared.
    private List<Problem> problemsNow(Aftermath.Unresolved unresolved) {
      for (Piece piece : cell.pieces()) {
        if (piece instanceof JavaSnippet snippet
            && snippet.source().equals(unresolved.source())
            && evaluate(snippet) instanceof Evaluation.Rejected(List<Problem> problems)) {
          return problems;
        }
      }
      return List.of();
    }
  }
}
