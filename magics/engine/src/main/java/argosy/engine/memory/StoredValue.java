package argosy.engine.memory;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A large value as it was when it was captured. Safe from any thread.
///
/// Whoever retains it releases it when nobody reads it there any more; with the last release its
/// memory is free. Who cannot tell when that is lets go of the object: the garbage collector does
/// the rest.
public final class StoredValue {

  private static final Cleaner CLEANER = Cleaner.create();

  private sealed interface Content {}

  private record OnHeap(Object array) implements Content {}

  private record Shared(SharedMemory.Lease lease) implements Content {}

  private final long number;
  private final ValueForm form;
  private final Content content;
  private final List<WeakReference<Object>> origins = new ArrayList<>(1); // guarded by itself
  private int users = 1;

  private StoredValue(long number, ValueForm form, Content content) {
    this.number = number;
    this.form = form;
    this.content = content;
  }

  /// A value in memory of this process alone. The array is its own.
  static StoredValue onHeap(long number, ValueForm form, Object array) {
    return new StoredValue(number, form, new OnHeap(array));
  }

  /// A value in shared memory, which it gives back.
  static StoredValue shared(long number, ValueForm form, SharedMemory.Lease lease) {
    StoredValue value = new StoredValue(number, form, new Shared(lease));
    CLEANER.register(value, lease::close);
    return value;
  }

  /// {@return what stands for it in this process and its workers, never used again}
  public long number() {
    return number;
  }

  /// {@return what it is}
  public ValueForm form() {
    return form;
  }

  /// {@return how many bytes it has}
  public long bytes() {
    return form.bytes();
  }

  /// {@return where another process finds it, or null if it has to be sent}
  public @Nullable Range memory() {
    return content instanceof Shared shared ? shared.lease().range() : null;
  }

  /// {@return some of its bytes}
  public byte[] bytes(long start, int count) {
    return switch (content) {
      case OnHeap(Object array) -> ArrayBytes.get(array, start, count);
      case Shared(SharedMemory.Lease lease) -> {
        try {
          yield lease.file().read(lease.range().offset() + start, count);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /// Says that an object had this content when it was captured.
  void cameFrom(Object object) {
    synchronized (origins) {
      origins.removeIf(origin -> origin.refersTo(null));
      if (origins.stream().noneMatch(origin -> origin.refersTo(object))) {
        origins.add(new WeakReference<>(object));
      }
    }
  }

  /// Says that an object has another content now.
  void isGoneFrom(Object object) {
    synchronized (origins) {
      origins.removeIf(origin -> origin.refersTo(object));
    }
  }

  /// {@return whether nobody has an object any more that had this content when somebody looked, as
  /// far as the garbage collector has found, so that hardly anybody will capture it again}
  public boolean isOrphan() {
    synchronized (origins) {
      return origins.stream().allMatch(origin -> origin.refersTo(null));
    }
  }

  /// Keeps the value until [#release].
  ///
  /// @return false if it has been freed already
  public synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  /// Undoes one [#retain], or what whoever stored it has of it.
  public void release() {
    synchronized (this) {
      if (users == 0 || --users > 0) {
        return;
      }
    }
    if (content instanceof Shared(SharedMemory.Lease lease)) {
      lease.close();
    }
  }

  /// {@return whether an array has this content, bit by bit}
  boolean isIn(Object array) {
    return isIn(array, 0, Array.getLength(array));
  }

  /// {@return whether some elements of an array have this content, bit by bit}
  ///
  /// @param from the first of them
  /// @param to the first that is not one of them
  boolean isIn(Object array, int from, int to) {
    return switch (content) {
      case OnHeap(Object own) -> ArrayBytes.isSame(own, array, from, to);
      case Shared(SharedMemory.Lease lease) -> {
        try {
          yield lease.file().holds(lease.range().offset(), array, from, to);
        } catch (IOException e) {
          yield false; // then it is stored once more
        }
      }
    };
  }
}
