package jdk.jshell;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.tools.javac.api.JavacTaskImpl;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jshell.Compilation.Analyzed;
import jdk.jshell.Compilation.Compiled;
import javax.tools.DiagnosticCollector;
import javax.tools.ToolProvider;

/// Answers what the shell asks the compiler from what the compiler was asked before, if it was
/// asked the very same; else asks the compiler.
final class ForeseenTasks extends TaskFactory {

  /// What turns an analysis into one that can go on to class files as the shell wants them.
  private static final List<String> GENERATING = List.of("-parameters");

  private final JShell shell;
  private final SessionFiles files;
  private StandIns standIns;
  private final Map<String, Compiled> compiled = new HashMap<>();
  private final Set<String> imports = new HashSet<>();
  private Phase phase = Phase.RUNNING;
  private AnalyzeTask live;
  private Parsed known;

  private Map<String, Analyzed> trials = Map.of();

  private enum Phase {
    /// The shell evaluates snippets.
    RUNNING,
    /// The shell makes snippets of sources, to see what it will ask.
    RECORDING,
    /// The shell makes snippets of sources, whose trials have been analyzed.
    ANSWERING
  }

  /// A source as the parser has left it.
  record Parsed(String text, ParseTask task) {}

  /// The shell asks what nobody has foreseen, at a time when the compiler cannot know yet.
  static final class UnforeseenError extends Error {
    private static final long serialVersionUID = 1;
    private final transient OuterWrap asked;
    private transient Parsed parsed;

    UnforeseenError(OuterWrap asked) {
      super(null, null, false, false);
      this.asked = asked;
    }

    OuterWrap asked() {
      return asked;
    }

    /// {@return what the shell was making snippets of}
    Parsed parsed() {
      return parsed;
    }
  }

  /// Tasks to answer with, which have done their own work.
  ///
  /// @param sources which class an answer is about, by its file
  private record StandIns(AnalyzeTask analysis, Done compilation, Map<URI, OuterWrap> sources) {}

  ForeseenTasks(JShell shell) {
    super(shell);
    this.shell = shell;
    files = new SessionFiles(Inside.otherFiles(fileManager()), shell);
    Inside.exchange(this, files);
    Inside.exchange(this, new SessionTaskPool());
  }

  /// What the compiler knows of the class path is out of date.
  @Override
  void addToClasspath(String path) {
    super.addToClasspath(path);
    files.setExtended();
    Inside.exchange(this, new SessionTaskPool());
  }

  private StandIns standIns() {
    if (standIns == null) {
      AnalyzeTask analysis =
          super.analyze(List.of(Trial.nothing()), List.of(), ForeseenTasks::complete);
      JavacTaskImpl unused =
          (JavacTaskImpl)
              ToolProvider.getSystemJavaCompiler()
                  .getTask(null, fileManager(), null, List.of(), List.of(), List.of());
      standIns = new StandIns(analysis, new Done(this, unused), Inside.sources(analysis));
    }
    return standIns;
  }

  /// What a task makes when first asked, while it is alive.
  private static <T extends BaseTask<?>> T complete(T task) {
    task.types();
    task.messages();
    task.trees();
    task.getDiagnostics();
    return task;
  }

  // What the shell asks.

  /// A task that an error leaves would be lost to the pool of tasks.
  @Override
  public <Z> Z parse(String source, boolean force, Worker<ParseTask, Z> worker) {
    if (known != null && !force && known.text().equals(source)) {
      return worker.withTask(known.task());
    }
    UnforeseenError[] thrown = new UnforeseenError[1];
    Z result =
        super.parse(
            source,
            force,
            task -> {
              try {
                return worker.withTask(task);
              } catch (UnforeseenError e) {
                e.parsed = new Parsed(source, complete(task));
                thrown[0] = e;
                return null;
              }
            });
    if (thrown[0] != null) {
      throw thrown[0];
    }
    return result;
  }

  @Override
  public <Z> Z analyze(
      Collection<OuterWrap> wraps, List<String> options, Worker<AnalyzeTask, Z> worker) {
    return answered(
        wraps,
        options,
        task -> settled(
            SessionTypes.naming(task.context, task::firstCuTree, () -> worker.withTask(task))));
  }

  /// The shell writes all anonymous classes of an expression out as classes of their own, though
  /// only those need it after which a variable's type is named: what is written out runs its
  /// initializers in another order, and cannot name a class that the code declares inside.
  private static <Z> Z settled(Z answer) {
    if (answer instanceof ExpressionToTypeInfo.ExpressionInfo info
        && info.anonymousClasses.stream()
            .noneMatch(anonymous -> names(info.fullTypeName, anonymous.declareTypeName)
                || names(info.declareTypeName, anonymous.declareTypeName))) {
      info.anonymousClasses = com.sun.tools.javac.util.List.nil();
    }
    return answer;
  }

