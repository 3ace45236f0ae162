package argosy.engine;

import argosy.Actor;
import argosy.Fn;
import argosy.PoolClosedException;
import argosy.Task;
import argosy.wire.ResidentFunction;
import java.lang.ref.Cleaner;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An actor in a worker process. If nobody can call it any more, its object goes.
final class RemoteActor<A extends @Nullable Object> implements Actor<A> {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Placement placement;
  private final int worker;
  private final long id;
  private final Cleaner.Cleanable end;
  private volatile boolean isClosed;

  private RemoteActor(Placement placement, int worker, long id) {
    this.placement = placement;
    this.worker = worker;
    this.id = id;
    this.end = CLEANER.register(this, new End(placement, worker, id));
  }

  private record End(Placement placement, int worker, long id) implements Runnable {
    @Override
    public void run() {
      placement.left(worker);
      try {
        Residents.Placed _ = placement.startOn(worker, new ResidentFunction.Drop(id));
      } catch (PoolClosedException e) {
        // The worker is gone, and the object with it.
      }
    }
  }

  /// Makes the object on the worker that has the fewest.
  static <A extends @Nullable Object> Actor<A> make(
      Placement placement, Callable<? extends A> maker) {
    RemoteActor<A> actor =
        new RemoteActor<>(placement, placement.chooseWorker(), placement.newId());
    Residents.Placed _ =
        placement.startOn(actor.worker, new ResidentFunction.Make(actor.id, maker));
    return actor;
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f) {
    return call((Function<? super A, ? extends R>) f);
  }

  @Override
  @SuppressWarnings("unchecked") // the function returns an R
  public synchronized <R extends @Nullable Object> Task<R> call(
      Function<? super A, ? extends R> f) {
    if (isClosed) {
      throw new IllegalStateException("the actor is closed");
    }
    return (Task<R>) placement.startOn(worker, new ResidentFunction.Call<A, R>(id, f)).task();
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
