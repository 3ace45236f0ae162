package argosy.engine.memory;

import argosy.wire.memory.ValueForm;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/// Has the large arrays collected that nobody in this process has any more, before others take
/// their place. Safe from any thread.
/*
 * Why. To the collector a large array is no reason to look for dead ones before most of the largest heap is
 * in use; until then each takes memory that nobody has touched, which costs ten times what filling it does.
 * What was captured costs as much again in shared memory and in every worker, until the collector has found
 * that nobody has it. A loop that makes and captures an array in each turn would fill the machine.
 *
 * When. A collection has to save more than it costs. It takes a time that grows with what is alive, so the
 * arrays that have come since the last one have to be many: against the time that it took, and against all
 * that is in the heap.
 */
public final class DeadArrays {

  /// Smaller ones lie where objects begin, which is collected often.
  static final long LEAST_BYTES = 4 << 20;

  /// Fewer bytes are no reason to collect.
  private static final long WORTH_BYTES = 256L << 20;

  /// So many bytes take the time to touch them in which a collection has to pay for itself.
  private static final long BYTES_PER_NANO = 8;

  /// What a collection takes where little is alive.
  private static final long USUAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /// The first one in a process, or one on a busy machine, says too much of the next: what it is
  /// taken for grows no faster than by this.
  private static final int GROWTH = 2;

  /// What has come has to be this part of what the heap holds: how long it takes to collect the
  /// rest, nobody knows.
  private static final double HEAP_SHARE = 2.0 / 3;

  /// So small a part of its largest size the heap may always have.
  private static final int ROOMY = 8;

  private static final String FREE_RATIO = "MaxHeapFreeRatio";

  private static final ReentrantLock COLLECTING = new ReentrantLock();
  private static final AtomicLong CAME = new AtomicLong();
  private static volatile long costNanos = USUAL_NANOS;

  /// How many bytes the heap held at most after an array had come.
  private static volatile long heldAtMost;

  private DeadArrays() {}

  /// Says that an array has come, or as much shared memory for its content.
  static void came(long bytes) {
    if (bytes >= LEAST_BYTES) {
      CAME.addAndGet(bytes);
    }
  }

  /// Collects if so much has come that it is worth it. The memory stays this process's own.
  ///
  /// @param bytes what is about to come, which is counted when it has
  static void makeRoom(long bytes) {
    if (bytes < LEAST_BYTES || !isWorthIt(CAME.get() + bytes) || !COLLECTING.tryLock()) {
      return; // or somebody is at it
    }
    try {
      if (isWorthIt(CAME.get() + bytes)) {
        collectAndKeep();
      }
    } finally {
      COLLECTING.unlock();
    }
  }

  /// {@return a new array, where dead ones were if the machine would have to find memory for it}
  /*
   * What the heap has held before, the machine has found. As long as the array fits there, the collector
   * finds the dead by itself, those alone, and in a tenth of the time: for that, the heap may grow to a
   * size at which it does so before more is needed.
   */
  static Object newArray(ValueForm form) {
    long bytes = form.bytes();
    if (bytes < LEAST_BYTES) {
      return form.newArray();
    }
    MemoryUsage heap = heap();
    long touched = Math.min(heldAtMost, heap.getCommitted());
    if (heap.getUsed() + bytes > Math.max(touched, Runtime.getRuntime().maxMemory() / ROOMY)) {
      makeRoom(bytes);
    }
    Object array = form.newArray();
    heldAtMost = Math.max(touched, heap().getUsed()); // about so: others may be at it, too
    came(bytes);
    return array;
  }

  private static MemoryUsage heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
  }

  static boolean isWorthIt(long bytes) {
    return bytes >= Math.max(WORTH_BYTES, BYTES_PER_NANO * costNanos)
        && bytes >= HEAP_SHARE * heap().getUsed();
  }

  private static void collectAndKeep() {
    HotSpotDiagnosticMXBean options =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String usual;
    try {
      usual = options.getVMOption(FREE_RATIO).getValue();
      options.setVMOption(FREE_RATIO, "100");
    } catch (IllegalArgumentException e) {
      collect(); // a collector that knows no such option decides for itself
      return;
    }
    try {
      collect();
    } finally {
      options.setVMOption(FREE_RATIO, usual);
    }
  }

  /// Collects. The collector may give memory back.
  ///
  /// @return how many nanoseconds it took
  @SuppressWarnings("SystemGc") // nobody else knows that now is a good moment, and what for
  public static long collect() {
    long start = System.nanoTime();
    CAME.set(0);
    System.gc();
    long nanos = System.nanoTime() - start;
    took(nanos);
    return nanos;
  }

  /// Says what a collection took, for which the next one has to be worth it.
  static void took(long nanos) {
    costNanos = Math.min(nanos, GROWTH * Math.max(costNanos, USUAL_NANOS));
  }
}
