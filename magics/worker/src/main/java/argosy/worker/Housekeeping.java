package argosy.worker;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// What a worker does about its heap while there is nothing else to do. Confined to the thread that
/// runs tasks.
/*
 * At once. The first touch of a page costs many times what a copy to it does, so arrays that have
 * come and gone are collected before others take the heap's next pages: the heap then stays as large
 * as it was (`-XX:MaxHeapFreeRatio=100`), and the next array finds pages that have been touched. That
 * is done when it costs less than it saves, and not for those that lie where objects begin: there the
 * next one that finds no place makes the collector take the dead away in a moment.
 *
 * Later. After some seconds without a task, nothing is spared for the next one: what is not in use
 * is collected, the heap shrinks as far as its collector does that, and the pages of what is left
 * free go as well. What the worker holds for later tasks stays.
 */
final class Housekeeping {

  /// After so long without a task a worker is idle.
  static final long IDLE_MILLIS = TimeUnit.SECONDS.toMillis(3);

  /// What is left after so many rests in a row is in use.
  static final int MOST_RESTS = 3;

  /// Fewer bytes of large values are no reason to collect.
  private static final long LEAST_BYTES = 64L << 20;

  /// So many bytes take the time to touch them in which a collection has to pay for itself.
  private static final long BYTES_PER_NANO = 4;

  /// Less is not worth the while: the memory is needed again as soon as tasks come.
  private static final long WORTH_GIVING_BYTES = 32L << 20;

  /// So many collections leave no garbage.
  private static final int MAX_ROUNDS = 4;

  private static final String FREE_RATIO = "MaxHeapFreeRatio";
  private static final String LEAST_FREE_RATIO = "MinHeapFreeRatio";
  private static final Path SIZES = Path.of("/proc/self/statm");

  /// Looked for when they are needed first: it takes a worker's start some milliseconds.
  private static final class Pools {
    static final Optional<HeapPools> FOUND = HeapPools.find();
  }

  private final LongSupplier largeBytes;
  private long largeBytesCollected;
  private long collectionNanos;

  /// How many bytes lay where those that stay do, after the last collection.
  private long oldBytesCollected;

  /// How many bytes the process had of its own at first.
  private final long firstBytes = ownBytes();

  /// How many it had when there was nothing more to give.
  private long leastBytes = firstBytes;

  private boolean hasRested;

  /// Whether there may be more to give than then.
  private boolean hasForgotten;

  /// @param largeBytes how many bytes of large values have come and gone so far
  Housekeeping(LongSupplier largeBytes) {
    this.largeBytes = largeBytes;
  }

  /// Collects what large values have left, if that is worth it.
  void tidyUp() {
    long bytes = largeBytes.getAsLong();
    long least = Math.max(LEAST_BYTES, BYTES_PER_NANO * collectionNanos);
    if (bytes - largeBytesCollected < least) {
      return;
    }
    if (Pools.FOUND.isPresent() && Pools.FOUND.get().oldBytes() - oldBytesCollected < least) {
      largeBytesCollected = bytes; // they lie where dead objects cost nothing
      return;
    }
    collect();
  }

  /// Gives the machine the memory back that nothing here uses. No task has come for a while.
  ///
  /// @param closedBytes how many bytes of files were mapped that have just been closed
  /// @return whether there is still more than there should be
  boolean rest(long closedBytes) {
    if (hasForgotten) {
      leastBytes = Math.min(leastBytes, firstBytes); // some of that was what is now forgotten
    }
    hasRested = hasForgotten || hasMuchToGive();
    hasForgotten = false;
    if (!hasRested) {
      if (closedBytes >= WORTH_GIVING_BYTES) {
        collect(); // they are mapped until then
      }
      return false;
    }
    shrink();
    Pools.FOUND.ifPresent(each -> each.releaseFree(this::hasMuchToGive));
    collect();
    NativeHeap.trim();
    return hasMuchToGive();
  }

  /// A large value is kept no longer.
  void forgot() {
    hasForgotten = true;
  }

  /// A task has come after a rest.
  /*
   * Some collectors give memory back behind the scenes, so only now it is known how much was left.
   */
  void wakeUp() {
    long bytes = ownBytes();
    leastBytes = hasRested ? bytes : Math.min(leastBytes, bytes);
  }

  private boolean hasMuchToGive() {
    return ownBytes() - leastBytes >= WORTH_GIVING_BYTES;
  }

  @SuppressWarnings("SystemGc") // nobody else knows that now is a good moment
  private void collect() {
    long start = System.nanoTime();
    System.gc();
    collectionNanos = System.nanoTime() - start;
    oldBytesCollected = Pools.FOUND.map(HeapPools::oldBytes).orElse(0L);
    largeBytesCollected = largeBytes.getAsLong();
  }

  private void shrink() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    try {
      String usual = options.getVMOption(FREE_RATIO).getValue();
      options.setVMOption(FREE_RATIO, options.getVMOption(LEAST_FREE_RATIO).getValue());
      collectAll();
      options.setVMOption(FREE_RATIO, usual);
    } catch (IllegalArgumentException e) {
      collectAll(); // a collector that knows no such option decides for itself
    }
  }

  /*
   * A collection may leave some garbage where it lies, a part of what the heap holds, because moving
   * the rest over it is not worth it. Of a heap that was large a part is much.
   */
  private void collectAll() {
    long freed;
    long left = usedBytes();
    int rounds = 0;
    do {
      long before = left;
      collect();
      left = usedBytes();
      freed = before - left;
      rounds++;
    } while (freed >= Math.max(WORTH_GIVING_BYTES, left) && rounds < MAX_ROUNDS);
  }

  private static long usedBytes() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /// {@return how much memory this process has that no other one sees, or 0 if unknown}
  private static long ownBytes() {
    try {
      String[] pages = Files.readString(SIZES).split(" ", 4);
      return (Long.parseLong(pages[1]) - Long.parseLong(pages[2])) * ZeroPages.PAGE_BYTES;
    } catch (IOException | NumberFormatException e) {
      return 0; // no such system
    }
  }
}
