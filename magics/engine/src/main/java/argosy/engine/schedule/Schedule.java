package argosy.engine.schedule;

import argosy.engine.schedule.Instruction.Abandon;
import argosy.engine.schedule.Instruction.Expire;
import argosy.engine.schedule.Instruction.GiveBack;
import argosy.engine.schedule.Instruction.Interrupt;
import argosy.engine.schedule.Instruction.Kill;
import argosy.engine.schedule.Instruction.Launch;
import argosy.engine.schedule.Instruction.Lose;
import argosy.engine.schedule.Instruction.Refuse;
import argosy.engine.schedule.Instruction.Rest;
import argosy.engine.schedule.Instruction.Skip;
import argosy.engine.schedule.Instruction.Stop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides which worker runs which task, ends those that take too long, and keeps as many workers
/// as are wanted. Events go in through the methods, [#take] returns what is to be done about them.
///
/// Times are those of one monotonic clock in nanoseconds, such as `System.nanoTime()`. Guarded by
/// its caller.
/*
 * Faults. A worker that dies takes only the task down that it ran. Those it had not begun return to
 * the front of their jobs. If nobody knows what it ran, the first task in line is suspected, and
 * blamed the third time. A task that began on a worker while that was being killed for another one
 * runs again from its start.
 */
public final class Schedule<T> {

  private final SchedulePolicy policy;
  final Map<Long, Entry<T>> entries = new HashMap<>();
  final Roster<T> roster;
  final Turns<T> turns;
  final Recalls<T> recalls;
  final UseClock use = new UseClock();

  /// How many calls the entries are.
  long calls;

  private List<Instruction<T>> instructions = new ArrayList<>();
  int wanted;
  boolean isAwake;

  /// A schedule without workers; the first task starts them.
  ///
  /// @param wanted how many workers there are to be, at least 1
  /// @param now any time from which later ones differ by less than 146 years
  public Schedule(SchedulePolicy policy, int wanted, long now) {
    this.policy = policy;
    this.wanted = wanted;
    this.roster = new Roster<>(policy, now);
    this.turns = new Turns<>(policy, roster, instruction -> instructions.add(instruction));
    this.recalls =
        new Recalls<>(policy, roster, turns, instruction -> instructions.add(instruction));
  }

  /// {@return what is to be done since the last call, in this order}
  public List<Instruction<T>> take() {
    if (instructions.isEmpty()) {
      return List.of();
    }
    List<Instruction<T>> taken = instructions;
    instructions = new ArrayList<>();
    return taken;
  }

  // ---- events about workers

  /// There are to be so many workers from now on, and at once.
  public void resize(int count) {
    wanted = count;
    isAwake = true;
    refill();
    dismissSurplus();
  }

  private void dismissSurplus() {
    int surplus = roster.living() - wanted;
    for (Worker<T> worker : roster.mostDispensableFirst()) {
      if (surplus > 0 && !worker.isRetiring && !worker.isLeaving && !worker.isApart) {
        surplus--;
        roster.retire(worker);
        stopIfFree(worker);
      }
    }
  }

  /// There are to be at least so many workers, when there are any.
  public void require(int count) {
    if (count > wanted) {
      wanted = count;
      if (isAwake) {
        refill();
      }
    }
  }

  /// The workers are to be stopped when nobody has asked anything of them for so long; 0 for never.
  public void restAfter(long nanos, long now) {
    use.restAfter(nanos);
    noteUse(now);
  }

  /// Something lives on a worker from now on: the worker does not rest.
  ///
  /// @param isRebuilt whether a worker in its place would have the same; if not, it is not replaced
  ///   either until [#vacate]
  /// @return whether the worker takes tasks; if not, nothing has changed
  public boolean settle(int number, boolean isRebuilt) {
    Worker<T> worker = roster.get(number);
    if (worker == null || !worker.isAvailable()) {
      return false;
    }
    if (isRebuilt) {
      worker.hasState = true;
    } else {
      worker.residents++;
    }
    return true;
  }

  /// Something no longer lives on a worker that was not to be rebuilt.
  public void vacate(int number, long now) {
    Worker<T> worker = roster.get(number);
    if (worker == null) {
      return;
    }
    worker.residents--;
    if (worker.isApart && worker.residents == 0) {
      roster.rejoin(worker);
      dismissSurplus();
      handOut(now);
    }
    if (!isAwake && worker.mayRest() && worker.isAvailable() && worker.sent.isEmpty()) {
      // The others rest already.
      roster.leave(worker);
      instructions.add(new Stop<>(number));
    }
  }

