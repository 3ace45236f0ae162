package argosy.engine.schedule;

import java.util.concurrent.TimeUnit;

/// The numbers by which a [Schedule] decides.
///
/// @param graceNanos how long an interrupted task may go on before its worker is ended by force
/// @param batchNanos how long a batch of short tasks should take, when nobody says how many
/// @param backlogNanos how much work a worker may have waiting; tasks that take longer are never
///   sent ahead, so that they wait for whichever worker is free first
/// @param recallNanos how long a task runs before those that wait behind it are taken back for a
///   worker that has nothing to do
/// @param maxBatch the most tasks in a batch that nobody asked for
/// @param maxFrames the most messages that a worker may have waiting
public record SchedulePolicy(
    long graceNanos,
    long batchNanos,
    long backlogNanos,
    long recallNanos,
    int maxBatch,
    int maxFrames) {

  /// Half a second to give in, batches of half a millisecond, two milliseconds of work ahead, which
  /// is taken back after five.
  public static final SchedulePolicy DEFAULT =
      new SchedulePolicy(
          TimeUnit.MILLISECONDS.toNanos(500),
          TimeUnit.MICROSECONDS.toNanos(500),
          TimeUnit.MILLISECONDS.toNanos(2),
          TimeUnit.MILLISECONDS.toNanos(5),
          512,
          64);
}
