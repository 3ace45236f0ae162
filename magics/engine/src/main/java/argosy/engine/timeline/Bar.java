package argosy.engine.timeline;

import argosy.engine.closure.WrittenPlace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tasks of one kind that one worker ran without a gap that anybody would see. Times are those of
/// `System.nanoTime`.
///
/// @param cell what the user calls the place where they were asked for, such as `Cell [3]`
/// @param place where their function is written, or null if nobody knows
/// @param number that of the first
/// @param count how many they are
/// @param begin when the first began
/// @param end when the last ended, or now
/// @param busyNanos how much of that time they ran
/// @param wayNanos how long before it they were on their way to the worker, and nothing else ran
/// @param ends how those ended that did not return
/// @param isRunning whether the last has not ended
public record Bar(
    String cell,
    @Nullable WrittenPlace place,
    long number,
    long count,
    long begin,
    long end,
    long busyNanos,
    long wayNanos,
    Ends ends,
    boolean isRunning) {

  /// How tasks ended that did not return.
  ///
  /// @param failed how many threw
  /// @param stopped how many were cancelled, or took longer than they may
  /// @param lost how many ended with their worker
  public record Ends(int failed, int stopped, int lost) {

    /// All returned.
    public static final Ends NONE = new Ends(0, 0, 0);

    Ends and(Ends more) {
      if (more.equals(NONE)) {
        return this;
      }
      return new Ends(failed + more.failed, stopped + more.stopped, lost + more.lost);
    }
  }

  /// {@return whether the user would call both the same}
  public boolean isLike(Bar other) {
    return cell.equals(other.cell) && Objects.equals(place, other.place);
  }

  /// {@return this and one after it as one}
  public Bar and(Bar next) {
    // What was on its way before the next one is a gap within this.
    return new Bar(
        cell,
        place,
        number,
        count + next.count,
        begin,
        Math.max(end, next.end),
        busyNanos + next.busyNanos,
        wayNanos,
        ends.and(next.ends),
        next.isRunning);
  }

  /// {@return this and tasks like it, which returned}
  Bar longer(long tasks, long nanos, long until) {
    return new Bar(
        cell, place, number, count + tasks, begin, until, busyNanos + nanos, wayNanos, ends, false);
  }

  /// {@return the same with the end of its last task put down to the end of its worker}
  Bar lost() {
    return new Bar(
        cell,
        place,
        number,
        count,
        begin,
        end,
        busyNanos,
        wayNanos,
        new Ends(ends.failed(), Math.max(0, ends.stopped() - 1), ends.lost() + 1),
        false);
  }
}