  private static boolean names(String type, String name) {
    return type != null && type.contains(name);
  }

  private <Z> Z answered(
      Collection<OuterWrap> wraps, List<String> options, Worker<AnalyzeTask, Z> worker) {
    return switch (phase) {
      case RUNNING -> analyzeUnits(wraps, options, worker);
      case RECORDING -> {
        OuterWrap asked = wraps.iterator().next();
        if (!Trial.isStatement(asked)) {
          throw new UnforeseenError(asked);
        }
        yield worker.withTask(answer(Map.of()));
      }
      case ANSWERING -> {
        OuterWrap asked = wraps.iterator().next();
        Analyzed known = trials.get(Trial.guts(asked.wrapped()));
        if (known != null) {
          if (!known.diagnostics().stream().allMatch(ForeseenTasks::isLackOfValue)) {
            throw new UnforeseenError(asked);
          }
          Inside.setAnswer(live, List.of(known.tree()), known.diagnostics());
          yield worker.withTask(live);
        }
        if (!Trial.isStatement(asked)) {
          throw new UnforeseenError(asked);
        }
        yield worker.withTask(answer(Map.of()));
      }
    };
  }

  /// Whether the shell is right to take what the compiler says as a sign of a statement. Anything
  /// else may come from what stands around the trial here.
  private static boolean isLackOfValue(Diag said) {
    return !said.isError()
        || said.getCode().startsWith("compiler.err.prob.found.req")
        || said.getCode().startsWith("compiler.err.cant.infer.local.var.type");
  }

  private <Z> Z analyzeUnits(
      Collection<OuterWrap> wraps, List<String> options, Worker<AnalyzeTask, Z> worker) {
    Map<OuterWrap, Analyzed> known = new LinkedHashMap<>();
    for (OuterWrap wrap : wraps) {
      if (!imports.contains(wrap.wrapped().strip())) {
        Compiled unit = compiled.get(canonical(wrap.wrapped()));
        if (unit == null) {
          return super.analyze(
              wraps,
              options,
              task -> {
                Inside.setDiagnostics(task, LaterTypes.named(task.getDiagnostics()));
                return worker.withTask(task);
              });
        }
        known.put(wrap, unit.analyzed());
      }
    }
    return worker.withTask(answer(known));
  }

  private AnalyzeTask answer(Map<OuterWrap, Analyzed> known) {
    List<CompilationUnitTree> trees = new ArrayList<>();
    DiagList diagnostics = new DiagList();
    StandIns answer = standIns();
    known.forEach((asked, analyzed) -> {
      if (analyzed.tree() != null) {
        trees.add(analyzed.tree());
        answer.sources().put(analyzed.tree().getSourceFile().toUri(), asked);
      }
      diagnostics.addAll(analyzed.diagnostics());
    });
    Inside.setAnswer(answer.analysis(), trees, diagnostics);
    return answer.analysis();
  }

  @Override
  public <Z> Z compile(Collection<OuterWrap> wraps, Worker<CompileTask, Z> worker) {
    Map<OuterWrap, List<String>> names = new HashMap<>();
    List<Compiled> known = new ArrayList<>();
    for (OuterWrap wrap : wraps) {
      if (imports.contains(wrap.wrapped().strip())) {
        names.put(wrap, List.of());
        continue;
      }
      Compiled unit = compiled.get(canonical(wrap.wrapped()));
      if (unit == null) {
        return super.compile(wraps, worker);
      }
      known.add(unit);
      names.put(
          wrap, unit.files().stream().map(file -> file.getName()).collect(Collectors.toList()));
    }
    var classFiles = Inside.classFiles(fileManager());
    for (Compiled unit : known) {
      for (var file : unit.files()) {
        classFiles.put(file.getName(), file);
        shell.classTracker.setCurrentBytes(file.getName(), file.getBytes());
      }
    }
    Done done = standIns().compilation();
    done.names = names;
    return worker.withTask(done);
  }

  /// A compilation that has been done.
  private static final class Done extends CompileTask {
    private Map<OuterWrap, List<String>> names = Map.of();

    Done(TaskFactory tasks, JavacTaskImpl unused) {
      tasks.super(null, unused, new DiagnosticCollector<>());
    }

    @Override
    boolean compile() {
      return true;
    }

    @Override
    List<String> classList(OuterWrap wrap) {
      return names.getOrDefault(wrap, List.of());
    }

