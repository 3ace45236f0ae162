package argosy.engine;

import argosy.wire.TaskFunction;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The object of a [LocalActor], with which one call at a time works. It is made once, by whoever
/// comes first: one that waits for another to do it might keep the thread that the other needs.
final class OwnObject<A extends @Nullable Object> {

  /// What each thread waits for. Guarded by itself, and so are the owners.
  private static final Map<Thread, OwnObject<?>> WAITING = new HashMap<>();

  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Thread owner;
  private final Callable<? extends A> maker;
  private volatile @Nullable Made<A> made;

  /// An object, or why there is none.
  private record Made<A extends @Nullable Object>(@Nullable A value, @Nullable Throwable failure) {}

  OwnObject(Callable<? extends A> maker) {
    this.maker = Objects.requireNonNull(maker, "the function is null");
  }

  /// {@return makes the object}
  TaskFunction<@Nullable Object, @Nullable Object> making() {
    return _ -> {
      Made<A> result = inTurn(() -> made());
      if (result.failure() instanceof Exception failure) {
        throw failure;
      }
      return null;
    };
  }

  /// {@return works with the object}
  <R extends @Nullable Object> TaskFunction<@Nullable Object, R> calling(TaskFunction<A, R> f) {
    return _ -> inTurn(() -> f.apply(value(made())));
  }

  /// The object may go.
  void leave() {
    made = new Made<>(null, new IllegalStateException("the actor is closed"));
  }

  private <R extends @Nullable Object> R inTurn(Callable<R> action) throws Exception {
    takeTurn();
    try {
      return action.call();
    } finally {
      synchronized (WAITING) {
        owner = null;
      }
      turn.unlock();
    }
  }

  /// Waits for calls that were made elsewhere, or were given up and are still there.
  ///
  /// @throws IllegalStateException if one of them waits for the calling thread
  private void takeTurn() throws InterruptedException {
    Thread caller = Thread.currentThread();
    synchronized (WAITING) {
      if (waitsFor(caller)) {
        throw new IllegalStateException(CalledActor.CALLS_ITSELF);
      }
      WAITING.put(caller, this);
    }
    try {
      turn.lockInterruptibly();
    } catch (InterruptedException e) {
      synchronized (WAITING) {
        WAITING.remove(caller);
      }
      throw e;
    }
    synchronized (WAITING) {
      WAITING.remove(caller);
      owner = caller;
    }
  }

  /// {@return whether its turn ends only when a thread goes on}
  private boolean waitsFor(Thread thread) {
    OwnObject<?> next = this;
    while (next != null && next.owner != null) {
      if (next.owner.equals(thread)) {
        return true;
      }
      next = WAITING.get(next.owner);
    }
    return false;
  }

  private Made<A> made() {
    Made<A> already = made;
    if (already != null) {
      return already;
    }
    Made<A> result;
    try {
      result = new Made<>(maker.call(), null);
    } catch (Exception | LinkageError | StackOverflowError e) {
      result = new Made<>(null, e);
    }
    made = result;
    return result;
  }

  @SuppressWarnings("NullAway") // there is an A, which may be null, if there is no failure
  private static <A extends @Nullable Object> A value(Made<A> made) {
    Throwable failure = made.failure();
    if (failure != null) {
      throw new IllegalStateException("the object could not be made: " + failure, failure);
    }
    return made.value();
  }
}
