package argosy.engine.timeline;

import argosy.engine.closure.WrittenPlace;
import java.util.ArrayList;
import java.util.List;
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

  /// {@return bars, neighbors of one kind as one if they are together no longer than this}
  public static List<Bar> merged(List<Bar> bars, long nanos) {
    List<Bar> merged = new ArrayList<>();
    for (Bar bar : bars) {
      Bar last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.isOneWith(bar.cell, bar.place, bar.end, nanos)) {
        merged.set(merged.size() - 1, last.and(bar));
      } else {
        merged.add(bar);
      }
    }
    return merged;
  }

  /// Whether what follows this is of its kind, and both are together no longer than this.
  boolean isOneWith(String nextCell, @Nullable WrittenPlace nextPlace, long until, long nanos) {
    return until - begin <= nanos && isLike(nextCell, nextPlace);
  }

  /// {@return whether the user would call both the same}
  public boolean isLike(Bar other) {
    return isLike(other.cell, other.place);
  }

  private boolean isLike(String otherCell, @Nullable WrittenPlace otherPlace) {
    return cell.equals(otherCell) && Objects.equals(place, otherPlace);
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