    @Override
    DiagList getDiagnostics() {
      return new DiagList();
    }

    @Override
    boolean hasErrors() {
      return false;
    }
  }

  // What is asked beforehand.

  void forget() {
    compiled.clear();
    trials = Map.of();
    phase = Phase.RUNNING;
  }

  /// Answers from now on that an import is right.
  void trust(String declaration) {
    imports.add(declaration.strip());
  }

  /// {@return the snippets of a source, as far as the compiler is not needed for them}
  ///
  /// @throws UnforeseenError if it is needed
  List<Snippet> record(String source) {
    phase = Phase.RECORDING;
    try {
      return Inside.snippets(shell, source);
    } finally {
      phase = Phase.RUNNING;
    }
  }

  /// A source whose snippets depend on a type that the compiler has to infer.
  ///
  /// @param first the text of the trial that the shell asks for first
  /// @param second the text of the one that it asks for then
  /// @param locals variables of the same batch that the trials name, as declarations
  record Question(String first, String second, List<String> locals) {}

  /// What can be done while the answers to all questions are at hand.
  interface Answers {

    /// Makes snippets of a source.
    List<Snippet> snippets(int question, String source, Parsed parsed);

    /// Compiles classes without a task of their own.
    ///
    /// @return whether that was possible; if so, all compile and are answered from now on
    boolean compile(List<OuterWrap> wraps);
  }

  /// Analyzes all questions at once.
  ///
  /// @param units classes that the questions name and that are not loaded yet
  void ask(List<Question> questions, List<OuterWrap> units, Consumer<Answers> asker) {
    List<OuterWrap> wraps = new ArrayList<>(units);
    List<Trial> firsts = new ArrayList<>();
    List<Trial> seconds = new ArrayList<>();
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      firsts.add(Trial.of("$JShell$0a" + i, question.first(), question.locals()));
      seconds.add(Trial.of("$JShell$0b" + i, question.second(), question.locals()));
    }
    wraps.addAll(firsts);
    wraps.addAll(seconds);
    super.analyze(
        wraps,
        GENERATING,
        task -> {
          Compilation compilation = new Compilation(fileManager(), task);
          Map<OuterWrap, Analyzed> analyzed = compilation.analyzed(wraps);
          firsts.forEach(trial -> trial.dropLocals(analyzed.get(trial).tree()));
          seconds.forEach(trial -> trial.dropLocals(analyzed.get(trial).tree()));
          asker.accept(
              new Answers() {
                @Override
                public List<Snippet> snippets(int index, String source, Parsed parsed) {
                  Question question = questions.get(index);
                  trials =
                      Map.of(
                          Trial.guts(question.first()), analyzed.get(firsts.get(index)),
                          Trial.guts(question.second()), analyzed.get(seconds.get(index)));
                  return answering(source, parsed, task);
                }

                @Override
                public boolean compile(List<OuterWrap> more) {
                  return compilation.add(more) && keep(compilation, more) == more.size();
                }
              });
          return null;
        });
  }

  private List<Snippet> answering(String source, Parsed parsed, AnalyzeTask task) {
    live = task;
    known = parsed;
    phase = Phase.ANSWERING;
    try {
      return Inside.snippets(shell, source);
    } finally {
      phase = Phase.RUNNING;
      known = null;
      live = null;
    }
  }

  /// Compiles classes together, so that nothing is compiled when the shell asks for them.
  ///
  /// @return the index of the first that does not compile; the size of the list if all do, which
  ///   are answered from now on; -1 if the compiler complains about something else
  int foresee(List<OuterWrap> wraps) {
    return super.analyze(
        wraps, GENERATING, task -> keep(new Compilation(fileManager(), task), wraps));
  }

  private int keep(Compilation compilation, List<OuterWrap> wraps) {
    int wrong = compilation.firstWrong(wraps);
    if (wrong < wraps.size()) {
      return wrong;
    }
    Map<OuterWrap, Compiled> made = compilation.generate(wraps);
    wrong = compilation.firstWrong(wraps);
    if (wrong == wraps.size()) {
      made.forEach((wrap, unit) -> compiled.put(canonical(wrap.wrapped()), unit));
    }
    return wrong;
  }

  /// {@return the text of a class with its imports in order}
  private static String canonical(String text) {
    int at = text.indexOf("\nclass $JShell$");
    if (at < 0) {
      return text;
    }
    String[] imports = text.substring(0, at).split("(?=import )");
    Arrays.sort(imports);
    StringBuilder result = new StringBuilder();
    for (String declaration : imports) {
      result.append(declaration.strip()).append('\n');
    }
    return result + text.substring(at);
  }
}
