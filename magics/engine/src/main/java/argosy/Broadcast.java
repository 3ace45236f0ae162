package argosy;

import argosy.wire.ResidentObjects;
import org.jspecify.annotations.Nullable;

/// A value of which each worker has one copy, whatever number of tasks use it.
///
/// Made by [Parallel#broadcast]. A task that captures it takes only a number along. The value is for
/// reading: what a task changes in its worker's copy, later tasks there may see. Safe from any
/// thread.
///
/// @param <T> the value
public final class Broadcast<T> implements AutoCloseable {

  private final long id;

  /// The value itself, if no worker has a copy.
  private final @Nullable T carried;

  private final transient @Nullable T here;
  private final transient @Nullable Runnable drop;
  private transient volatile boolean isClosed;

  private Broadcast(long id, @Nullable T carried, T here, @Nullable Runnable drop) {
    this.id = id;
    this.carried = carried;
    this.here = here;
    this.drop = drop;
  }

  /// A value that the workers have under a number.
  ///
  /// @param drop lets the workers forget it
  public static <T> Broadcast<T> placed(long id, T value, Runnable drop) {
    return new Broadcast<>(id, null, value, drop);
  }

  /// A value that travels with whoever captures it.
  public static <T> Broadcast<T> carried(T value) {
    return new Broadcast<>(0, value, value, null);
  }

  /// {@return the value, in whichever process}
  ///
  /// @throws IllegalStateException if it was closed
  public T get() {
    if (isClosed) {
      throw new IllegalStateException("the broadcast value was closed");
    }
    T own = here != null ? here : carried;
    return own != null
        ? own
        : ResidentObjects.<T>get(id);
  }

  /// Lets the workers forget the value. Idempotent; does nothing on a worker.
  @Override
  public void close() {
    if (drop != null && !isClosed) {
      isClosed = true;
      drop.run();
    }
  }

  /// {@return what the value says}
  @Override
  public String toString() {
    return "Broadcast[" + (isClosed ? "closed" : get()) + "]";
  }
}
