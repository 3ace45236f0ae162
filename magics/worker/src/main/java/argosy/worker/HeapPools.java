package argosy.worker;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The two parts of a heap that is no set of regions: where objects begin, and where they stay. The
/// free part of each is one range of addresses, and its pages stay the process's own.
///
/// @param eden where objects begin
/// @param old where those that stay are, and those that are larger than eden
/*
 * To give free memory back, arrays of zeros fill it, and the memory is taken away from under them.
 * Where an array goes depends on its size: one that is larger than eden begins among the old, and one
 * that fits into what is free of eden begins there.
 *
 * They come one after the other, so that no more pages than those of one are touched at a time, and
 * stay until all are there. None of them may be the one that the heap has no room for, whatever other
 * threads do meanwhile: that would end the process. So there is always room for one more of them.
 */
record HeapPools(MemoryPoolMXBean eden, MemoryPoolMXBean old) {

  /// The arrays are so large, if they may.
  private static final long PIECE_BYTES = 256L << 20;

  /// What a pool needs for itself while its free part is filled.
  private static final long MARGIN_BYTES = 1 << 20;

  /// {@return the pools of this process, unless its heap consists of regions, which are given back
  /// one by one}
  static Optional<HeapPools> find() {
    MemoryPoolMXBean eden = null;
    MemoryPoolMXBean old = null;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      switch (pool.getName()) {
        case "Eden Space", "PS Eden Space" -> eden = pool;
        case "Tenured Gen", "PS Old Gen" -> old = pool;
        default -> {
          // not one to be filled
        }
      }
    }
    return eden == null || old == null ? Optional.empty() : Optional.of(new HeapPools(eden, old));
  }

  /// {@return how many bytes lie where objects stay, dead or not}
  long oldBytes() {
    return old.getUsage().getUsed();
  }

  /// Gives back the memory that is free in both, for as long as it is worth it. What is left is
  /// garbage.
  void releaseFree(BooleanSupplier isWorthIt) {
    List<long[]> fill = new ArrayList<>();
    if (isWorthIt.getAsBoolean()) {
      release(old, eden.getUsage().getCommitted(), fill);
    }
    if (isWorthIt.getAsBoolean()) {
      release(eden, 0, fill);
    }
  }

  private void release(MemoryPoolMXBean pool, long tooFewBytes, List<long[]> fill) {
    MemoryUsage usage = pool.getUsage();
    long free = usage.getCommitted() - usage.getUsed() - MARGIN_BYTES;
    long count = Math.max(1, free / Math.max(PIECE_BYTES, tooFewBytes + MARGIN_BYTES));
    long bytes = free / count;
    if (bytes <= tooFewBytes || bytes / Long.BYTES > Integer.MAX_VALUE - MARGIN_BYTES) {
      return;
    }
    for (long i = 0; i < count && hasRoomFor(2 * bytes); i++) {
      long[] zeros = new long[(int) (bytes / Long.BYTES)];
      fill.add(zeros);
      if (!ZeroPages.release(zeros)) {
        return;
      }
    }
  }

  private boolean hasRoomFor(long bytes) {
    MemoryUsage usage = old.getUsage();
    return usage.getMax() - usage.getUsed() >= bytes;
  }
}
