package argosy.wire.codec;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/// Locks and semaphores, which keep threads of one process apart.
/*
 * A copy of one in another process guards nothing. Where an object has a lock of its own, that is what
 * is right: the copy of the object has the copy of the lock, as with Java's serialization, and all
 * threads there that use the object meet at it. A lock that a variable holds, or that a lambda
 * captures by itself, was meant to stand between tasks, and would do so in silence no longer.
 */
public final class Guards {

  private static final Remedy REMEDY =
      new Remedy(
          "each worker would get a copy of its own, which keeps nobody out, and what tasks change are"
              + " copies, too; let them return what they find, or count with getAndAdd of Shared; with"
              + " --backend threads it works",
          "here it would be a copy, which keeps nobody out; return the data only");

  private Guards() {}

  /// Refuses a variable that holds one, or an array or collection of them.
  ///
  /// @throws UnshippableException if it does
  public static void refuse(@Nullable Object value) {
    if (value != null && isGuard(value)) {
      throw new UnshippableException(KnownName.of(value.getClass()), REMEDY);
    }
    Object element = first(value);
    if (element != null && isGuard(element)) {
      throw new UnshippableException(KnownName.of(element.getClass()), REMEDY).at("its elements");
    }
  }

  private static boolean isGuard(Object value) {
    return value instanceof Lock
        || value instanceof ReadWriteLock
        || value instanceof StampedLock
        || value instanceof Condition
        || value instanceof Semaphore;
  }

  /// What one element of a collection is, the others are, too.
  private static @Nullable Object first(@Nullable Object value) {
    if (value instanceof Object[] array) {
      return array.length == 0 ? null : array[0];
    }
    if (value == null || !value.getClass().getName().startsWith("java.util.")) {
      return null;
    }
    Collection<?> elements =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof Collection<?> all ? all : List.of();
    Iterator<?> first = elements.iterator(); // another thread may be emptying it
    return first.hasNext() ? first.next() : null;
  }
}
