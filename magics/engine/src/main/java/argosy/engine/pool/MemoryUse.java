package argosy.engine.pool;

/// How much memory one worker's process occupies. Measured by any thread, judged by one.
final class MemoryUse {

  private volatile long lastBytes = -1;
  private long tasksDoneWhenLarge = -1;

  /// Looks how much it is now.
  ///
  /// @return the bytes, or -1 if unknown
  long measure(long pid) {
    long bytes = pid < 0 ? -1 : ProcessTable.memoryOf(pid);
    if (bytes >= 0) {
      lastBytes = bytes;
    }
    return bytes;
  }

  /// {@return how much it was when last seen, or -1}
  long lastBytes() {
    return lastBytes;
  }

  /// {@return whether it is more than this, and is so from one task to the next; asked from time to
  /// time by one thread}
  ///
  /// @param isBusy whether a task runs: then its end must have come between two times
  /// @param tasksDone how many tasks have ended there
  boolean keepsMoreThan(long bytes, boolean isBusy, long tasksDone) {
    if (lastBytes <= bytes) {
      tasksDoneWhenLarge = -1;
      return false;
    }
    boolean keeps = !isBusy || (tasksDoneWhenLarge >= 0 && tasksDone > tasksDoneWhenLarge);
    if (tasksDoneWhenLarge < 0) {
      tasksDoneWhenLarge = tasksDone;
    }
    return keeps;
  }
}
