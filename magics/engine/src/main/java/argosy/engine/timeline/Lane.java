package argosy.engine.timeline;

import java.util.List;

/// What one worker did. Times are those of `System.nanoTime`.
///
/// @param backend `processes`, `threads` or `sequential`
/// @param worker its number; 0 for the thread that asks for results itself
/// @param since when it could take its first task
/// @param until when it ended, or now
/// @param bars in the order in which they ran
/// @param forgotten how many tasks of the last cell are no longer among the bars
public record Lane(
    String backend, int worker, long since, long until, List<Bar> bars, long forgotten) {

  /// Copies.
  public Lane {
    bars = List.copyOf(bars);
  }
}
