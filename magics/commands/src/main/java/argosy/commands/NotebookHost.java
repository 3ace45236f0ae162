package argosy.commands;

import argosy.engine.host.Host;
import argosy.engine.host.ProgressDisplay;
import argosy.engine.host.TaskOutput;
import argosy.kernel.extension.CurrentCell;
import argosy.kernel.extension.KernelContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The kernel, as the engine sees the process that it lives in.
final class NotebookHost implements Host {

  private final KernelContext kernel;

  NotebookHost(KernelContext kernel) {
    this.kernel = kernel;
  }

  @Override
  public Optional<byte[]> classBytes(Class<?> type) {
    return kernel.classes().bytes(type);
  }

  @Override
  public List<Class<?>> classesNamed(String name) {
    return kernel.classes().named(name);
  }

  @Override
  public Optional<String> declared(String name) {
    return kernel.classes().declared(name);
  }

  @Override
  public boolean isInitialized(Class<?> type) {
    return kernel.classes().isInitialized(type);
  }

  @Override
  public boolean isResident(Class<?> type) {
    return kernel.classes().isElsewhere(type);
  }

  @Override
  public ClassLoader loader() {
    return kernel.classes().loader();
  }

  @Override
  public List<Path> classPath() {
    return kernel.classPath().entries();
  }

  @Override
  public void onClassPathAddition(Consumer<List<Path>> listener) {
    kernel.classPath().onAdd(listener);
  }

  @Override
  public TaskOutput output() {
    return new CellOutput(kernel.currentCell());
  }

  @Override
  public void onInterrupt(Runnable hook) {
    kernel.onInterrupt(hook);
  }

  @Override
  public void stop(Thread thread) {
    kernel.stop(thread);
  }

  @Override
  public void withdrawStop(Thread thread) {
    kernel.withdrawStop(thread);
  }

  @Override
  public Object scope() {
    return kernel.currentCell();
  }

  @Override
  public void workFor(@Nullable Object scope) {
    kernel.workFor(scope instanceof CurrentCell cell ? cell : null);
  }

  @Override
  public String nameOf(Object scope) {
    return scope instanceof CurrentCell cell ? "Cell [" + cell.number() + "]" : "";
  }

  @Override
  public void notice(String lines) {
    kernel.currentCell().stderr(lines);
  }

  @Override
  public ProgressDisplay progress(String label, long total) {
    return new CellProgress(kernel.currentCell(), label, total, System::nanoTime);
  }

  private record CellOutput(CurrentCell cell) implements TaskOutput {

    @Override
    public void stdout(String lines) {
      cell.stdout(lines);
    }

    @Override
    public void stderr(String lines) {
      cell.stderr(lines);
    }
  }
}
