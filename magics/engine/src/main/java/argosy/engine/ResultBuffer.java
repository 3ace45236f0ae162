package argosy.engine;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Results that wait to be handed out: in the order of their inputs, or in that in which they came.
/// Confined to one thread.
@SuppressWarnings("ReferenceEquality") // the mark of a result that is null is an object of its own
final class ResultBuffer {

  /// A result that is an exception to be thrown.
  private record Failure(Throwable cause) {}

  /// Stands for a result that is null: a place without a result is.
  private static final Object NULL = new Object();

  private final boolean isOrdered;

  /// A ring; its length is a power of two. The result of input `i` is at `i & (length - 1)`.
  private @Nullable Object[] ring = new @Nullable Object[16];

  /// The input whose result is handed out next.
  private long head;

  /// If the order does not matter: how many results have come.
  private long arrived;

  ResultBuffer(boolean isOrdered) {
    this.isOrdered = isOrdered;
  }

  void put(long index, @Nullable Object value) {
    long place = isOrdered ? index : arrived++;
    if (place - head >= ring.length) {
      grow(place);
    }
    ring[(int) (place & (ring.length - 1))] = value == null ? NULL : value;
  }

  /// Puts what is thrown when its turn comes.
  void putFailure(long index, Throwable cause) {
    put(index, new Failure(cause));
  }

  private void grow(long place) {
    int length = ring.length;
    while (place - head >= length) {
      length *= 2;
    }
    @Nullable Object[] larger = new @Nullable Object[length];
    for (long i = head; i < head + ring.length; i++) {
      larger[(int) (i & (length - 1))] = ring[(int) (i & (ring.length - 1))];
    }
    ring = larger;
  }

  /// {@return how many results have been handed out}
  long handedOut() {
    return head;
  }

  boolean hasNext() {
    return ring[(int) (head & (ring.length - 1))] != null;
  }

  /// {@return the next result}
  ///
  /// @throws Throwable the exception that is the next result
  @Nullable Object next() throws Throwable {
    int place = (int) (head & (ring.length - 1));
    Object value = ring[place];
    if (value == null) {
      throw new NoSuchElementException("the next result is not there yet");
    }
    ring[place] = null;
    head++;
    if (value instanceof Failure(Throwable cause)) {
      throw cause;
    }
    return value == NULL ? null : value;
  }
}
