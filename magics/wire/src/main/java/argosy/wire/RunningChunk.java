package argosy.wire;

import java.util.concurrent.atomic.AtomicLong;

/// Several calls that run as one, one after the other: how many have begun, and how many may. One
/// thread begins them; any other may take back those that have not begun.
/*
 * Both counts are in one word, so that the two sides always agree on which call is whose; to begin a
 * call costs one atomic addition.
 */
public final class RunningChunk {

  private static final int COUNT_BITS = 32;

  private final long task;

  /// How many may begin, and below that how many have.
  private final AtomicLong counts;

  /// None has begun.
  ///
  /// @param task the number of the first call; the others count on from there
  /// @param count how many there are, at least 1
  public RunningChunk(long task, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a chunk of " + count + " calls");
    }
    this.task = task;
    this.counts = new AtomicLong((long) count << COUNT_BITS);
  }

  /// {@return the number of the first call}
  public long task() {
    return task;
  }

  /// Begins the next call, if there is one that has not been taken back. Only one thread does so.
  ///
  /// @return whether it is to run
  public boolean begin() {
    long before = counts.getAndIncrement();
    return begun(before) < allowed(before);
  }

  /// Takes back the calls that have not begun, but never the first.
  ///
  /// @return the number of the first of them, which the others follow; 0 if there are none
  public long takeBack() {
    while (true) {
      long now = counts.get();
      long kept = Math.max(1, begun(now));
      if (kept >= allowed(now)) {
        return 0;
      }
      if (counts.compareAndSet(now, kept << COUNT_BITS | begun(now))) {
        return task + kept;
      }
    }
  }

  private static long begun(long counts) {
    return (int) counts;
  }

  private static long allowed(long counts) {
    return counts >>> COUNT_BITS;
  }
}
