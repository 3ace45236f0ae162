package argosy.engine.timeline;

import argosy.engine.closure.WrittenPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  // What came after the last bar as if it were a part of it: most calls are short and like the one
  // before, and cost no object here.
  private long moreTasks;
  private long moreNanos;
  private long moreUntil;

  /// Neighbors that are together no longer than this become one.
  private long grain;

  /// How many tasks of the newest cell are kept no longer.
  private long forgotten;

  /// Makes the last bar longer by tasks that returned, if nobody would see that they are not one.
  ///
  /// @return false if they need a bar of their own
  boolean extend(String cell, @Nullable WrittenPlace place, int count, long begin, long end) {
    if (grain == 0 || !bars.getLast().isOneWith(cell, place, end, grain)) {
      return false;
    }
    moreTasks += count;
    moreNanos += end - begin;
    moreUntil = end;
    return true;
  }

  private void complete() {
    if (moreTasks > 0) {
      Bar last = bars.getLast();
      bars.set(bars.size() - 1, last.longer(moreTasks, moreNanos, moreUntil));
      moreTasks = 0;
      moreNanos = 0;
    }
  }

  void add(Bar bar) {
    complete();
    Bar last = bars.isEmpty() ? null : bars.getLast();
    if (last != null && !last.cell().equals(bar.cell())) {
      grain = 0;
      forgotten = 0;
    } else if (last != null
        && grain > 0
        && last.isOneWith(bar.cell(), bar.place(), bar.end(), grain)) {
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
    complete();
    if (!bars.isEmpty()) {
      bars.set(bars.size() - 1, bars.getLast().lost());
    }
  }

  List<Bar> list() {
    complete();
    return List.copyOf(bars);
  }

  /// {@return how many tasks of the newest cell are no longer among the bars}
  long forgotten() {
    return forgotten;
  }

  /// {@return when the last bar ended, or this if there is none or it ended before}
  long lastEnd(long atLeast) {
    if (bars.isEmpty()) {
      return atLeast;
    }
    long end = moreTasks > 0 ? moreUntil : bars.getLast().end();
    return Math.max(0, end - atLeast) + atLeast; // the clock may pass the largest number
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
    List<Bar> merged = Bar.merged(bars, grain);
    bars.clear();
    bars.addAll(merged);
  }
}
