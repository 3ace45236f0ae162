package argosy.wire.codec;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// What threads share, as far as it means something in another process: free locks and finished
/// futures.
final class ConcurrencyCoders {

  private ConcurrencyCoders() {}

  /// {@return the coder for exactly this class, or null}
  static @Nullable Coder<?> of(Class<?> type) {
    if (type == CompletableFuture.class) {
      return new OfFuture();
    }
    if (type == ReentrantLock.class || type == ReentrantReadWriteLock.class) {
      return new OfLock(type);
    }
    return null;
  }

  /// A future that has its value.
  private static final class OfFuture extends Coder<CompletableFuture<@Nullable Object>> {

    @Override
    void write(GraphWriter writer, CompletableFuture<@Nullable Object> future) {
      if (!future.isDone()) {
        throw new UnshippableException(
            CompletableFuture.class.getName(),
            new Remedy(
                "it has no value yet; wait for it with join() and capture the value",
                "it has no value yet; wait for it with join() and return the value"));
      }
      boolean failed = future.isCompletedExceptionally();
      writer.out().writeBoolean(failed);
      writer.value(failed ? failure(future) : future.join());
    }

    private static @Nullable Throwable failure(CompletableFuture<@Nullable Object> future) {
      return future
          .<@Nullable Throwable>handle((value, thrown) -> thrown)
          .exceptionally(thrown -> thrown)
          .join();
    }

    @Override
    CompletableFuture<@Nullable Object> read(
        GraphReader reader, Class<? extends CompletableFuture<@Nullable Object>> type, int id) {
      CompletableFuture<@Nullable Object> future = new CompletableFuture<>();
      reader.reference(id, future);
      boolean failed = reader.in().readBoolean();
      Object value = reader.value();
      if (failed && value instanceof Throwable thrown) {
        future.completeExceptionally(thrown);
      } else if (failed) {
        future.completeExceptionally(new CompletionException("the cause is lost", null));
      } else {
        future.complete(value);
      }
      return future;
    }
  }

  /// A lock that nobody holds. The JDK's own collections hold theirs while they are written.
  private static final class OfLock extends Coder<Object> {

    private final HookCoder fields;

    OfLock(Class<?> type) {
      fields = new HookCoder(type, null);
    }

    @Override
    void write(GraphWriter writer, Object lock) {
      if (isHeld(lock) && !writer.isInsidePlatformHook()) {
        throw new UnshippableException(
            lock.getClass().getName() + " that is held",
            new Remedy(
                "unlock it before the task is made; locks hold only within one process",
                "unlock it before the task ends; locks hold only within one process"));
      }
      fields.write(writer, lock);
    }

    private static boolean isHeld(Object lock) {
      if (lock instanceof ReentrantLock plain) {
        return plain.isLocked();
      }
      return lock instanceof ReentrantReadWriteLock both
          && (both.isWriteLocked() || both.getReadLockCount() > 0);
    }

    @Override
    Object read(GraphReader reader, Class<?> type, int id) {
      return fields.read(reader, type, id);
    }
  }
}
