package argosy.engine;

import argosy.Actor;
import argosy.Effect;
import argosy.Fn;
import argosy.Options;
import argosy.Task;
import argosy.wire.AdaptedFunction.Accepted;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.TaskFunction;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An actor in this process. On threads each call is a task that begins when the one before it has
/// ended; elsewhere, and inside a task, it runs at once on the thread that makes it.
final class LocalActor<A extends @Nullable Object> implements Actor<A> {

  private final LocalEngine engine;
  private final Supplier<Options> options;
  private final OwnObject<A> object;

  /// The last call that waits its turn, or null if calls run at once.
  private @Nullable EngineTask<?> last;

  private volatile boolean isClosed;

  private LocalActor(LocalEngine engine, Supplier<Options> options, OwnObject<A> object) {
    this.engine = engine;
    this.options = options;
    this.object = object;
  }

  /// @param isInline whether calls run at once, on whatever thread
  static <A extends @Nullable Object> Actor<A> make(
      LocalEngine engine,
      boolean isInline,
      Supplier<Options> options,
      Callable<? extends A> maker) {
    LocalActor<A> actor = new LocalActor<>(engine, options, new OwnObject<>(maker));
    EngineTask<?> making =
        engine.prepare(actor.object.making(), null, options.get()).named("new actor");
    making.launch();
    if (!isInline) {
      actor.last = making;
    }
    return actor;
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f) {
    return call((Function<? super A, ? extends R>) f);
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Function<? super A, ? extends R> f) {
    return start(new Applied<A, R>(f));
  }

  @Override
  public Task<?> run(Effect<? super A> effect) {
    return run((Consumer<? super A>) effect);
  }

  @Override
  public Task<?> run(Consumer<? super A> effect) {
    return this.<@Nullable Object>start(new Accepted<A>(effect));
  }

  private <R extends @Nullable Object> Task<R> start(TaskFunction<A, R> f) {
    EngineTask<R> task;
    synchronized (this) {
      if (isClosed) {
        throw new IllegalStateException("the actor is closed");
      }
      if (last != null && !engine.isInsideTask()) {
        task = engine.following(last, object.calling(f), options.get()).named("actor call");
        last = task;
        return task;
      }
    }
    task = engine.<@Nullable Object, R>prepare(object.calling(f), null, options.get());
    task.named("actor call").launch();
    return task;
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (last == null) {
      object.leave();
    } else {
      var _ = last.whenComplete((_, _) -> object.leave());
    }
  }

  /// {@return where it is; does not wait for a call that runs}
  @Override
  public String toString() {
    return isClosed ? "Actor[closed]" : "Actor[in this process]";
  }
}
