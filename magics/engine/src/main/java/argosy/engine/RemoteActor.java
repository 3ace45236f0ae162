package argosy.engine;

import argosy.Actor;
import argosy.Effect;
import argosy.Fn;
import argosy.Options;
import argosy.Parallel;
import argosy.PoolClosedException;
import argosy.Task;
import argosy.wire.ResidentFunction;
import argosy.wire.codec.UnshippableException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An actor in a worker process. If nobody can call it any more, its object goes. Of one that a
/// task has got, nobody knows who can: it stays until it is closed.
final class RemoteActor<A extends @Nullable Object> implements Actor<A>, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  private static final Cleaner CLEANER = Cleaner.create();

  /// Hears which actors travel with what is captured.
  private static final ScopedValue<Set<RemoteActor<?>>> COMPANIONS = ScopedValue.newInstance();

  private final transient Placement placement;
  private final transient Supplier<Options> options;
  private final transient int worker;
  private final transient long id;
  private final transient Cleaner.Cleanable end;
  private transient volatile boolean isClosed;

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
      placement.left(worker, id);
      try {
        Residents.Placed _ =
            placement.startOn(worker, new ResidentFunction.Drop(id), Parallel.options());
      } catch (PoolClosedException e) {
        // The worker is gone, and the object with it.
      }
    }
  }

  /// Makes the object on the worker that has the fewest, or on one that has no other if it may call
  /// others: while it waits for them, its worker does nothing.
  static <A extends @Nullable Object> Actor<A> make(
      Placement placement, Supplier<Options> options, Callable<? extends A> maker) {
    long id = placement.newId();
    Set<RemoteActor<?>> others = new HashSet<>();
    Placement.Captured making =
        ScopedValue.where(COMPANIONS, others)
            .call(() -> placement.capture(new ResidentFunction.Make(id, maker)));
    int worker = others.isEmpty() ? placement.chooseWorker() : placement.chooseOwnWorker();
    RemoteActor<A> actor = new RemoteActor<>(placement, options, worker, id);
    Options now = options.get();
    placement.arrived(id, worker, now);
    Residents.Placed _ = placement.startOn(worker, making, now);
    return actor;
  }

  @Serial
  private Object writeReplace() {
    if (isClosed) {
      throw new UnshippableException("argosy.Actor", "the actor is closed");
    }
    placement.travels(id, worker, this);
    if (COMPANIONS.isBound()) {
      COMPANIONS.get().add(this);
    }
    return new ActorHandle(id, worker);
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
    placement.closed(id);
    end.clean();
  }

  /// {@return where it is, or was; does not wait for a call that runs}
  @Override
  public String toString() {
    if (isClosed) {
      return "Actor[closed]";
    }
    return (placement.isThere(worker) ? "Actor[on worker " : "Actor[lost with worker ")
        + worker
        + "]";
  }
}
