package argosy.engine.timeline;

import java.util.ArrayList;
import java.util.List;

/// What one worker did, in bounded memory. Guarded by its caller.
/*
 * When there is no room left, the oldest bars go, if they are not of the cell that is drawing now: of
 * that one, neighbors of one kind become one bar, first the shortest. So a job of a million tasks is
 * kept from its beginning, as finely as anybody could see, and a job of a thousand as it was.
 */
final class Bars {

  /// A picture has fewer points from left to right.
  static final int CAPACITY = 2048;

  /// As long as this is free after room was made, it was worth it.
  private static final int ROOM = CAPACITY / 4;

  private final List<Bar> bars = new ArrayList<>();

  /// Neighbors that are together no longer than this become one.
  private long grain;

  /// How many tasks of the newest cell are kept no longer.
  private long forgotten;

  void add(Bar bar) {
    Bar last = bars.isEmpty() ? null : bars.getLast();
    if (last != null && !last.cell().equals(bar.cell())) {
      grain = 0;
      forgotten = 0;
    } else if (last != null && isOne(last, bar)) {
      bars.set(bars.size() - 1, last.and(bar));
      return;
    }
    if (bars.size() == CAPACITY) {
      makeRoom(bar.cell());
    }
    bars.add(bar);
  }

  /// The last task did not end by itself, but with its worker.
  void blameLast() {
    if (!bars.isEmpty()) {
      bars.set(bars.size() - 1, bars.getLast().lost());
    }
  }

  List<Bar> list() {
    return List.copyOf(bars);
  }

  /// {@return how many tasks of the newest cell are no longer among the bars}
  long forgotten() {
    return forgotten;
  }

  /// {@return when the last bar ended, or this if there is none or it ended before}
  long lastEnd(long atLeast) {
    return bars.isEmpty() || bars.getLast().end() - atLeast < 0 ? atLeast : bars.getLast().end();
  }

  private boolean isOne(Bar first, Bar second) {
    return grain > 0 && second.end() - first.begin() <= grain && first.isLike(second);
  }

  private void makeRoom(String cell) {
    List<Bar> oldest = bars.subList(0, ROOM);
    if (oldest.stream().noneMatch(bar -> bar.cell().equals(cell))) {
      oldest.clear();
      return;
    }
    long span = bars.getLast().end() - bars.getFirst().begin();
    grain = Math.max(grain, span / (8L * CAPACITY) + 1);
    while (bars.size() > CAPACITY - ROOM && grain < span) {
      grain *= 2;
      merge();
    }
    if (bars.size() > CAPACITY - ROOM) {
      // Kinds take turns, so that nothing is beside its like.
      List<Bar> gone = bars.subList(0, ROOM);
      forgotten += gone.stream().filter(bar -> bar.cell().equals(cell)).mapToLong(Bar::count).sum();
      gone.clear();
    }
  }

  private void merge() {
    int kept = 0;
    for (int i = 1; i < bars.size(); i++) {
      Bar last = bars.get(kept);
      Bar next = bars.get(i);
      if (isOne(last, next)) {
        bars.set(kept, last.and(next));
      } else {
        kept++;
        bars.set(kept, next);
      }
    }
    bars.subList(kept + 1, bars.size()).clear();
  }
}