  /// A worker gets no tasks from now on but those that are submitted to it, until nothing lives
  /// there that was not to be rebuilt. Another one takes its place for all others.
  ///
  /// @return whether it is so; not if the worker takes no tasks at all, or nothing lives there
  public boolean setApart(int number, long now) {
    Worker<T> worker = roster.get(number);
    if (worker == null || !worker.isAvailable() || worker.residents == 0) {
      return false;
    }
    if (!worker.isApart) {
      roster.setApart(worker);
      if (isAwake) {
        refill();
      }
      handOut(now);
    }
    return true;
  }

  /// {@return the numbers of the workers that take tasks, in order}
  public List<Integer> available() {
    return roster.all().stream().filter(Worker::isAvailable).map(w -> w.number).toList();
  }

  /// This worker is to be replaced as soon as it has done what it was sent.
  ///
  /// @return whether it will be: not if something lives there and nowhere else
  public boolean retire(int number, long now) {
    Worker<T> worker = roster.get(number);
    if (worker == null || !worker.isAvailable() || worker.residents > 0) {
      return false;
    }
    roster.retire(worker);
    stopIfFree(worker);
    if (isAwake) {
      refill();
    }
    handOut(now);
    return true;
  }

  /// As [#retire], but only if nothing at all lives there.
  public boolean renew(int number, long now) {
    Worker<T> worker = roster.get(number);
    return worker != null && worker.mayRest() && retire(number, now);
  }

  /// All workers are to stop, whatever they do, until a task is submitted again.
  public void stop() {
    sleep();
    for (Entry<T> entry : List.copyOf(entries.values())) {
      boolean wasOver = entry.isOver;
      drop(entry);
      if (!wasOver) {
        instructions.add(new Abandon<>(entry.task));
        if (entry.worker == null) {
          entry.job.queued -= entry.width;
        }
      }
    }
    for (Worker<T> worker : roster.all()) {
      if (!worker.isLeaving) {
        boolean isFree = worker.isReady && worker.sent.isEmpty();
        roster.leave(worker);
        instructions.add(isFree ? new Stop<>(worker.number) : new Kill<>(worker.number));
      }
    }
  }

  /// A worker that was to be launched is ready.
  public void started(int number, long now) {
    Worker<T> worker = roster.get(number);
    if (worker != null && !worker.isLeaving) {
      worker.isReady = true;
      freed(worker, now);
    }
  }

  /// A worker that was to be launched never will be ready. If it was the last hope of the tasks
  /// that wait, they are refused.
  public void failedToStart(int number) {
    Worker<T> worker = roster.remove(number);
    if (worker == null || roster.living() > 0) {
      return;
    }
    sleep();
    for (Entry<T> entry : List.copyOf(entries.values())) {
      if (entry.worker == null && !entry.isOver) {
        drop(entry);
        entry.job.queued -= entry.width;
        instructions.add(new Refuse<>(entry.task, number));
      }
    }
  }

  /// A worker is gone, asked for or not.
  ///
  /// @param running the number of the task that it ran, or 0 if it ran none or nobody knows
  public void lost(int number, long running, long now) {
    Worker<T> worker = roster.remove(number);
    if (worker == null) {
      return;
    }
    if (!worker.sent.isEmpty()) {
      roster.busy--;
    }
    blame(worker, running);
    for (Job<T> job : worker.jobs.keySet()) {
      job.workers--;
    }
    for (Entry<T> entry : List.copyOf(worker.sent).reversed()) {
      entry.worker = null;
      if (entry.isOver) {
        remove(entry);
      } else if (entry.isPinned) {
        drop(entry);
        instructions.add(new Lose<>(entry.task, number, entry.id));
      } else {
        entry.job.addFirst(entry);
        // Even if all that were to come failed to start meanwhile: this task has not been refused.
        isAwake = true;
      }
    }
    worker.jobs.keySet().forEach(turns::enroll);
    if (isAwake) {
      refill();
    }
    handOut(now);
    noteUse(now);
  }

  private void blame(Worker<T> worker, long running) {
    Entry<T> guilty = Suspicion.guilty(worker, running);
    if (guilty != null) {
      worker.sent.remove(guilty);
      boolean wasOver = guilty.isOver;
      drop(guilty);
      if (!wasOver) {
        instructions.add(
            new Lose<>(guilty.task, worker.number, guilty.hasCall(running) ? running : guilty.id));
      }
    }
  }

  // ---- events about tasks

