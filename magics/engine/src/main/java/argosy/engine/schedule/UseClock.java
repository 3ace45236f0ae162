package argosy.engine.schedule;

/// How long nobody has used the workers. Times are compared by their distance, because clocks wrap
/// around.
final class UseClock {

  /// How long they may be of no use; 0 for as long as it takes.
  private long restNanos;

  private long unusedSince;
  private boolean isUnused;

  /// From now on they may be of no use for so long; 0 for ever.
  void restAfter(long nanos) {
    restNanos = nanos;
  }

  /// Something has happened.
  ///
  /// @param isUsed whether there are tasks, or no workers that could rest
  void note(boolean isUsed, long now) {
    if (!isUsed && !isUnused) {
      unusedSince = now;
    }
    isUnused = !isUsed;
  }

  /// There are no workers any more.
  void forget() {
    isUnused = false;
  }

  /// {@return whether [#deadline] means anything}
  boolean hasDeadline() {
    return isUnused && restNanos > 0;
  }

  long deadline() {
    return unusedSince + restNanos;
  }

  boolean isTimeToRest(long now) {
    return hasDeadline() && deadline() - now <= 0;
  }
}
