package argosy.engine.memory;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The unused parts of some memory. Not safe from several threads.
final class FreeRanges {

  /// From where each begins to how long it is. No two of them touch.
  private final NavigableMap<Long, Long> lengths = new TreeMap<>();

  /// All of it is unused.
  FreeRanges(long bytes) {
    lengths.put(0L, bytes);
  }

  /// Takes a part of the first range that is large enough.
  ///
  /// @return where it begins, or -1 if none is
  long take(long bytes) {
    Optional<Map.Entry<Long, Long>> fitting =
        lengths.entrySet().stream().filter(range -> range.getValue() >= bytes).findFirst();
    if (fitting.isEmpty()) {
      return -1;
    }
    long start = fitting.get().getKey();
    long rest = fitting.get().getValue() - bytes;
    lengths.remove(start);
    if (rest > 0) {
      lengths.put(start + bytes, rest);
    }
    return start;
  }

  /// Takes a part back that [#take] has given.
  void give(long start, long bytes) {
    long from = start;
    long to = start + bytes;
    Map.Entry<Long, Long> before = lengths.lowerEntry(start);
    if (before != null && before.getKey() + before.getValue() == from) {
      from = before.getKey();
    }
    Long after = lengths.remove(to);
    if (after != null) {
      to += after;
    }
    lengths.put(from, to - from);
  }

  /// {@return whether what is before an end is unused}
  boolean reaches(long end) {
    Map.Entry<Long, Long> last = lengths.lastEntry();
    return last != null && last.getKey() + last.getValue() == end;
  }

  /// Gives up what is unused before an end.
  ///
  /// @return the end afterwards
  long trim(long end) {
    return reaches(end) ? lengths.pollLastEntry().getKey() : end;
  }

  /// {@return how much is unused}
  long bytes() {
    return lengths.values().stream().mapToLong(Long::longValue).sum();
  }

  /// {@return whether a part of this length can be taken}
  boolean has(long bytes) {
    return lengths.values().stream().anyMatch(length -> length >= bytes);
  }
}