  /// Tasks of a job are to run, in this order.
  ///
  /// @param firstId the number of the first call; the others count on from there. Never used
  ///   before,
  ///   > 0
  public void submit(Job<T> job, long firstId, List<T> tasks, long now) {
    long id = firstId;
    for (T task : tasks) {
      Entry<T> entry = new Entry<>(id, task, job, now);
      add(entry);
      id += entry.width;
      job.addLast(entry);
    }
    turns.enroll(job);
    if (!isAwake || roster.living() == 0) {
      isAwake = true;
      refill();
    }
    handOut(now);
    noteUse(now);
  }

  /// A task is to run on one worker and no other, after what that has been sent. If the worker is
  /// not ready, or is lost before it has run the task, so is the task.
  ///
  /// @param job has no other tasks
  public void submitTo(int number, Job<T> job, long id, T task, long now) {
    Worker<T> worker = roster.get(number);
    if (worker == null || !worker.isReady || worker.isLeaving) {
      instructions.add(new Lose<>(task, number, id));
      return;
    }
    Entry<T> entry = new Entry<>(id, task, job, now);
    entry.isPinned = true;
    add(entry);
    job.addLast(entry);
    roster.take(worker);
    turns.assign(worker, job, now);
  }

  /// A worker has ended a task.
  ///
  /// @param nanos how long each of its calls took, or a negative number if that says nothing about
  ///   its kind
  /// @return the task, or null if its end was already reported or nobody wants to know
  public @Nullable T ended(int number, long id, long nanos, long now) {
    Worker<T> worker = roster.get(number);
    Entry<T> entry = entries.get(id);
    if (worker == null || entry == null || entry.worker != worker) {
      return null;
    }
    boolean wasRunning = worker.sent.peekFirst() == entry;
    worker.isStuck &= !wasRunning;
    takeFrom(worker, entry);
    boolean wasOver = entry.isOver;
    drop(entry);
    if (nanos >= 0) {
      entry.job.times.add(nanos, entry.width);
    }
    if (wasRunning) {
      turns.startFirst(worker, now);
    }
    freed(worker, now);
    return wasOver ? null : entry.task;
  }

  /// A worker has answered a [Instruction.Recall].
  ///
  /// @param ids the numbers of the tasks that it has not begun and never will, in the order in
  ///   which it was sent them
  /// @param rest of the task that it runs, the number of the first call that it has not begun and
  ///   never will, nor those behind it; 0 if there is none
  public void recalled(int number, List<Long> ids, long rest, long now) {
    Worker<T> worker = roster.get(number);
    if (worker == null) {
      return; // and what it had is elsewhere
    }
    worker.isAsked = false;
    Entry<T> first = worker.sent.peekFirst();
    if (first != null && rest > first.id && first.hasCall(rest)) {
      shorten(worker, first, (int) (rest - first.id));
    }
    for (long id : ids.reversed()) {
      Entry<T> entry = entries.get(id);
      if (entry == null || entry.worker != worker) {
        continue;
      }
      takeFrom(worker, entry);
      entry.worker = null;
      if (entry.isOver) {
        remove(entry);
      } else {
        entry.job.addFirst(entry);
        turns.enroll(entry.job);
      }
    }
    if (worker.sent.peekFirst() != first) {
      turns.startFirst(worker, now);
    }
    freed(worker, now);
  }

  private void shorten(Worker<T> worker, Entry<T> entry, int kept) {
    int given = entry.width - kept;
    worker.jobs.merge(entry.job, -given, Integer::sum);
    calls -= given;
    entry.width = kept;
    if (!entry.isOver) {
      instructions.add(new GiveBack<>(entry.task, kept));
    }
  }

  /// Nobody wants a task any more.
  ///
  /// @param interrupts whether a worker that runs it is to be disturbed; that may be decided later.
  ///   One that has not begun it skips it
  /// @return whether it was still in the schedule, and not on its way out of it
  public boolean cancel(long id, boolean interrupts, long now) {
    Entry<T> entry = entries.get(id);
    if (entry == null || entry.isInterrupted || (entry.isOver && !interrupts)) {
      return false;
    }
    entry.isOver = true;
    Worker<T> worker = entry.worker;
    if (worker == null) {
      remove(entry);
      entry.job.queued -= entry.width;
    } else if (interrupts) {
      interrupt(worker, entry, now);
    } else {
      instructions.add(new Skip<>(worker.number, entry.task));
    }
    noteUse(now);
    return true;
  }

  private void interrupt(Worker<T> worker, Entry<T> entry, long now) {
    entry.isInterrupted = true;
    instructions.add(new Interrupt<>(worker.number, entry.task));
    if (worker.sent.peekFirst() == entry && !worker.isLeaving) {
      roster.setDeadline(worker, now + policy.graceNanos());
    }
  }

