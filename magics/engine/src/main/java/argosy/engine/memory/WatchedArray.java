package argosy.engine.memory;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.ArrayKind;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A large array of which the system tells where it may have changed since somebody looked, so that
/// nobody has to look at all of it again. Safe from any thread.
/*
 * Why it is never wrong. The system notes writes to the pages that the array had when they were begun to
 * be watched. Whoever asks looks first where the array is: if it has moved, nothing is known. If it is
 * there and a page has not been written, the array has in that page what it had, for the collector
 * writes what it moves, even if it moves it back. What the first and the last page share with other
 * objects is not watched, and always said to be written.
 *
 * The system notes a write once, for whoever asks first. So no page belongs to two of these: whoever begins
 * to watch one makes those void that had it before, and one lock is held for both.
 */
final class WatchedArray {

  /// Of smaller ones everything is read before the system has answered; and the collector moves
  /// them.
  private static final long LEAST_BYTES = 4 << 20;

  /// Elements that may have changed.
  ///
  /// @param from the first
  /// @param to the first that is not one of them
  record Elements(int from, int to) {}

  private static final Set<WatchedArray> ALL = new HashSet<>(); // guarded by itself

  private final WrittenPages system;
  private final long address;
  private final WrittenPages.Span pages;

  private WatchedArray(WrittenPages system, long address, WrittenPages.Span pages) {
    this.system = system;
    this.address = address;
    this.pages = pages;
  }

  /// {@return whether an array is large enough to be watched, and of a kind that can be}
  static boolean isWorthIt(Object array) {
    return !(array instanceof boolean[]) && ArrayBytes.size(array) >= LEAST_BYTES;
  }

  /// {@return an array that is watched from now on, or null if it is not worth it or the system
  /// does not watch it}
  static @Nullable WatchedArray of(Object array, @Nullable WrittenPages system) {
    if (system == null || !isWorthIt(array)) {
      return null;
    }
    MemorySegment segment = segmentOf(array);
    long address = system.addressOf(segment);
    long mask = WrittenPages.ALIGNMENT - 1;
    WrittenPages.Span pages =
        new WrittenPages.Span((address + mask) & ~mask, (address + segment.byteSize()) & ~mask);
    synchronized (ALL) {
      ALL.removeIf(other -> other.pages.overlaps(pages));
      if (!system.watch(pages)) {
        return null;
      }
      WatchedArray watched = new WatchedArray(system, address, pages);
      ALL.add(watched);
      return watched;
    }
  }

  /// {@return what may have changed since the last call, or since it is watched; null if that may
  /// be all of it}
  ///
  /// @param array the one that is watched
  @Nullable List<Elements> changed(Object array) {
    List<WrittenPages.Span> written;
    synchronized (ALL) {
      written =
          ALL.contains(this) && system.addressOf(segmentOf(array)) == address
              ? system.written(pages)
              : null;
    }
    if (written == null) {
      return null;
    }
    long bytes = ArrayBytes.size(array);
    List<WrittenPages.Span> all = new ArrayList<>(written);
    all.add(new WrittenPages.Span(address, pages.from()));
    all.add(new WrittenPages.Span(pages.to(), address + bytes));
    int each = ArrayKind.of(array).elementBytes();
    return all.stream()
        .map(span ->
            new Elements(
                (int) ((span.from() - address) / each), (int) ((span.to() - address) / each)))
        .toList();
  }

  /// Watches it no longer.
  void forget() {
    synchronized (ALL) {
      if (ALL.remove(this)) {
        system.forget(pages);
      }
    }
  }

  private static MemorySegment segmentOf(Object array) {
    return switch (array) {
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case char[] chars -> MemorySegment.ofArray(chars);
      case short[] shorts -> MemorySegment.ofArray(shorts);
      case int[] ints -> MemorySegment.ofArray(ints);
      case long[] longs -> MemorySegment.ofArray(longs);
      case float[] floats -> MemorySegment.ofArray(floats);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      default -> throw new IllegalArgumentException("not watched: " + array.getClass());
    };
  }
}
