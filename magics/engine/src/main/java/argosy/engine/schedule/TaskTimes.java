package argosy.engine.schedule;

/// How long tasks of one kind take, as a moving average; several jobs may share one. Written under
/// the schedule's lock, read by anyone.
public final class TaskTimes {

  /// The weight of the newest task: the first one, slow because its code is cold, fades within ten.
  private static final double NEWEST = 0.3;

  private volatile long meanNanos;

  void add(long nanos) {
    long mean = meanNanos;
    meanNanos = Math.max(1, mean == 0 ? nanos : (long) (mean + NEWEST * (nanos - mean)));
  }

  /// {@return the average in nanoseconds, or 0 if no task has ended yet}
  public long meanNanos() {
    return meanNanos;
  }
}
