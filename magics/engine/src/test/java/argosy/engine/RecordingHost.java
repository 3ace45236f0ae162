package argosy.engine;

import argosy.engine.host.ClassPathHost;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A class-path host that remembers what tasks print, and that a test can interrupt and extend.
public final class RecordingHost implements Host {

  private final Host classPath = new ClassPathHost();
  private final List<Path> added = new CopyOnWriteArrayList<>();
  private final List<Consumer<List<Path>>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> interruptHooks = new CopyOnWriteArrayList<>();
  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();
  private final Set<Thread> stopping = ConcurrentHashMap.newKeySet();
  private final AtomicInteger withdrawn = new AtomicInteger();
  private volatile Object scope = "cell 1";
  private volatile Runnable scopeHook = () -> {};

  /// {@return what tasks have written to standard output}
  public String out() {
    synchronized (out) {
      return out.toString();
    }
  }

  /// {@return what tasks have written to standard error}
  public String err() {
    synchronized (err) {
      return err.toString();
    }
  }

  /// {@return whether cell code that this thread runs would end at its next stop check}
  public boolean isStopping(Thread thread) {
    return stopping.contains(thread);
  }

  /// {@return how often the stop of a thread was taken back}
  public int withdrawn() {
    return withdrawn.get();
  }

  /// The user interrupts the current cell.
  public void interrupt() {
    interruptHooks.forEach(Runnable::run);
  }

  /// Another cell runs from now on.
  public void enter(Object scope) {
    this.scope = scope;
  }

  /// Something happens whenever a task is about to be captured.
  void whenScopeIsAsked(Runnable hook) {
    scopeHook = hook;
  }

  /// The user adds to the class path.
  public void add(Path entry) {
    added.add(entry);
    listeners.forEach(listener -> listener.accept(List.of(entry)));
  }

  @Override
  public Optional<byte[]> classBytes(Class<?> type) {
    return Optional.empty();
  }

  @Override
  public List<Class<?>> classesNamed(String name) {
    return List.of();
  }

  @Override
  public boolean isInitialized(Class<?> type) {
    return true;
  }

  @Override
  public ClassLoader loader() {
    return classPath.loader();
  }

  @Override
  public List<Path> classPath() {
    List<Path> all = new ArrayList<>(classPath.classPath());
    all.addAll(added);
    return all;
  }

  @Override
  public void onClassPathAddition(Consumer<List<Path>> listener) {
    listeners.add(listener);
  }

  @Override
  public TaskOutput output() {
    return new TaskOutput() {
      @Override
      public void stdout(String lines) {
        synchronized (out) {
          out.append(lines);
        }
      }

      @Override
      public void stderr(String lines) {
        synchronized (err) {
          err.append(lines);
        }
      }
    };
  }

  @Override
  public void onInterrupt(Runnable hook) {
    interruptHooks.add(hook);
  }

  @Override
  public void stop(Thread thread) {
    stopping.add(thread);
  }

  @Override
  public void withdrawStop(Thread thread) {
    stopping.remove(thread);
    withdrawn.incrementAndGet();
  }

  @Override
  public Object scope() {
    scopeHook.run();
    return scope;
  }
}
