package argosy.engine.schedule;

/// How long tasks of one kind take, as a moving average; several jobs may share one. Written under
/// the schedule's lock, read by anyone.
public final class TaskTimes {

  /// The weight of the newest task: the first one, slow because its code is cold, fades within ten.
  private static final double NEWEST = 0.3;

  private volatile long meanNanos;

  /// @param nanos how long each took
  /// @param count of so many
  void add(long nanos, int count) {
    long mean = meanNanos;
    double weight = count == 1 ? NEWEST : 1 - Math.pow(1 - NEWEST, count);
    meanNanos = Math.max(1, mean == 0 ? nanos : (long) (mean + weight * (nanos - mean)));
  }

  /// {@return the average in nanoseconds, or 0 if no task has ended yet}
  public long meanNanos() {
    return meanNanos;
  }
}