  /// {@return the task that has this number or the call of this number, as long as its worker has
  /// not ended it}
  public @Nullable T find(long id) {
    Entry<T> entry = entries.get(id);
    return entry == null ? roster.findSent(id) : entry.task;
  }

  /// {@return whether somebody still waits for the end of this task}
  public boolean isWanted(long id) {
    Entry<T> entry = entries.get(id);
    return entry != null && !entry.isOver;
  }

  /// {@return whether a worker was told to end this task, and has not said that it has}
  public boolean isInterrupted(long id) {
    Entry<T> entry = entries.get(id);
    return entry != null && entry.isInterrupted;
  }

  /// {@return whether there is no more than one task in the schedule}
  public boolean isQuiet() {
    return entries.size() <= 1;
  }

  /// {@return all tasks that are still in the schedule, in the order of their numbers}
  public List<Standing<T>> standings() {
    return entries.values().stream()
        .map(Standing::of)
        .sorted(Comparator.comparingLong(Standing::number))
        .toList();
  }

  /// Time has passed: ends what has run too long, takes back what waits behind a task that runs
  /// long, and lets workers rest that nobody has used for long.
  public void tick(long now) {
    if (use.isTimeToRest(now)) {
      rest();
    }
    endOverdue(now);
    recalls.look(now);
  }

  private void rest() {
    sleep();
    for (Worker<T> worker : roster.all()) {
      if (!worker.isLeaving && worker.mayRest()) {
        boolean isReady = worker.isReady;
        roster.leave(worker);
        instructions.add(isReady ? new Stop<>(worker.number) : new Kill<>(worker.number));
      }
    }
    instructions.add(new Rest<>());
  }

  private void endOverdue(long now) {
    for (Worker<T> worker; (worker = roster.firstDeadline()) != null; ) {
      if (worker.deadline - now > 0) {
        return;
      }
      Entry<T> running = worker.sent.getFirst();
      if (running.isInterrupted) {
        roster.leave(worker);
        instructions.add(new Kill<>(worker.number));
      } else {
        if (!running.isOver) {
          running.isOver = true;
          long timeout = running.job.limits.timeoutNanos();
          instructions.add(new Expire<>(running.task, worker.number, timeout));
        }
        interrupt(worker, running, now);
      }
    }
  }

  /// {@return whether [#tick] has something to do at some time}
  public boolean hasDeadline() {
    return roster.firstDeadline() != null || recalls.isPlanned() || use.hasDeadline();
  }

  /// {@return when [#tick] next has something to do}
  ///
  /// @throws IllegalStateException unless [#hasDeadline]
  public long nextDeadline() {
    if (!hasDeadline()) {
      throw new IllegalStateException("nothing has a deadline");
    }
    Worker<T> first = roster.firstDeadline();
    long next =
        first != null ? first.deadline : recalls.isPlanned() ? recalls.next() : use.deadline();
    if (recalls.isPlanned() && recalls.next() - next < 0) {
      next = recalls.next();
    }
    return use.hasDeadline() && use.deadline() - next < 0 ? use.deadline() : next;
  }

  // ---- what follows from events

  private void sleep() {
    isAwake = false;
    use.forget();
  }

  private void noteUse(long now) {
    // Whoever waits for workers to start is going to use them.
    use.note(!isAwake || !entries.isEmpty() || roster.isAnyStarting(), now);
  }

  /// A worker has a task no longer.
  private void takeFrom(Worker<T> worker, Entry<T> entry) {
    worker.sent.remove(entry);
    if (worker.sent.isEmpty()) {
      roster.busy--;
    }
    if (entry.endsFrame) {
      worker.frames--;
    }
    turns.release(worker, entry);
  }

  /// A worker may have become free for other tasks.
  private void freed(Worker<T> worker, long now) {
    stopIfFree(worker);
    roster.settle(worker);
    handOut(now);
    noteUse(now);
  }

  private void handOut(long now) {
    turns.handOut(now);
    recalls.plan(calls, now);
  }

  private void refill() {
    while (roster.living() < wanted) {
      instructions.add(new Launch<>(roster.add().number));
    }
  }

  private void stopIfFree(Worker<T> worker) {
    if (worker.isRetiring && worker.isReady && worker.sent.isEmpty() && !worker.isLeaving) {
      roster.leave(worker);
      instructions.add(new Stop<>(worker.number));
    }
  }

  private void add(Entry<T> entry) {
    entries.put(entry.id, entry);
    calls += entry.width;
  }

  private void remove(Entry<T> entry) {
    if (entries.remove(entry.id) != null) {
      calls -= entry.width;
    }
  }

  private void drop(Entry<T> entry) {
    entry.isOver = true;
    remove(entry);
  }
}
