package argosy;

import argosy.wire.ArrayText;
import argosy.wire.ResidentObjects;
import argosy.wire.codec.UnshippableException;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A value of which each worker has one copy, whatever number of tasks use it.
///
/// Made by [Parallel#broadcast]. A task that captures it takes only a number along. The value is
/// for reading: what a task changes in its worker's copy, later tasks there may see. Safe from any
/// thread.
///
/// @param <T> the value
public final class Broadcast<T> implements AutoCloseable, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  /// What this process has placed, so that a copy that comes back finds it.
  private static final Map<Long, WeakReference<Broadcast<?>>> PLACED = new ConcurrentHashMap<>();

  private final long id;

  /// The value itself, if no worker has a copy.
  @SuppressWarnings("serial") // what cannot travel is named when it is captured
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
    Broadcast<T> placed = new Broadcast<>(id, null, value, drop);
    PLACED.put(id, new WeakReference<>(placed));
    return placed;
  }

  /// A value that travels with whoever captures it.
  public static <T> Broadcast<T> carried(T value) {
    return new Broadcast<>(0, value, value, () -> {});
  }

  /// {@return the value, in whichever process}
  ///
  /// @throws IllegalStateException if it was closed
  public T get() {
    if (isClosed) {
      throw new IllegalStateException("the broadcast value was closed");
    }
    T own = here != null ? here : carried;
    if (own != null) {
      return own;
    }
    Broadcast<T> original = original();
    return original != null ? original.get() : ResidentObjects.<T>get(id);
  }

  @SuppressWarnings("unchecked") // the same number, so the same value
  private @Nullable Broadcast<T> original() {
    WeakReference<Broadcast<?>> placed = PLACED.get(id);
    return placed == null ? null : (Broadcast<T>) placed.get();
  }

  /// Lets the workers forget the value. Idempotent; does nothing in a task's copy.
  @Override
  public void close() {
    if (drop != null && !isClosed) {
      isClosed = true;
      PLACED.remove(id);
      drop.run();
    }
  }

  /// What travels in place of this.
  ///
  /// @throws UnshippableException after [#close()]
  @Serial
  private Object writeReplace() {
    if (isClosed) {
      throw new UnshippableException(
          "argosy.Broadcast", "it was closed, so that no worker has the value; broadcast it again");
    }
    return this;
  }

  /// {@return what the value says}
  @Override
  public String toString() {
    return "Broadcast[" + (isClosed ? "closed" : ArrayText.of(get())) + "]";
  }
}
