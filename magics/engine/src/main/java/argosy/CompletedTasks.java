package argosy;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import argosy.wire.TimeText;
import argosy.wire.line.ActorLine;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tasks in the order in which they end.
final class CompletedTasks<T extends @Nullable Object> implements Iterator<Task<T>> {

  private final BlockingQueue<Task<T>> ended = new LinkedBlockingQueue<>();
  private final int count;
  private final @Nullable Duration limit;
  private final long start = System.nanoTime();
  private int left;

  @SuppressWarnings("unchecked") // a task only hands its result out
  private CompletedTasks(Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
    Set<Task<? extends T>> different = new LinkedHashSet<>(tasks);
    count = different.size();
    left = count;
    this.limit = limit;
    for (Task<? extends T> task : different) {
      var _ = task.whenComplete((_, _) -> ended.add((Task<T>) task));
    }
  }

  /// {@return tasks that were named one by one}
  static <T> List<T> listed(T[] tasks) {
    for (int i = 0; i < tasks.length; i++) {
      if (tasks[i] == null) {
        throw new NullPointerException("task %d of %d is null".formatted(i + 1, tasks.length));
      }
    }
    return Arrays.asList(tasks);
  }

  /// {@return what hands them out, from the start of each loop on}
  ///
  /// @param limit how long a loop waits, or null for as long as they take
  static <T extends @Nullable Object> Iterable<Task<T>> each(
      Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
    return new Each<>(Objects.requireNonNull(tasks, "the tasks are null"), limit);
  }

  /// No record: a notebook would show its parts.
  private static final class Each<T extends @Nullable Object> implements Iterable<Task<T>> {

    private final Collection<? extends Task<? extends T>> tasks;
    private final @Nullable Duration limit;

    Each(Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
      this.tasks = tasks;
      this.limit = limit;
    }

    @Override
    public Iterator<Task<T>> iterator() {
      return new CompletedTasks<>(tasks, limit);
    }

    /// {@return how many tasks these are, and what is to be done with them}
    @Override
    public String toString() {
      int count = tasks.size();
      return "asCompleted[%d task%s, which a for loop gets as they end]"
          .formatted(count, count == 1 ? "" : "s");
    }
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public Task<T> next() {
    Task<T> next = poll();
    if (next != null) {
      return next;
    }
    Duration waited = Objects.requireNonNull(limit, "a wait without a limit ends with a task");
    throw new DeadlineExceededException(
        "%d of %d tasks %s not ended within %s; they go on until cancel(true)"
            .formatted(left, count, left == 1 ? "has" : "have", TimeText.of(waited)));
  }

  /// {@return the next task that ends, or null if none does in time}
  private @Nullable Task<T> poll() {
    if (left == 0) {
      throw new NoSuchElementException("all tasks have ended");
    }
    ActorLine.awaitAnswers(
        () -> !ended.isEmpty(), limit == null ? -1 : Math.max(0, nanosLeft(limit)));
    try {
      Task<T> next = limit == null ? ended.take() : ended.poll(nanosLeft(limit), NANOSECONDS);
      if (next != null) {
        left--;
      }
      return next;
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private long nanosLeft(Duration limit) {
    return nanos(limit) - (System.nanoTime() - start);
  }

  static void awaitAll(Collection<? extends Task<?>> tasks) {
    CountDownLatch running = new CountDownLatch(tasks.size());
    for (Task<?> task : tasks) {
      var _ = task.whenComplete((_, _) -> running.countDown());
    }
    ActorLine.awaitAnswers(() -> running.getCount() == 0, -1);
    try {
      running.await();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /// {@return whether all have ended in time}
  static boolean awaitAll(Collection<? extends Task<?>> tasks, Duration limit) {
    long end = System.nanoTime() + nanos(limit);
    for (Task<?> task : tasks) {
      try {
        Object _ = task.get(Math.max(0, end - System.nanoTime()), NANOSECONDS);
      } catch (ExecutionException | CancellationException e) {
        // It has ended.
      } catch (TimeoutException e) {
        return false;
      } catch (InterruptedException e) {
        throw interrupted();
      }
    }
    return true;
  }

  /// Whoever waits again and again leaves nothing behind at the tasks.
  ///
  /// @param limit how long to wait, or null for as long as it takes
  /// @return one that has ended, or null if none has in time
  /// @throws IllegalArgumentException if there are no tasks
  @SuppressWarnings("unchecked") // a task only hands its result out
  static <T extends @Nullable Object> @Nullable Task<T> awaitAny(
      Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
    if (tasks.isEmpty()) {
      throw new IllegalArgumentException("there is no task to wait for");
    }
    Task<T> done = (Task<T>) done(tasks);
    if (done != null) {
      return done;
    }
    // The first that fires takes what waits away from all others.
    CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    CompletableFuture<?>[] stages =
        Stream.concat(tasks.stream().map(Task::toCompletableFuture), Stream.of(over))
            .toArray(CompletableFuture[]::new);
    CompletableFuture<?> any = CompletableFuture.anyOf(stages);
    try {
      Object _ = get(any, limit);
    } catch (ExecutionException | CancellationException | TimeoutException e) {
      // What has ended tells.
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      boolean _ = over.complete(null);
    }
    return (Task<T>) done(tasks);
  }

  /// {@return the first task that ends without a result, or null if none does in time}
  ///
  /// @param limit how long to wait, or null for as long as it takes
  @SuppressWarnings("unchecked") // a task only hands its result out
  static <T extends @Nullable Object> @Nullable Task<T> awaitFailure(
      Collection<? extends Task<? extends T>> tasks, @Nullable Duration limit) {
    // As in awaitAny, what waits is taken away when it is over.
    CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    CompletableFuture<@Nullable Task<T>> first = new CompletableFuture<>();
    AtomicInteger left = new AtomicInteger(tasks.size());
    for (Task<? extends T> task : tasks) {
      var _ =
          CompletableFuture.anyOf(task.toCompletableFuture(), over)
              .whenComplete((_, failure) -> {
                boolean isLast = left.decrementAndGet() == 0;
                if (failure != null || isLast) {
                  boolean _ = first.complete(failure == null ? null : (Task<T>) task);
                }
              });
    }
    if (tasks.isEmpty()) {
      return null;
    }
    try {
      return get(first, limit);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      throw new IllegalStateException("nobody lets this fail", e);
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      boolean _ = over.complete(null);
    }
  }

  private static <V extends @Nullable Object> V get(
      CompletableFuture<V> stage, @Nullable Duration limit)
      throws ExecutionException, InterruptedException, TimeoutException {
    long end = limit == null ? 0 : System.nanoTime() + nanos(limit);
    ActorLine.awaitAnswers(stage::isDone, limit == null ? -1 : nanos(limit));
    return limit == null ? stage.get() : stage.get(end - System.nanoTime(), NANOSECONDS);
  }

  private static <T extends Task<?>> @Nullable T done(Collection<? extends T> tasks) {
    return tasks.stream().filter(Task::isDone).findFirst().orElse(null);
  }

  /// So many that a clock which counts from now on does not overflow.
  private static long nanos(Duration limit) {
    return Math.clamp(NANOSECONDS.convert(limit), 0, Long.MAX_VALUE / 2);
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while waiting for tasks");
  }
}
