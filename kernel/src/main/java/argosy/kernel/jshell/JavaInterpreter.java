package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.display.Renderers;
import argosy.kernel.extension.KernelExtension;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.interpreter.CellScope;
import argosy.kernel.interpreter.Completeness;
import argosy.kernel.interpreter.Completions;
import argosy.kernel.interpreter.Interpreter;
import argosy.kernel.interpreter.ReadableFrame;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Java as the language of cells.
public final class JavaInterpreter implements Interpreter {

  private static final System.Logger LOG = System.getLogger(JavaInterpreter.class.getName());

  private static final List<String> DEFAULT_IMPORTS =
      List.of(
          "import java.io.*;",
          "import java.math.*;",
          "import java.net.*;",
          "import java.nio.file.*;",
          "import java.util.*;",
          "import java.util.concurrent.*;",
          "import java.util.function.*;",
          "import java.util.prefs.*;",
          "import java.util.regex.*;",
          "import java.util.stream.*;",
          "import argosy.*;",
          "import static argosy.kernel.display.Display.*;");

  /// How long a cell that was told to stop may take before its thread is given up.
  private static final Duration GRACE = Duration.ofSeconds(3);

  private static final Duration REPEAT = Duration.ofMillis(250);

  /// How long threads that a stopped cell has started are still stopped after it.
  private static final Duration FORGIVENESS = Duration.ofSeconds(1);

  /// What messages call an expression that a client has evaluated behind a cell.
  private static final String EXPRESSION = "user_expression";

