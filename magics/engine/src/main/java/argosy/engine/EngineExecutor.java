package argosy.engine;

import argosy.Options;
import argosy.Parallel;
import argosy.Task;
import argosy.engine.host.TaskOutput;
import argosy.engine.pool.Caller;
import argosy.wire.AdaptedFunction.Called;
import argosy.wire.AdaptedFunction.Ran;
import argosy.wire.TaskFunction;
import java.io.PrintWriter;
import java.io.Serial;
import java.io.Serializable;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The engine as a JDK executor: what is submitted is captured at once and runs on the workers.
/// Each is a view of its own that can be shut down; the workers stay. Inside a task it stands for
/// the executor of the process that the task runs in.
final class EngineExecutor extends AbstractExecutorService implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private final transient LocalEngine engine;
  private final transient Options options;

  private final transient Map<Object, Open> open = new ConcurrentHashMap<>();

  /// What has not ended.
  ///
  /// @param given what the caller gave or got, to hand back if nothing of it has begun
  /// @param cancel ends it
  private record Open(Runnable given, Runnable cancel) {}

  private volatile boolean isShutdown;

  EngineExecutor(LocalEngine engine, Options options) {
    this.engine = engine;
    this.options = options;
  }

  LocalEngine engine() {
    return engine;
  }

  Options options() {
    return options;
  }

  // ---- tasks

  @Override
  public void execute(Runnable command) {
    switch (command) {
      case PooledFuture<?> future -> launch(future, future, _ -> {});
      case Runnable wrapper when isCompletionServices(wrapper) -> runHere(wrapper);
      default -> {
        requireRunning();
        Runnable borrowed = BorrowedFunction.replaceIn(command, this);
        if (borrowed == null) {
          launchUnheld(command);
        } else {
          runHere(borrowed);
        }
      }
    }
  }

  /// Nobody holds its future: what it throws is shown where it was started.
  private void launchUnheld(Runnable command) {
    TaskOutput output = engine.host().output();
    launch(
        new PooledFuture<>(this.<@Nullable Object>prepare(new Ran(command)), null),
        command,
        failure -> {
          if (!(failure instanceof CancellationException)) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace, true));
            output.stderr("Exception in a task that execute() was given: " + trace);
          }
        });
  }

  /// Runs what waits here for a task. It is open from now on, as the task itself may not be yet.
  private void runHere(Runnable waiter) {
    Thread thread =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                waiter.run();
              } finally {
                ended(Thread.currentThread());
              }
            });
    open(thread, new Open(waiter, thread::interrupt));
    thread.start();
  }

  /// Such a wrapper only runs the future that [#newTaskFor] made for it, which knows where.
  private static boolean isCompletionServices(Runnable command) {
    return command.getClass().getEnclosingClass() == ExecutorCompletionService.class;
  }

  private <R extends @Nullable Object> EngineTask<R> prepare(
      TaskFunction<@Nullable Object, R> function) {
    requireRunning();
    return engine.prepare(function, null, options);
  }

  private void requireRunning() {
    if (isShutdown) {
      throw new RejectedExecutionException(
          "this executor was shut down; Parallel.executor() has another");
    }
  }

  /// @param onFailure hears what the task has thrown before it counts as ended
  private void launch(PooledFuture<?> future, Runnable given, Consumer<Throwable> onFailure) {
    open(future, new Open(given, () -> future.cancel(true)));
    var _ =
        future
            .task()
            .whenComplete((_, failure) -> {
              try {
                if (failure != null) {
                  onFailure.accept(failure);
                }
              } finally {
                ended(future);
              }
            });
    future.launch();
  }

  /// Counts work as not ended.
  ///
  /// @throws RejectedExecutionException if the executor was shut down meanwhile
  private void open(Object work, Open how) {
    open.put(work, how);
    try {
      // Asked again when it is there to be seen: who has seen that nothing is open may rely on it.
      requireRunning();
    } catch (RejectedExecutionException e) {
      ended(work);
      throw e;
    }
  }

  private void ended(Object work) {
    open.remove(work);
    synchronized (open) {
      open.notifyAll();
    }
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
    return new PooledFuture<>(prepare(new Called<T>(callable)), null);
  }

  @Override
  protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
    return new PooledFuture<>(this.<@Nullable Object>prepare(new Ran(runnable)), value);
  }

  @Override
  public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks)
      throws InterruptedException {
    List<Future<T>> futures = new ArrayList<>(tasks.size());
    try {
      for (Callable<T> task : tasks) {
        futures.add(submit(task));
      }
      for (Future<T> future : futures) {
        awaitEnd(future);
      }
      return futures;
    } catch (Throwable e) {
      futures.forEach(future -> future.cancel(true));
      throw e;
    }
  }

  private static void awaitEnd(Future<?> future) throws InterruptedException {
    try {
      Object _ = future.get();
    } catch (ExecutionException | CancellationException e) {
      // It has ended; whoever asks it sees how.
    }
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try {
      return any(tasks, Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("a wait without a limit has timed out", e);
    }
  }

  @Override
  public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return any(tasks, unit.toNanos(timeout));
  }

  private <T> T any(Collection<? extends Callable<T>> tasks, long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("there is no task to choose from");
    }
    long start = System.nanoTime();
    LinkedBlockingQueue<Future<T>> ended = new LinkedBlockingQueue<>();
    List<Task<T>> started = new ArrayList<>(tasks.size());
    try {
      for (Callable<T> callable : tasks) {
        EngineTask<T> task = prepare(new Called<T>(callable));
        started.add(task);
        var _ = task.whenComplete((_, _) -> ended.add(task));
        task.launch();
      }
      ExecutionException last = new ExecutionException("no task was started", null);
      for (int left = tasks.size(); left > 0; left--) {
        Future<T> first = ended.poll(nanos - (System.nanoTime() - start), TimeUnit.NANOSECONDS);
        if (first == null) {
          throw new TimeoutException("no task has returned in time");
        }
        try {
          return first.get();
        } catch (ExecutionException e) {
          last = e;
        } catch (CancellationException e) {
          last = new ExecutionException(e.getMessage(), e);
        }
      }
      throw last;
    } finally {
      started.forEach(task -> task.cancel(true));
    }
  }

  // ---- the end of the view

  @Override
  public void shutdown() {
    isShutdown = true;
    synchronized (open) {
      open.notifyAll();
    }
  }

  /// Cancels what has not ended.
  ///
  /// @return what had not begun, in the order in which it came: what `execute` was given can still
  ///   be run by whoever asks; the future of what was submitted is cancelled
  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    Map<Object, Open> ending = Map.copyOf(open);
    IdentityHashMap<Caller, Runnable> given = new IdentityHashMap<>();
    ending.forEach((work, how) -> {
      if (work instanceof PooledFuture<?> future) {
        given.put(future.task(), how.given());
      }
    });
    List<Runnable> neverBegun =
        engine.tasks().stream()
            .filter(task -> !task.hasBegun() && given.containsKey(task.caller()))
            .map(task -> given.get(task.caller()))
            .toList();
    // Those first that wait: one that runs lets the next begin when it ends.
    Set<Runnable> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
    waiting.addAll(neverBegun);
    ending.values().stream()
        .sorted(Comparator.comparing(how -> !waiting.contains(how.given())))
        .forEach(how -> how.cancel().run());
    return neverBegun;
  }

  @Override
  public boolean isShutdown() {
    return isShutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown && open.isEmpty();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long deadline = System.nanoTime() + unit.toNanos(timeout);
    synchronized (open) {
      while (!isTerminated()) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        open.wait(millis);
      }
    }
    return true;
  }

  /// {@return whether it takes tasks, and how many have not ended}
  @Override
  public String toString() {
    return "Parallel.executor()[%s, %d tasks open]"
        .formatted(isShutdown ? "shut down" : "running", open.size());
  }

  // ---- the executor inside a task

  @Serial
  private Object writeReplace() {
    return new Travelling(isShutdown);
  }

  /// What travels in place of an executor.
  private record Travelling(boolean isShutdown) implements Serializable {

    @Serial
    private Object readResolve() {
      ExecutorService executor = Parallel.executor();
      if (isShutdown) {
        executor.shutdown();
      }
      return executor;
    }
  }
}
