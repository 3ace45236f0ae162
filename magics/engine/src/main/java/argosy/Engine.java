package argosy;

import argosy.wire.TaskFunction;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What [Parallel] stands on: captures functions and runs them. Safe from any thread.
///
/// The kernel installs its own; elsewhere the one that `ServiceLoader` finds is used.
public interface Engine extends AutoCloseable {

  /// What is known about a job's inputs before they are read.
  ///
  /// @param inputs read on the thread that asks for results, ahead of it by a bounded number
  /// @param size how many there are, or -1 if nobody knows
  /// @param isLazy whether results are wanted one by one, as soon as they are there, and no more
  ///   than a bounded number of them is to be kept
  /// @param width how many neighboring inputs of the user's each of them is, the last one perhaps
  ///   fewer
  record Inputs<A extends @Nullable Object>(
      Iterator<A> inputs, long size, boolean isLazy, int width) {

    /// The user's inputs themselves.
    public Inputs(Iterator<A> inputs, long size, boolean isLazy) {
      this(inputs, size, isLazy, 1);
    }
  }

  /// Runs a function on one input. The function and the input are captured before this returns.
  ///
  /// @throws NotShippableException if something of either cannot leave this process
  <A extends @Nullable Object, R extends @Nullable Object> Task<R> submit(
      TaskFunction<A, R> function, A input, Options options);

  /// Runs a function on the list of the values of some tasks, when all are there. The function is
  /// captured before this returns.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  <R extends @Nullable Object> Task<R> after(
      List<? extends Task<?>> tasks, TaskFunction<List<Object>, R> function, Options options);

  /// Runs a function on each input. The function is captured before this returns.
  ///
  /// @throws NotShippableException if something that it captures cannot leave this process
  <A extends @Nullable Object, R extends @Nullable Object> Results<R> each(
      TaskFunction<A, R> function, Inputs<A> inputs, Options options);

  /// Makes an object on a worker, where it stays. The maker is captured before this returns.
  ///
  /// @param options asked again for each call of the actor; where it lives is decided now
  /// @throws NotShippableException if something that it captures cannot leave this process
  <A extends @Nullable Object> Actor<A> actor(
      Callable<? extends A> maker, Supplier<Options> options);

  /// Brings a value to every worker. Blocks until it is there.
  ///
  /// @throws NotShippableException if something in it cannot leave this process
  <T> Broadcast<T> broadcast(T value, Options options);

  /// {@return what would ship with a function; nothing is sent}
  ///
  /// @param function a [TaskFunction], or any object
  /// @throws NotShippableException if something that it captures cannot leave this process
  Explanation explain(Object function);

  /// {@return the function, with its results in a folder}
  ///
  /// @throws IllegalStateException in a task on a worker
  <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Function<? super A, ? extends R> f);

  /// Writes a value to a file, as a whole or not at all.
  ///
  /// @throws NotShippableException if something in it cannot be written
  void dump(@Nullable Object value, Path file);

  /// {@return the value of a file}
  @Nullable Object load(Path file);

  /// {@return a view of this engine, whose tasks have these options; shutting it down leaves the
  /// engine alone}
  ExecutorService executor(Options options);

  /// Keeps the native mathematics libraries that this process has loaded from starting more threads
  /// than this for calls of the calling thread.
  ///
  /// @return ends that; to be run once, by the same thread
  Runnable limitThreads(int most);

  /// Ends all workers. Idempotent.
  @Override
  void close();

  /// {@return the engine of this process}
  ///
  /// @throws IllegalStateException if there is none on the class path
  static Engine current() {
    return InstalledEngine.get();
  }

  /// Makes an engine that of this process; the one so far is left as it is.
  static void install(Engine engine) {
    InstalledEngine.set(engine);
  }
}
