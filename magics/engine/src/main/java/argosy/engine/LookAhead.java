package argosy.engine;

import argosy.engine.schedule.TaskTimes;
import java.util.concurrent.TimeUnit;

/// How many inputs of a job are out at a time, and how many go together, by the time that its tasks
/// take.
///
/// @param times what is known of that time
/// @param parallelism how many workers there are
/// @param batch how many inputs go together because somebody said so; 0 if nobody did
/// @param size how many inputs there are, or -1 if nobody knows
/// @param isAlone whether every task must travel alone, because its time is limited
record LookAhead(TaskTimes times, int parallelism, int batch, long size, boolean isAlone) {

  /// As many inputs are out as the workers do in this time, so that a slow function over an endless
  /// stream reads only a few of them, and a fast one is never short of work.
  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final int MAX_AHEAD = 1 << 15;

  /// What goes together should take this long: a message costs a hundredth of it.
  private static final long CHUNK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /// Less than this is not worth a message of its own.
  private static final long WORTHWHILE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private static final int MAX_CHUNK = 4096;

  /// {@return how many inputs may be out}
  int window() {
    long mean = times.meanNanos();
    long ahead = mean == 0 ? 2 : 2 + AHEAD_NANOS / mean;
    return (int) Math.min(MAX_AHEAD, parallelism * Math.max(ahead, 4L * batch));
  }

  /// {@return how many inputs of a stream may be out or have results that nobody has taken yet}
  int untaken() {
    return (int) Math.min(MAX_AHEAD, 4L * window());
  }

  /// {@return how many inputs are to be one call}
  ///
  /// @param read how many inputs have been read
  int chunk(long read) {
    if (isAlone) {
      return 1;
    }
    if (batch > 0) {
      return batch;
    }
    long mean = times.meanNanos();
    if (mean == 0) {
      return 1;
    }
    // Towards the end they get smaller, so that all workers end at the same time.
    long left = size < 0 ? Long.MAX_VALUE : size - read;
    long fair = Math.max(left / (2L * parallelism), Math.min(left, WORTHWHILE_NANOS / mean));
    long ahead = window() / (4L * parallelism);
    return (int)
        Math.max(1, Math.min(Math.min(MAX_CHUNK, CHUNK_NANOS / mean), Math.min(fair, ahead)));
  }
}
