package argosy.engine;

import argosy.Actor;
import argosy.Effect;
import argosy.Fn;
import argosy.Options;
import argosy.Parallel;
import argosy.PoolClosedException;
import argosy.Task;
import argosy.wire.ResidentFunction;
import java.lang.ref.Cleaner;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An actor in a worker process. If nobody can call it any more, its object goes.
final class RemoteActor<A extends @Nullable Object> implements Actor<A> {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Placement placement;
  private final Supplier<Options> options;
  private final int worker;
  private final long id;
  private final Cleaner.Cleanable end;
  private volatile boolean isClosed;

  private RemoteActor(Placement placement, Supplier<Options> options, int worker, long id) {
    this.placement = placement;
    this.options = options;
    this.worker = worker;
    this.id = id;
    this.end = CLEANER.register(this, new End(placement, worker, id));
  }

  private record End(Placement placement, int worker, long id) implements Runnable {
    @Override
    public void run() {
      placement.left(worker);
      try {
        Residents.Placed _ =
            placement.startOn(worker, new ResidentFunction.Drop(id), Parallel.options());
      } catch (PoolClosedException e) {
        // The worker is gone, and the object with it.
      }
    }
  }

  /// Makes the object on the worker that has the fewest.
  static <A extends @Nullable Object> Actor<A> make(
      Placement placement, Supplier<Options> options, Callable<? extends A> maker) {
    RemoteActor<A> actor =
        new RemoteActor<>(placement, options, placement.chooseWorker(), placement.newId());
    Residents.Placed _ =
        placement.startOn(actor.worker, new ResidentFunction.Make(actor.id, maker), options.get());
    return actor;
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f) {
    return call((Function<? super A, ? extends R>) f);
  }

  @Override
  @SuppressWarnings("unchecked") // the function returns an R
  public <R extends @Nullable Object> Task<R> call(Function<? super A, ? extends R> f) {
    Objects.requireNonNull(f, "the function is null");
    return (Task<R>) start(new ResidentFunction.Call<A, R>(id, f));
  }

  @Override
  public Task<?> run(Effect<? super A> effect) {
    return run((Consumer<? super A>) effect);
  }

  @Override
  public Task<?> run(Consumer<? super A> effect) {
    Objects.requireNonNull(effect, "the function is null");
    return start(new ResidentFunction.Act<A>(id, effect));
  }

  private synchronized Task<?> start(ResidentFunction<?> function) {
    if (isClosed) {
      throw new IllegalStateException("the actor is closed");
    }
    return placement.startOn(worker, function, options.get()).task();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    end.clean();
  }

  /// {@return where it is; does not wait for a call that runs}
  @Override
  public String toString() {
    return isClosed ? "Actor[closed]" : "Actor[on worker " + worker + "]";
  }
}
