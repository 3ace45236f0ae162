package argosy;

import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// Tasks in the order in which they end.
final class CompletedTasks<T extends @Nullable Object> implements Iterator<Task<T>> {

  private final BlockingQueue<Task<T>> ended = new LinkedBlockingQueue<>();
  private int left;

  @SuppressWarnings("unchecked") // a task only hands its result out
  CompletedTasks(Collection<? extends Task<? extends T>> tasks) {
    left = tasks.size();
    for (Task<? extends T> task : tasks) {
      var _ = task.whenComplete((_, _) -> ended.add((Task<T>) task));
    }
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Task<T> next() {
    if (left == 0) {
      throw new NoSuchElementException("all tasks have ended");
    }
    try {
      Task<T> next = ended.take();
      left--;
      return next;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  static void awaitAll(Collection<? extends Task<?>> tasks) {
    CountDownLatch running = new CountDownLatch(tasks.size());
    for (Task<?> task : tasks) {
      var _ = task.whenComplete((_, _) -> running.countDown());
    }
    try {
      running.await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while waiting for tasks");
  }
}
