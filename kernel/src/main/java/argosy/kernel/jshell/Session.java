package argosy.kernel.jshell;

import argosy.kernel.cell.MagicRegistry;
import argosy.kernel.display.Renderers;
import argosy.kernel.extension.CellClassPath;
import argosy.kernel.extension.CellClasses;
import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.CodeTime;
import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.Renderer;
import argosy.kernel.extension.SessionContents;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an extension sees of the session.
final class Session implements KernelContext {

  private final Shell shell;
  private final MagicRegistry magics;
  private final CellClasses classes;
  private final CellClassPath classPath;
  private final CellRunner runner;
  private final CellTexts texts;
  private final Supplier<CellRun> run;
  private final Supplier<@Nullable CellIo> lastCell;
  private final List<Runnable> interruptHooks = new CopyOnWriteArrayList<>();
  private final List<Runnable> resetHooks = new CopyOnWriteArrayList<>();
  private final Map<Thread, StopChecks.Request> stops = new ConcurrentHashMap<>();
  private volatile Path folder = Path.of("").toAbsolutePath();

  Session(
      Shell shell,
      ClassLoader loader,
      MagicRegistry magics,
      CellClasses classes,
      CellRunner runner,
      CellTexts texts,
      Supplier<CellRun> run,
      Supplier<@Nullable CellIo> lastCell) {
    this.shell = shell;
    this.magics = magics;
    this.classes = classes;
    this.classPath = new SessionClassPath(shell, loader);
    this.runner = runner;
    this.texts = texts;
    this.run = run;
    this.lastCell = lastCell;
  }

  @Override
  public void register(Magic magic) {
    magics.register(magic);
  }

  @Override
  public List<Magic> magics() {
    return List.copyOf(magics.all());
  }

  @Override
  public CellClasses classes() {
    return classes;
  }

  @Override
  public CellClassPath classPath() {
    return classPath;
  }

  @Override
  public CurrentCell currentCell() {
    CellIo own = CellScope.current();
    CellIo cell = own != null ? own : lastCell.get();
    if (cell == null) {
      throw new IllegalStateException("no cell has run yet");
    }
    return cell;
  }

  @Override
  public void workFor(@Nullable CurrentCell cell) {
    if (cell instanceof CellIo io) {
      CellScope.enter(io);
    } else {
      CellScope.leave();
    }
  }

  @Override
  public void addImport(String declaration) {
    shell.addDefaultImport(declaration);
  }

  @Override
  public @Nullable Object evaluate(String code, int firstLine) throws Exception {
    return evaluate(code, new Origin(Origin.cell(run.get().io().number()), firstLine));
  }

  @Override
  public @Nullable Object evaluate(String code, String source) throws Exception {
    texts.put(source, code);
    return evaluate(code, new Origin(source, 1));
  }

  @Override
  public CompiledCell compile(String code, int firstLine, String advice) throws Exception {
    Origin origin = new Origin(Origin.cell(run.get().io().number()), firstLine);
    return amidUserCode(() -> runner.compile(code, origin, advice));
  }

  @Override
  public CompiledCell preview(String code, int firstLine) throws Exception {
    Origin origin = new Origin(Origin.cell(run.get().io().number()), firstLine);
    return amidUserCode(() -> runner.preview(code, origin));
  }

  private @Nullable Object evaluate(String code, Origin origin) throws Exception {
    return this.<@Nullable Object>amidUserCode(() -> runner.run(code, origin).value());
  }

  /// What the kernel does for a magic.
  @FunctionalInterface
  private interface Work<T extends @Nullable Object> {
    T run() throws Throwable;
  }

  /// The magic that asks for it counts as the user's code; the compiler must not.
  private <T extends @Nullable Object> T amidUserCode(Work<T> work) throws Exception {
    CellRun current = run.get();
    current.leaveUserCode();
    try {
      return work.run();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      current.resumeUserCode();
    }
  }

  @Override
  public CodeTime codeTime() {
    return run.get().codeTime();
  }

  @Override
  public @Nullable Object variable(String name) {
    return shell.inventory().variable(name);
  }

  @Override
  public List<CellVariable> variables() {
    return shell.inventory().variables();
  }

  @Override
  public SessionContents contents() {
    return new Contents(shell, texts, resetHooks);
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public void changeFolder(Path changed) {
    if (!changed.isAbsolute()) {
      throw new IllegalArgumentException(changed + " is not absolute");
    }
    folder = changed;
  }

  @Override
  public void onInterrupt(Runnable hook) {
    interruptHooks.add(hook);
  }

  @Override
  public void onReset(Runnable hook) {
    resetHooks.add(hook);
  }

  List<Runnable> interruptHooks() {
    return interruptHooks;
  }

  @Override
  public void stop(Thread thread) {
    stops.keySet().stream().filter(known -> !known.isAlive()).toList().forEach(this::withdrawStop);
    stops.computeIfAbsent(thread, t -> StopChecks.request(t::equals));
  }

  @Override
  public void withdrawStop(Thread thread) {
    StopChecks.Request request = stops.remove(thread);
    if (request != null) {
      request.withdraw();
    }
  }

  @Override
  public <T> void render(Class<T> type, Renderer<? super T> renderer) {
    Renderers.shared().register(type, renderer);
  }
}
