package argosy.engine;

import argosy.Actor;
import argosy.Fn;
import argosy.Options;
import argosy.Task;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An actor in this process: calls run at once on the thread that makes them, one at a time.
final class InlineActor<A extends @Nullable Object> implements Actor<A> {

  private final LocalEngine engine;
  private final Options options;
  private final A object;
  private volatile boolean isClosed;

  private InlineActor(LocalEngine engine, Options options, A object) {
    this.engine = engine;
    this.options = options;
    this.object = object;
  }

  static <A extends @Nullable Object> Actor<A> make(
      LocalEngine engine, Options options, Callable<? extends A> maker) {
    try {
      return new InlineActor<>(engine, options, maker.call());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the actor could not be made: " + e, e);
    }
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f) {
    return call((Function<? super A, ? extends R>) f);
  }

  @Override
  public synchronized <R extends @Nullable Object> Task<R> call(
      Function<? super A, ? extends R> f) {
    if (isClosed) {
      throw new IllegalStateException("the actor is closed");
    }
    EngineTask<R> task = engine.unstarted(options);
    try {
      task.succeed(f.apply(object));
    } catch (Throwable failure) {
      task.fail(failure);
    }
    return task;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
  }

  /// {@return where it is; does not wait for a call that runs}
  @Override
  public String toString() {
    return isClosed ? "Actor[closed]" : "Actor[in this process]";
  }
}
