package argosy.engine.schedule;

import argosy.engine.schedule.Instruction.Recall;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Takes tasks back that were sent ahead to a worker whose first one takes longer than anybody
/// expected, or that are one with it, when another worker has nothing to do. Guarded by its caller.
/*
 * What was expected is a mean of tasks that have ended: of inputs that get larger and larger it says
 * too little, and of a single large one nothing. To look at all workers takes a time that grows with
 * their number, so that is done once in a while, and only while it may be of use.
 */
final class Recalls<T> {

  private final SchedulePolicy policy;
  private final Roster<T> roster;
  private final Turns<T> turns;
  private final Consumer<Instruction<T>> instructions;
  private boolean isPlanned;
  private long next;

  /// @param instructions hears what is to be done
  Recalls(
      SchedulePolicy policy,
      Roster<T> roster,
      Turns<T> turns,
      Consumer<Instruction<T>> instructions) {
    this.policy = policy;
    this.roster = roster;
    this.turns = turns;
    this.instructions = instructions;
  }

  /// Plans to look if a worker has nothing to do and another may have too much; else there is no
  /// plan any more.
  ///
  /// @param calls how many calls the tasks are that are in the schedule
  void plan(long calls, long now) {
    if (!isOfUse() || calls <= roster.busy) {
      isPlanned = false;
    } else if (!isPlanned) {
      isPlanned = true;
      next = now + policy.recallNanos();
    }
  }

  private boolean isOfUse() {
    return !roster.idle.isEmpty() && turns.ring.isEmpty();
  }

  boolean isPlanned() {
    return isPlanned;
  }

  /// {@return when [#look] is to be called, if it is planned}
  long next() {
    return next;
  }

  /// Looks, if it is time to.
  void look(long now) {
    if (!isPlanned || next - now > 0) {
      return;
    }
    isPlanned = false;
    if (isOfUse()) {
      for (Worker<T> worker : roster.workers.values()) {
        if (hasMore(worker) && mayBeAsked(worker)) {
          look(worker, now);
        }
      }
    }
  }

  private boolean hasMore(Worker<T> worker) {
    Entry<T> first = worker.sent.peekFirst();
    return first != null && (worker.sent.size() > 1 || first.mayBeDivided());
  }

  private boolean mayBeAsked(Worker<T> worker) {
    return !worker.isLeaving && !worker.isStuck && !worker.isAsked;
  }

  private void look(Worker<T> worker, long now) {
    if (now - worker.sent.getFirst().began >= policy.recallNanos()) {
      recall(worker);
    } else {
      isPlanned = true;
      next = now + policy.recallNanos();
    }
  }

  private void recall(Worker<T> worker) {
    List<T> tasks = new ArrayList<>();
    Entry<T> first = worker.sent.peekFirst();
    for (Entry<T> entry : worker.sent) {
      boolean mayGo = !entry.isPinned && !entry.isOver && entry.job.mayUseAnotherWorker();
      if (mayGo && (entry != first || entry.mayBeDivided())) {
        tasks.add(entry.task);
      }
    }
    if (!tasks.isEmpty()) {
      worker.isStuck = true;
      worker.isAsked = true;
      roster.take(worker); // until it has answered
      instructions.accept(new Recall<>(worker.number, tasks));
    }
  }
}
