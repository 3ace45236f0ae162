package argosy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A result that is on its way.
///
/// [Future#get] waits and wraps what the task threw in an `ExecutionException`, [#join] in an
/// unchecked one. Cancelling ends the task on its worker, softly at first. Stages attached with the
/// methods of [CompletionStage] run in this process; those attached with [#then] and [#recover] run
/// on a worker. Safe from any thread.
///
/// @param <T> the result
public interface Task<T extends @Nullable Object> extends Future<T>, CompletionStage<T> {

  /// Waits as [#get()] does, without a checked exception: `tasks.stream().map(Task::join)`.
  ///
  /// @return the result
  /// @throws CompletionException around what the task threw
  /// @throws CancellationException if the task was cancelled
  T join();

  /// Runs `f` on a worker with the result of this task, when it is there.
  ///
  /// The function is captured before this method returns. If this task fails, so does the new one,
  /// with the same exception.
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  <R extends @Nullable Object> Task<R> then(Fn<? super T, ? extends R> f);

  /// As [#then(Fn)], for a function of the JDK's type.
  <R extends @Nullable Object> Task<R> then(Function<? super T, ? extends R> f);

  /// Runs `f` on a worker with what this task threw; if it returns, its result is the new one's.
  ///
  /// The function is captured before this method returns. A cancelled task is not recovered.
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  Task<T> recover(Fn<? super Throwable, ? extends T> f);

  /// As [#recover(Fn)], for a function of the JDK's type.
  Task<T> recover(Function<? super Throwable, ? extends T> f);

  // ---- stages in this process, which can be waited for like the task itself

  @Override
  <U extends @Nullable Object> CompletableFuture<U> thenApply(Function<? super T, ? extends U> f);

  @Override
  CompletableFuture<Void> thenAccept(Consumer<? super T> effect);

  @Override
  CompletableFuture<Void> thenRun(Runnable action);

  @Override
  <U extends @Nullable Object> CompletableFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> f);

  @Override
  <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> f);

  @Override
  <U extends @Nullable Object> CompletableFuture<U> handle(
      BiFunction<? super T, Throwable, ? extends U> f);

  @Override
  CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> effect);

  @Override
  CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> f);
}
