package argosy;

import argosy.wire.AdaptedFunction.Accepted;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.AdaptedFunction.Called;
import argosy.wire.AdaptedFunction.Combined;
import argosy.wire.AdaptedFunction.Ran;
import argosy.wire.AdaptedFunction.Supplied;
import argosy.wire.CurrentTask;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs lambdas on workers: other processes by default, threads if asked.
///
/// ```java
/// List<Integer> squares = Parallel.map(List.of(1, 2, 3), x -> x * x);
/// Task<Double> pi = Parallel.submit(() -> estimate(1_000_000));
/// ```
///
/// What a lambda captures is copied before `submit` or `map` returns; later changes are not seen by
/// the task, and what the task changes is its own copy. So a lock that a variable holds would guard
/// nothing, and is refused; one inside an object that has it for itself comes along. Lambdas may
/// throw checked exceptions. Safe from any thread. Inside a task everything here runs inline, on
/// the task's own thread; calls of an [Actor] run where that lives.
public final class Parallel {

  private static final ScopedValue<Options> DEFAULTS = ScopedValue.newInstance();

  private Parallel() {}

  // ---- one task

  /// Runs `body` on a worker.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static <T extends @Nullable Object> Task<T> submit(Callable<? extends T> body) {
    return Engine.current().<@Nullable Object, T>submit(new Called<T>(body), null, defaults());
  }

  /// Runs `body` on a worker. For lambdas without a result.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static Task<?> submit(Action body) {
    return submit((Runnable) body);
  }

  /// Runs `body` on a worker. For a `Runnable` of the JDK's type.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static Task<?> submit(Runnable body) {
    return Engine.current()
        .<@Nullable Object, @Nullable Object>submit(new Ran(body), null, defaults());
  }

  /// Runs `f` on a worker with the results of two tasks, when both are there.
  ///
  /// @throws NotShippableException if something that `f` captures cannot leave this process
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Task<R> combine(Task<A> a, Task<B> b, BiFn<? super A, ? super B, ? extends R> f) {
    return combine(a, b, (BiFunction<? super A, ? super B, ? extends R>) f);
  }

  /// As [#combine(Task, Task, BiFn)], for a function of the JDK's type.
  @SuppressWarnings("unchecked") // the list holds an A and a B
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Task<R> combine(Task<A> a, Task<B> b, BiFunction<? super A, ? super B, ? extends R> f) {
    return Engine.current()
        .after(
            List.of(
                Objects.requireNonNull(a, "the first task is null"),
                Objects.requireNonNull(b, "the second task is null")),
            new Combined<R>((BiFunction<Object, Object, ? extends R>) (BiFunction<?, ?, ?>) f),
            defaults());
  }

  /// {@return the tasks in the order in which they end, however they end, each once; waiting for
  /// the next one blocks}
  public static <T extends @Nullable Object> Iterable<Task<T>> asCompleted(
      Collection<? extends Task<? extends T>> tasks) {
    return CompletedTasks.each(tasks, null);
  }

  /// As [#asCompleted(Collection)].
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public static <T extends @Nullable Object> Iterable<Task<T>> asCompleted(
      Task<? extends T>... tasks) {
    return asCompleted(CompletedTasks.listed(tasks));
  }

  /// As [#asCompleted(Collection)], but waits no longer than `limit`, counted from the start of the
  /// loop. Tasks that have ended are always handed out; the next one that has not ends the loop
  /// with an exception, and goes on itself.
  ///
  /// The iterators throw [DeadlineExceededException], which says how many tasks are left.
  public static <T extends @Nullable Object> Iterable<Task<T>> asCompleted(
      Collection<? extends Task<? extends T>> tasks, Duration limit) {
    return CompletedTasks.each(tasks, required(limit));
  }

  /// Blocks until one of the tasks has ended, however it ended, and returns it.
  ///
  /// @throws IllegalArgumentException if there is none
  public static <T extends @Nullable Object> Task<T> waitAny(
      Collection<? extends Task<? extends T>> tasks) {
    return Objects.requireNonNull(
        CompletedTasks.<T>awaitAny(tasks, null), "a wait without a limit ends with a task");
  }

  /// As [#waitAny(Collection)].
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public static <T extends @Nullable Object> Task<T> waitAny(Task<? extends T>... tasks) {
    return waitAny(CompletedTasks.listed(tasks));
  }

  /// Blocks until one of the tasks has ended, however it ended, but no longer than `limit`; the
  /// tasks go on.
  ///
  /// @return that task, or nothing if none has ended in time
  /// @throws IllegalArgumentException if there is none
  public static <T extends @Nullable Object> Optional<Task<T>> waitAny(
      Collection<? extends Task<? extends T>> tasks, Duration limit) {
    return Optional.ofNullable(CompletedTasks.<T>awaitAny(tasks, required(limit)));
  }

  /// Blocks until one of the tasks has failed or was cancelled, or all have ended.
  ///
  /// @return the first that failed or was cancelled, or nothing if all have a result
  public static <T extends @Nullable Object> Optional<Task<T>> waitAnyFailure(
      Collection<? extends Task<? extends T>> tasks) {
    return Optional.ofNullable(CompletedTasks.<T>awaitFailure(tasks, null));
  }

  /// As [#waitAnyFailure(Collection)].
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public static <T extends @Nullable Object> Optional<Task<T>> waitAnyFailure(
      Task<? extends T>... tasks) {
    return waitAnyFailure(CompletedTasks.listed(tasks));
  }

  /// Blocks until one of the tasks has failed or was cancelled, or all have ended, but no longer
  /// than `limit`; the tasks go on, and [Task#isDone] says which have ended.
  ///
  /// @return the first that failed or was cancelled, or nothing if none has in time
  public static <T extends @Nullable Object> Optional<Task<T>> waitAnyFailure(
      Collection<? extends Task<? extends T>> tasks, Duration limit) {
    return Optional.ofNullable(CompletedTasks.<T>awaitFailure(tasks, required(limit)));
  }

  /// Blocks until all of the tasks have ended, however they ended.
  public static void waitAll(Collection<? extends Task<?>> tasks) {
    CompletedTasks.awaitAll(tasks);
  }

  /// As [#waitAll(Collection)].
  public static void waitAll(Task<?>... tasks) {
    waitAll(CompletedTasks.listed(tasks));
  }

  /// Blocks until all of the tasks have ended, however they ended, but no longer than `limit`; the
  /// tasks go on, and [Task#isDone] says which have ended.
  ///
  /// @return whether all have ended in time
  public static boolean waitAll(Collection<? extends Task<?>> tasks, Duration limit) {
    return CompletedTasks.awaitAll(tasks, required(limit));
  }

  private static Duration required(Duration limit) {
    return Objects.requireNonNull(limit, "the time limit is null");
  }

  // ---- what lives on the workers

  /// Makes an object on a worker, where it stays: `call` works with it there.
  ///
  /// If `maker` throws, the calls fail and say so. The maker is captured before this returns. Its
  /// calls have the options of the [#with] around them, and those of the one around this for what
  /// that does not say.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static <A extends @Nullable Object> Actor<A> actor(Callable<? extends A> maker) {
    Options now = defaults();
    return Engine.current()
        .actor(Objects.requireNonNull(maker, "the function is null"), () -> defaults().over(now));
  }

  /// Brings a value to every worker once, however many tasks use it. Blocks until it is there.
  ///
  /// @throws NotShippableException if something in it cannot leave this process
  public static <T> Broadcast<T> broadcast(T value) {
    return Engine.current()
        .broadcast(Objects.requireNonNull(value, "the value to broadcast is null"), defaults());
  }

  /// {@return an executor whose tasks run on the workers, with the options of the [#with] around
  /// this call: a view, and shutting it down leaves the workers alone}
  public static ExecutorService executor() {
    return Engine.current().executor(defaults());
  }

  // ---- many inputs: a lambda that throws wants a type of ours, a variable has one of the JDK's

  /// Applies `f` to each element of a collection, or anything that can be iterated over, in the
  /// order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterable<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a collection, or anything that can be iterated over, in the
  /// order of the inputs. For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterable<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      A[] inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      A[] inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an iterator, read as far as needed, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterator<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an iterator, read as far as needed, in the order of the inputs.
  /// For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Iterator<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, read as far as needed, in the order of the inputs.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Stream<? extends A> inputs, Fn<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, read as far as needed, in the order of the inputs.
  /// For a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> List<R> map(
      Stream<? extends A> inputs, Function<? super A, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each entry of a map, in the order of the inputs.
  public static <K extends @Nullable Object, V extends @Nullable Object, R extends @Nullable Object>
      List<R> map(Map<K, V> inputs, Fn<? super Map.Entry<K, V>, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each entry of a map, in the order of the inputs. For a function of the JDK's
  /// type.
  public static <K extends @Nullable Object, V extends @Nullable Object, R extends @Nullable Object>
      List<R> map(Map<K, V> inputs, Function<? super Map.Entry<K, V>, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      int[] inputs, Fn<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      int[] inputs, Function<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      long[] inputs, Fn<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      long[] inputs, Function<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      double[] inputs, Fn<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      double[] inputs, Function<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      float[] inputs, Fn<? super Float, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      float[] inputs, Function<? super Float, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      byte[] inputs, Fn<? super Byte, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      byte[] inputs, Function<? super Byte, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      short[] inputs, Fn<? super Short, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      short[] inputs, Function<? super Short, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      char[] inputs, Fn<? super Character, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      char[] inputs, Function<? super Character, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      boolean[] inputs, Fn<? super Boolean, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of an array, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      boolean[] inputs, Function<? super Boolean, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      IntStream inputs, Fn<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs. For a
  /// function of the JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      IntStream inputs, Function<? super Integer, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      LongStream inputs, Fn<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, such as a range, in the order of the inputs. For a
  /// function of the JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      LongStream inputs, Function<? super Long, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, in the order of the inputs.
  public static <R extends @Nullable Object> List<R> map(
      DoubleStream inputs, Fn<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Applies `f` to each element of a stream, in the order of the inputs. For a function of the
  /// JDK's type.
  public static <R extends @Nullable Object> List<R> map(
      DoubleStream inputs, Function<? super Double, ? extends R> f) {
    return over(inputs).map(f);
  }

  /// Does something with each element of a collection, or anything that can be iterated over, on
  /// the workers.
  public static <A extends @Nullable Object> void forEach(
      Iterable<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a collection, or anything that can be iterated over, on
  /// the workers. For a consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Iterable<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static <A extends @Nullable Object> void forEach(A[] inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static <A extends @Nullable Object> void forEach(A[] inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an iterator, read as far as needed, on the workers.
  public static <A extends @Nullable Object> void forEach(
      Iterator<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an iterator, read as far as needed, on the workers. For a
  /// consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Iterator<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, read as far as needed, on the workers.
  public static <A extends @Nullable Object> void forEach(
      Stream<? extends A> inputs, Effect<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, read as far as needed, on the workers. For a
  /// consumer of the JDK's type.
  public static <A extends @Nullable Object> void forEach(
      Stream<? extends A> inputs, Consumer<? super A> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each entry of a map, on the workers.
  public static <K extends @Nullable Object, V extends @Nullable Object> void forEach(
      Map<K, V> inputs, Effect<? super Map.Entry<K, V>> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each entry of a map, on the workers. For a consumer of the JDK's type.
  public static <K extends @Nullable Object, V extends @Nullable Object> void forEach(
      Map<K, V> inputs, Consumer<? super Map.Entry<K, V>> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(int[] inputs, Effect<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(int[] inputs, Consumer<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(long[] inputs, Effect<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(long[] inputs, Consumer<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(double[] inputs, Effect<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(double[] inputs, Consumer<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(float[] inputs, Effect<? super Float> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(float[] inputs, Consumer<? super Float> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(byte[] inputs, Effect<? super Byte> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(byte[] inputs, Consumer<? super Byte> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(short[] inputs, Effect<? super Short> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(short[] inputs, Consumer<? super Short> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(char[] inputs, Effect<? super Character> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(char[] inputs, Consumer<? super Character> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers.
  public static void forEach(boolean[] inputs, Effect<? super Boolean> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of an array, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(boolean[] inputs, Consumer<? super Boolean> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers.
  public static void forEach(IntStream inputs, Effect<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers. For a consumer
  /// of the JDK's type.
  public static void forEach(IntStream inputs, Consumer<? super Integer> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers.
  public static void forEach(LongStream inputs, Effect<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, such as a range, on the workers. For a consumer
  /// of the JDK's type.
  public static void forEach(LongStream inputs, Consumer<? super Long> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, on the workers.
  public static void forEach(DoubleStream inputs, Effect<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// Does something with each element of a stream, on the workers. For a consumer of the JDK's
  /// type.
  public static void forEach(DoubleStream inputs, Consumer<? super Double> effect) {
    over(inputs).forEach(effect);
  }

  /// {@return these inputs, for a job with options}
  public static <A extends @Nullable Object> Over<A> over(Iterable<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of an array, for a job with options}
  public static <A extends @Nullable Object> Over<A> over(A[] inputs) {
    return Elements.of(Arrays.asList(inputs));
  }

  /// {@return what an iterator yields, read as far as needed, for one job with options}
  public static <A extends @Nullable Object> Over<A> over(Iterator<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of a stream, read as far as needed, for one job with options}
  public static <A extends @Nullable Object> Over<A> over(Stream<? extends A> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the entries of a map, for a job with options}
  public static <K extends @Nullable Object, V extends @Nullable Object> Over<Map.Entry<K, V>> over(
      Map<K, V> inputs) {
    return Elements.of(inputs);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Integer> over(int[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Long> over(long[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Double> over(double[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Float> over(float[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Byte> over(byte[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Short> over(short[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Character> over(char[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the elements of an array, for a job with options}
  public static Over<Boolean> over(boolean[] inputs) {
    return Elements.of(inputs.length, i -> inputs[i]);
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Integer> over(IntStream inputs) {
    return Elements.of(inputs);
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Long> over(LongStream inputs) {
    return Elements.of(inputs);
  }

  /// {@return the numbers of a stream, read as far as needed, for one job with options}
  public static Over<Double> over(DoubleStream inputs) {
    return Elements.of(inputs);
  }

  // ---- what it brings

  /// Measures how much faster `f` gets on a sample of its inputs: with each backend, with one
  /// worker up to as many as there are processors, and in a plain loop on the calling thread.
  ///
  /// Runs `f` on the whole sample a dozen times or more, so what it does besides returning a result
  /// happens as often; on a worker first, so that one that ends its process is found out there.
  /// Throws what `f` throws. Blocks until all is measured.
  ///
  /// @throws IllegalArgumentException if the sample is empty
  /// @throws WorkerLostException if `f` ends the process that it runs in
  public static <A extends @Nullable Object> Scaling choose(
      Fn<? super A, ?> f, Collection<? extends A> sample) {
    return choose((Function<? super A, ?>) f, sample);
  }

  /// As [#choose(Fn, Collection)], for a function of the JDK's type.
  public static <A extends @Nullable Object> Scaling choose(
      Function<? super A, ?> f, Collection<? extends A> sample) {
    if (sample.isEmpty()) {
      throw new IllegalArgumentException("the sample is empty; give some typical inputs");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    List<A> inputs = new ArrayList<>(sample);
    return new ScalingTrial<A>(new Applied<A, @Nullable Object>(f), inputs, processors).run();
  }

  // ---- what ships

  /// {@return what would ship with a task's body, and why; nothing is sent}
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static Explanation explain(Callable<?> body) {
    return Engine.current().explain(new Called<>(body));
  }

  /// {@return what would ship with a task's body, and why; for lambdas without a result}
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static Explanation explain(Action body) {
    return Engine.current().explain(new Ran(body));
  }

  /// {@return what would ship with a value, such as a variable that holds a function of any type;
  /// for a lambda that takes an input see [Over#explain]}
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  public static Explanation explain(Object function) {
    return Engine.current()
        .explain(
            switch (Objects.requireNonNull(function, "the function is null")) {
              case Callable<?> called -> new Called<>(called);
              case Runnable run -> new Ran(run);
              case Function<?, ?> applied -> new Applied<>(applied);
              case Supplier<?> supplied -> new Supplied<>(supplied);
              case Consumer<?> accepted -> new Accepted<>(accepted);
              default -> function;
            });
  }

  // ---- files

  /// {@return a function that keeps its results in files of a folder, so that a result is computed
  /// once, whichever task, notebook or session asks for it}
  ///
  /// Delete the folder to forget them all.
  ///
  /// @param folder made when the first result is kept; for oneself
  /// @throws IllegalStateException in a task: make the function in the notebook, and let tasks
  ///   capture it
  public static <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Fn<? super A, ? extends R> f) {
    return cached(folder, (Function<? super A, ? extends R>) f);
  }

  /// As [#cached(Path, Fn)], for a function of the JDK's type.
  public static <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Function<? super A, ? extends R> f) {
    return Engine.current().cached(Objects.requireNonNull(folder, "the folder is null"), f);
  }

  /// Writes a value to a file, which [#load] reads, for oneself, as the folders that are missing
  /// around it are made. A file that was there is replaced, unless something goes wrong. Code is
  /// not written: a value that holds a function is refused.
  ///
  /// @throws NotShippableException if something in it cannot be written
  /// @throws java.io.UncheckedIOException if the file cannot be written
  public static void dump(@Nullable Object value, Path file) {
    Engine.current().dump(value, Objects.requireNonNull(file, "the file is null"));
  }

  /// {@return a copy of the value that [#dump] wrote}
  ///
  /// Its classes that were declared in cells are those that the notebook has under the same names
  /// now, with the same fields. To rebuild objects may run code of their classes: load only what
  /// you trust.
  ///
  /// @throws IllegalStateException if a class is not declared or has changed, or if the file is
  ///   damaged, none of these, or of another version
  /// @throws java.io.UncheckedIOException if the file cannot be read
  // The caller says what it is, as with a cast.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
  public static <T extends @Nullable Object> T load(Path file) {
    return (T) Engine.current().load(Objects.requireNonNull(file, "the file is null"));
  }

  // ---- around tasks

  /// {@return random numbers: inside a task its own stream, the same for the same
  /// [Over#seed(long)], whatever the number of workers; elsewhere the thread's}
  public static RandomGenerator random() {
    CurrentTask task = CurrentTask.get();
    return task == null ? ThreadLocalRandom.current() : task.random();
  }

  /// {@return options that say nothing yet}
  public static Options options() {
    return Options.NONE;
  }

  /// Runs `body` here; jobs that it starts on this thread have these options where they do not say
  /// otherwise.
  public static <T extends @Nullable Object> T with(Options options, Callable<? extends T> body) {
    try {
      return ScopedValue.where(DEFAULTS, options.over(defaults())).<T, Exception>call(body::call);
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
  }

  /// As [#with(Options, Callable)], for lambdas without a result.
  public static void with(Options options, Action body) {
    ScopedValue.where(DEFAULTS, options.over(defaults())).run(body);
  }

  /// Runs `body` here, while the native mathematics libraries that this process has loaded
  /// (OpenBLAS, MKL, BLIS, those of OpenMP) start no more than `most` threads for a call of this
  /// thread. The number before comes back afterwards.
  ///
  /// OpenMP has a number for each thread. The others have one for the process: it holds for all who
  /// call them meanwhile, and of several limits at a time the least does. Found on Linux.
  ///
  /// @throws IllegalArgumentException if `most` is less than 1
  public static <T extends @Nullable Object> T limitThreads(int most, Callable<? extends T> body) {
    if (most < 1) {
      throw new IllegalArgumentException("at most %d threads: there must be one".formatted(most));
    }
    Runnable end = Engine.current().limitThreads(most);
    try {
      return body.call();
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    } finally {
      end.run();
    }
  }

  /// As [#limitThreads(int, Callable)], for lambdas without a result.
  public static void limitThreads(int most, Action body) {
    Object _ =
        Parallel.<@Nullable Object>limitThreads(
            most,
            () -> {
              body.run();
              return null;
            });
  }

  static Options defaults() {
    return DEFAULTS.orElse(Options.NONE);
  }
}
