package argosy.engine.timeline;

import argosy.engine.host.Host;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One worker's part of the [Timeline]. Safe from any thread.
/*
 * When a task ran. A worker says how long its tasks took, not when: the clocks of two processes differ
 * by more than a task. What is known is when it was sent the task, when that before it had ended, and
 * when the answer came. An answer to the last task that a worker has comes at once. One with others
 * behind it may have waited for company, but no longer than two milliseconds; the task began no earlier
 * than that, nor than what is known besides. So bars never overlap, never reach beyond now, and are as
 * long as the worker says.
 */
public final class Track {

  private static final long COMPANY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Host host;
  private final String backend;
  private final int worker;
  private final long since;
  private final Bars bars = new Bars();

  /// What the worker has not ended.
  private final ArrayDeque<Work> open = new ArrayDeque<>();

  private long until;
  private boolean hasEnded;
  private @Nullable Object lastScope;
  private String lastCell = "";

  Track(Host host, String backend, int worker, long since) {
    this.host = host;
    this.backend = backend;
    this.worker = worker;
    this.since = since;
  }

  /// The worker was sent a call.
  public synchronized void sent(Work work) {
    open.add(work);
  }

  /// The worker will not begin a call that it was sent.
  ///
  /// @param number that of the first, if it is several
  public synchronized void recalled(long number) {
    Work _ = take(number);
  }

  /// The worker has ended a call that it was sent.
  ///
  /// @param number that of the first, if it is several
  public synchronized void ended(long number, WorkEnd end, long now) {
    Work work = take(number);
    if (work != null && end.nanos() > 0) {
      add(work, end, now);
    }
  }

  /// A call that nobody was told of before has ended.
  public synchronized void ran(Work work, WorkEnd end, long now) {
    add(work, end, now);
  }

  /// The worker is gone.
  ///
  /// @param running the number of the task that it ran, or 0
  public synchronized void lost(long running, long now) {
    for (Work work : open) {
      long before = running - work.number();
      if (before >= 0 && before < work.count()) {
        long began = bars.lastEnd(work.since());
        add(work, new WorkEnd((int) before + 1, 0, Math.max(1, now - began), true), now);
      }
    }
    open.clear();
    until = now;
    hasEnded = true;
  }

  /// What seemed to be stopped last was ended by the end of the worker.
  public synchronized void blameLast() {
    bars.blameLast();
  }

  synchronized boolean hasEnded() {
    return hasEnded;
  }

  synchronized Lane lane(long now) {
    List<Bar> all = new ArrayList<>(bars.list());
    Work running = open.peekFirst();
    if (running != null) {
      long began = bars.lastEnd(running.since());
      all.add(
          new Bar(
              cell(running.scope()),
              running.place(),
              running.number(),
              running.count(),
              began,
              Math.max(began, now),
              Math.max(0, now - began),
              0,
              Bar.Ends.NONE,
              true));
    }
    return new Lane(backend, worker, since, hasEnded ? until : now, all, bars.forgotten());
  }

  private @Nullable Work take(long number) {
    Work first = open.peekFirst();
    if (first != null && first.number() == number) {
      return open.pollFirst();
    }
    for (Iterator<Work> each = open.iterator(); each.hasNext(); ) {
      Work work = each.next();
      if (work.number() == number) {
        each.remove();
        return work;
      }
    }
    return null;
  }

  private void add(Work work, WorkEnd end, long now) {
    long earliest = bars.lastEnd(work.since());
    long company = open.isEmpty() ? 0 : COMPANY_NANOS;
    long begin = Math.max(0, now - company - end.nanos() - earliest) + earliest;
    long finish = Math.max(begin, Math.min(now, begin + end.nanos()));
    String cell = cell(work.scope());
    boolean hasReturned = !end.isStopped() && end.failures() == 0;
    if (hasReturned && bars.extend(cell, work.place(), end.count(), begin, finish)) {
      return;
    }
    bars.add(
        new Bar(
            cell,
            work.place(),
            work.number(),
            end.count(),
            begin,
            finish,
            finish - begin,
            begin - earliest,
            end.isStopped()
                ? new Bar.Ends(0, 1, 0)
                : hasReturned ? Bar.Ends.NONE : new Bar.Ends(end.failures(), 0, 0),
            false));
  }

  /// As a rule it is the cell of the call before.
  private String cell(Object scope) {
    if (!scope.equals(lastScope)) {
      lastCell = host.nameOf(scope);
      lastScope = scope;
    }
    return lastCell;
  }
}
