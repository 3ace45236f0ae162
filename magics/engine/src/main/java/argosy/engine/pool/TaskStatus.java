package argosy.engine.pool;

import argosy.engine.schedule.Standing;
import java.time.Duration;

/// One task as `%tasks` shows it, or several that travel as one.
///
/// @param number that of the first, by which it can be cancelled
/// @param count how many they are
/// @param name what its caller calls it, such as `input 5`, or nothing
/// @param phase what happens to it
/// @param worker which worker has it, or 0
/// @param pid that worker's process, or -1
/// @param time how long it has been running if it runs, else how long ago it was submitted
/// @param tries the how-manieth try it is
/// @param caller who has asked for it
public record TaskStatus(
    long number,
    int count,
    String name,
    Standing.Phase phase,
    int worker,
    long pid,
    Duration time,
    int tries,
    Caller caller) {

  /// {@return whether a worker has begun with it}
  public boolean hasBegun() {
    return switch (phase) {
      case WAITING, QUEUED, SENT -> false;
      case RUNNING, ABANDONED, ENDING -> true;
    };
  }

  /// {@return whether a number is one of its own}
  public boolean hasNumber(long task) {
    return task >= number && task < number + count;
  }

  /// @param pid that of its worker, or -1
  static TaskStatus of(Standing<?> standing, CallListener listener, long pid, long now) {
    int count = standing.calls();
    String first = listener.what(0);
    String name = count == 1 || first.isEmpty() ? first : first + " to " + listener.what(count - 1);
    return new TaskStatus(
        standing.number(),
        count,
        name,
        standing.phase(),
        standing.worker(),
        pid,
        Duration.ofNanos(Math.max(0, now - standing.since())),
        listener.tries(),
        listener.caller());
  }
}