  private final CellLoader loader;
  private final ShellLock lock = new ShellLock();
  private final MagicRegistry magics = new MagicRegistry();
  private final CellTexts texts = new CellTexts();
  private final Failures failures;
  private final Shell shell;
  private final CellRunner runner;
  private final Session session;
  private final StartUp startUp;
  private final TimeLimit timeLimit;
  private final AtomicBoolean hasStartedUp = new AtomicBoolean();
  private final Analysis analysis;
  private final List<KernelExtension> extensions = new ArrayList<>();
  private final ScheduledExecutorService interrupts =
      Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "argosy/interrupts");
        thread.setDaemon(true);
        return thread;
      });

  private final Attendance attendance = new Attendance();
  private final Reserve reserve = new Reserve();
  private final Object state = new Object();
  private CellThread thread;
  private int threads;
  private @Nullable Execution current;
  private @Nullable CellIo lastCell;
  private boolean closed;

  /// A cell on its way.
  private record Execution(CellRun run, CompletableFuture<CellOutcome> outcome) {}

  private JavaInterpreter(Iterable<KernelExtension> found, Setup setup) {
    loader = new CellLoader(JavaInterpreter.class.getClassLoader());
    CommonPool.load(loader);
    shell = new Shell(loader, lock, this::currentRun, setup);
    failures = new Failures(texts, shell.lines(), shell.missed());
    startUp = setup.startUp();
    timeLimit = setup.timeLimit();
    DEFAULT_IMPORTS.forEach(shell::addDefaultImport);
    Inspection inspection = new Inspection(magics, shell, lock, texts);
    SyntaxCheck syntax = new SyntaxCheck(setup.options());
    runner = new CellRunner(shell, magics, failures, inspection, syntax, this::currentRun);
    session =
        new Session(
            shell,
            loader,
            magics,
            new RecordedClasses(loader),
            runner,
            texts,
            this::currentRun,
            this::lastCell);
    analysis =
        new Analysis(
            shell,
            lock,
            magics,
            inspection,
            syntax,
            runner.embedded(),
            ArgumentCompletion.ofSession(session::folder));
    thread = CellThread.start(loader, ++threads);
    for (KernelExtension extension : found) {
      start(extension);
    }
  }

  /// Starts a session with every extension that [ServiceLoader] finds.
  ///
  /// @throws IllegalStateException if this Java was started without a flag that the kernel needs;
  ///   the message names it
  public static JavaInterpreter start() {
    return new JavaInterpreter(
        ServiceLoader.load(KernelExtension.class, JavaInterpreter.class.getClassLoader()),
        Setup.ofProcess());
  }

  /// Starts a session with these extensions and no others.
  ///
  /// @throws IllegalStateException if this Java was started without a flag that the kernel needs;
  ///   the message names it
  public static JavaInterpreter start(List<KernelExtension> extensions) {
    return start(extensions, Setup.ofProcess());
  }

  static JavaInterpreter start(List<KernelExtension> extensions, Setup setup) {
    return new JavaInterpreter(extensions, setup);
  }

  private void start(KernelExtension extension) {
    try {
      extension.start(session);
      extensions.add(extension);
    } catch (RuntimeException | LinkageError e) {
      LOG.log(
          Level.ERROR, "the extension " + extension.getClass().getName() + " does not start", e);
    }
  }

  private @Nullable CellIo lastCell() {
    synchronized (state) {
      return lastCell;
    }
  }

  /// The run whose code the calling thread works on.
  private CellRun currentRun() {
    CellRun run = CellRun.ofThisThread();
    if (run == null) {
      throw new IllegalStateException("only the thread that runs a cell may do this");
    }
    return run;
  }

  @Override
  public CellOutcome execute(String code, CellIo io) {
    texts.put(Origin.cell(io.number()), code);
    boolean isFirst = hasStartedUp.compareAndSet(false, true);
    CellOutcome outcome =
        onCellThread(
            io,
            () -> {
              if (isFirst) {
                Consumer<String> tell = text -> io.stderr(text + "\n");
                startUp.run(
                    session.classPath()::add, (name, text) -> begin(name, text, tell), tell);
              }
              return run(code, new Origin(Origin.cell(io.number()), 1));
            });
    if (isFirst) {
      // Nobody waits for it, and the start must not.
      Thread.ofPlatform().daemon().name("argosy/sweep").start(PackagedClasses::sweep);
    }
    return outcome;
  }

  /// Runs a text before the first cell, which runs even if this one fails.
  private void begin(String name, String text, Consumer<String> tell) throws Throwable {
    texts.put(name, text);
    try {
      var _ = runner.run(text, new Origin(name, 1));
    } catch (Throwable e) {
      CellRun run = currentRun();
      if (run.isStopped() || !(failed(run, e) instanceof CellOutcome.Failed failed)) {
        throw e;
      }
      tell.accept(String.join("\n", failed.traceback()));
    }
  }

  @Override
  public CellOutcome evaluate(String expression, CellIo io) {
    texts.put(EXPRESSION, expression);
    return onCellThread(io, () -> run(expression, new Origin(EXPRESSION, 1)));
  }

  /// The end of a cell of which nothing else can be said. Made early: when it is needed, there may
  /// be no room for its class.
  private static final CellOutcome NO_ROOM =
      new CellOutcome.Failed(
          "java.lang.OutOfMemoryError", "", List.of("java.lang.OutOfMemoryError"));

  /// Something that runs on the cell's thread.
  @FunctionalInterface
  private interface Body {
    CellOutcome run() throws Throwable;
  }

  private CellOutcome onCellThread(CellIo io, Body body) {
    Execution execution;
    synchronized (state) {
      if (closed) {
        return new CellOutcome.Failed("SessionClosed", "the session has ended", List.of());
      }
      CellRun run = new CellRun(io, thread.thread(), this::watch);
      execution = new Execution(run, new CompletableFuture<>());
      current = execution;
      lastCell = io;
      thread.run(() -> run(execution, body));
    }
    return execution.outcome().join();
  }

  private void run(Execution execution, Body body) {
    CellRun run = execution.run();
    CellOutcome outcome = NO_ROOM;
    try {
      CellScope.enter(run.io());
      run.bind();
      try {
        outcome = body.run();
        reserve.restore();
      } catch (Throwable e) {
        if (isForLackOfMemory(e)) {
          reserve.release();
        }
        outcome = failed(run, e);
      }
      run.end();
      synchronized (state) {
        if (execution.equals(current)) {
          current = null;
        }
      }
      if (run.isStopped()) {
        outcome = ofStopped(run, outcome);
        callHooks(run); // for what the cell has started since the interrupt
        later(FORGIVENESS, run::forgiveThreads);
      }
    } finally {
      // Whatever went wrong, somebody waits for the cell.
      execution.outcome().complete(outcome);
    }
  }

  /// Code that catches what stops it does not make of its cell one that came to its end: what waits
  /// behind such a cell would run.
  private CellOutcome ofStopped(CellRun run, CellOutcome outcome) {
    return outcome instanceof CellOutcome.Nothing
        ? run.stopReason()
            .<CellOutcome>map(reason -> failures.stopped(reason, new StackTraceElement[0]))
            .orElse(outcome)
        : outcome;
  }

  /// The virtual machine wraps an error that it meets while it links code.
  private static boolean isForLackOfMemory(Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof OutOfMemoryError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private CellOutcome failed(CellRun run, Throwable thrown) {
    try {
      return switch (thrown) {
        case CompilationException e -> e.outcome();
        case ExitError e -> exited(run, e);
        default ->
            run.stopReason()
                .map(reason -> failures.stopped(reason, thrown.getStackTrace()))
                .orElseGet(() -> failures.thrown(thrown));
      };
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      // For saying more there is no room: not even for a class that was not needed before.
      String name = thrown.getClass().getName();
      String message = thrown.getMessage();
      return new CellOutcome.Failed(name, message == null ? "" : message, List.of(name));
    }
  }

  private CellOutcome exited(CellRun run, ExitError exit) {
    if (exit.status() == 0) {
      run.io().stderr(exit.getMessage() + "\n");
      return new CellOutcome.Nothing();
    }
    return failures.thrown(exit);
  }

  private CellOutcome run(String code, Origin origin) throws Throwable {
    CellRunner.Result result = runner.run(code, origin);
    if (!result.shows()) {
      return new CellOutcome.Nothing();
    }
    CellRun run = currentRun();
    run.enterUserCode();
    try {
      Map<String, Object> bundle = Renderers.shared().render(result.value());
      return new CellOutcome.Value(bundle);
    } finally {
      run.leaveUserCode();
    }
  }

  @Override
  public void interrupt() {
    Execution execution;
    synchronized (state) {
      execution = current;
    }
    if (execution == null || !execution.run().stop(StopReason.INTERRUPT)) {
      attendance.interrupt();
      return;
    }
    seeToTheEndOf(execution);
  }

  private void seeToTheEndOf(Execution stopped) {
    callHooks(stopped.run());
    insist(stopped, System.nanoTime() + GRACE.toNanos());
  }

  /// Stops a cell when a statement of it has run for too long.
  private Runnable watch(CellRun run, long statement) {
    if (!timeLimit.isSet()) {
      return () -> {};
    }
    Future<?> alarm =
        interrupts.schedule(
            () -> {
              Execution execution;
              synchronized (state) {
                execution = current;
              }
              if (execution != null
                  && execution.run().equals(run)
                  && run.overrun(statement, timeLimit.reason())) {
                seeToTheEndOf(execution);
              }
            },
            timeLimit.amount(),
            timeLimit.unit());
    return () -> alarm.cancel(false);
  }

  @Override
  public void attend(Runnable handlers) {
    attendance.run(handlers);
  }

  /// Another cell may run by then, so the thread says which one this is about.
  private void callHooks(CellRun interrupted) {
    later(
        Duration.ZERO,
        () -> {
          CellScope.enter(interrupted.io());
          try {
            session.interruptHooks().forEach(JavaInterpreter::runHook);
          } finally {
            CellScope.leave();
          }
        });
  }

  private static void runHook(Runnable hook) {
    try {
      hook.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a hook of an interrupt failed", e);
    }
  }

  private void insist(Execution execution, long deadline) {
    later(
        REPEAT,
        () -> {
          if (execution.run().stop(StopReason.INTERRUPT)
              && (System.nanoTime() < deadline || !abandon(execution))) {
            insist(execution, deadline);
          }
        });
  }

  private void later(Duration delay, Runnable task) {
    try {
      Future<?> _ = interrupts.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.log(Level.DEBUG, "the session has ended meanwhile");
    }
  }

  /// Leaves a thread behind that nothing ends, and goes on with another one.
  private boolean abandon(Execution execution) {
    StackTraceElement[] where = execution.run().thread().getStackTrace();
    StopReason reason = execution.run().stopReason().orElse(StopReason.INTERRUPT);
    synchronized (state) {
      if (!execution.run().abandon()) {
        return false;
      }
      thread.end();
      thread = CellThread.start(loader, ++threads);
      current = null;
    }
    execution.outcome().complete(failures.stopped(reason.unheard(), where));
    return true;
  }

  @Override
  public Completions complete(String code, int cursor) {
    return analysis.complete(code, cursor);
  }

  @Override
  public Optional<Map<String, Object>> inspect(String code, int cursor, int detail) {
    return analysis.inspect(code, cursor, detail);
  }

  @Override
  public Optional<ReadableFrame> readable(StackTraceElement frame) {
    return failures.readable(frame);
  }

  @Override
  public String readable(String line) {
    return Wrappers.inPrinted(line);
  }

  @Override
  public Completeness isComplete(String code) {
    return analysis.isComplete(code);
  }

  @Override
  public void close() {
    CellThread last;
    synchronized (state) {
      if (closed) {
        return;
      }
      closed = true;
      last = thread;
    }
    interrupt();
    for (KernelExtension extension : extensions.reversed()) {
      try {
        extension.close();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "an extension does not close", e);
      }
    }
    last.end();
    runner.close();
    interrupts.shutdown();
    shell.close();
  }
}
