package argosy.engine;

import argosy.wire.TaskFunction;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The object of a [LocalActor], with which one call at a time works. It is made once, by whoever
/// comes first: one that waits for another to do it might keep the thread that the other needs.
final class OwnObject<A extends @Nullable Object> {

  private final ReentrantLock turn = new ReentrantLock();
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
    // A call that was given up may still be there.
    turn.lockInterruptibly();
    try {
      return action.call();
    } finally {
      turn.unlock();
    }
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
