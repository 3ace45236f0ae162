package argosy.engine;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A captured task in the shape in which the JDK's executors handle it: something to run, whose
/// result is there when `run` returns.
final class PooledFuture<T extends @Nullable Object> implements RunnableFuture<T> {

  private final EngineTask<?> task;
  private final @Nullable T value;
  private final AtomicBoolean isLaunched = new AtomicBoolean();

  /// @param value the result, if the task has none of its own
  PooledFuture(EngineTask<?> task, @Nullable T value) {
    this.task = task;
    this.value = value;
  }

  EngineTask<?> task() {
    return task;
  }

  /// Sends the task to the workers.
  void launch() {
    if (isLaunched.compareAndSet(false, true)) {
      task.launch();
    }
  }

  /// Sends the task to the workers and waits for its end.
  @Override
  public void run() {
    launch();
    try {
      Object _ = task.get();
    } catch (ExecutionException | CancellationException e) {
      // It has ended; whoever asks it sees how.
    } catch (InterruptedException e) {
      boolean _ = task.cancel(true);
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    return task.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean isCancelled() {
    return task.isCancelled();
  }

  @Override
  public boolean isDone() {
    return task.isDone();
  }

  @Override
  public T get() throws InterruptedException, ExecutionException {
    return result(task.get());
  }

  @Override
  public T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    return result(task.get(timeout, unit));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a task without a result has `value` instead
  private T result(@Nullable Object returned) {
    return value != null ? value : (T) returned;
  }

  /// {@return the state of the task, with its value or failure; never waits}
  @Override
  public String toString() {
    return value != null && state() == State.SUCCESS ? "Task[" + value + "]" : task.toString();
  }
}
