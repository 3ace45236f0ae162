package argosy.engine.pool;

import argosy.engine.schedule.Instruction;
import argosy.engine.schedule.Instruction.Abandon;
import argosy.engine.schedule.Instruction.Expire;
import argosy.engine.schedule.Instruction.GiveBack;
import argosy.engine.schedule.Instruction.Interrupt;
import argosy.engine.schedule.Instruction.Kill;
import argosy.engine.schedule.Instruction.Launch;
import argosy.engine.schedule.Instruction.Lose;
import argosy.engine.schedule.Instruction.Recall;
import argosy.engine.schedule.Instruction.Refuse;
import argosy.engine.schedule.Instruction.Rest;
import argosy.engine.schedule.Instruction.Run;
import argosy.engine.schedule.Instruction.Skip;
import argosy.engine.schedule.Instruction.Stop;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.Schedule;
import argosy.engine.schedule.SchedulePolicy;
import argosy.engine.schedule.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A schedule with a lock, a clock, and a fleet that does what it says. Safe from any thread; never
/// blocks.
/*
 * Notes. Where a task is all that there is, its end changes nothing for anybody but who waits for it.
 * The worker says so and leaves a note, which the schedule reads before the next event, whosever that
 * is: a person who submits one task after the other then has the schedule in his own processor's
 * cache. Two things are told first and looked at afterwards, so that nobody misses the other: a
 * withdrawal before the notes are read, a note before it is seen whether there was a withdrawal;
 * likewise that the schedule has more to do.
 */
final class Dispatcher<T> implements AutoCloseable {

  /// One number means one task, whichever dispatcher it goes through.
  private static final AtomicLong LAST_TASK = new AtomicLong();

  private final ReentrantLock lock = new ReentrantLock();
  private final Schedule<T> schedule;
  private final Fleet<T> fleet;
  private final Timer timer = new Timer("argosy/timer", this::tick);

  /// How often a task that a worker has may have become one that nobody wants.
  private volatile long withdrawals;

  /// What the schedule has not heard of. There is rarely more than one where there is but one task.
  private final AtomicReference<@Nullable Note> noted = new AtomicReference<>();

  /// Whether the schedule has no more than one task.
  private volatile boolean isQuiet = true;

  /// A task's end.
  private static final class Note {

    final int worker;
    final long id;
    final long nanos;

    /// Written under the lock; read by who has had the lock since the note was added.
    boolean isWanted;

    Note(int worker, long id, long nanos) {
      this.worker = worker;
      this.id = id;
      this.nanos = nanos;
    }
  }

  Dispatcher(Fleet<T> fleet, int wanted) {
    this.fleet = fleet;
    this.schedule = new Schedule<>(SchedulePolicy.DEFAULT, wanted, System.nanoTime());
  }

  /// {@return the first of so many numbers that no task had before}
  long reserve(int count) {
    return LAST_TASK.getAndAdd(count) + 1;
  }

  void submit(Job<T> job, long firstId, List<T> tasks) {
    on(s -> s.submit(job, firstId, tasks, System.nanoTime()));
  }

  void submitTo(int worker, Job<T> job, long id, T task) {
    on(s -> s.submitTo(worker, job, id, task, System.nanoTime()));
  }

  boolean cancel(long id, boolean interrupts) {
    return ask(true, s -> s.cancel(id, interrupts, System.nanoTime()));
  }

  @Nullable T ended(int worker, long id, long nanos) {
    return this.<@Nullable T>ask(s -> s.ended(worker, id, nanos, System.nanoTime()));
  }

  /// As [#ended], but the schedule may hear of it later: from whoever tells or asks it something
  /// next, or from [#catchUp], which the worker calls when it has nothing else to do.
  ///
  /// @param since what [#withdrawals] was when the worker was told to run the task
  /// @return whether somebody wants to know how it ended
  boolean noteEnd(int worker, long id, long nanos, long since) {
    if (!isQuiet) {
      return ended(worker, id, nanos) != null;
    }
    Note note = new Note(worker, id, nanos);
    if (!noted.compareAndSet(null, note)) {
      return ended(worker, id, nanos) != null;
    }
    if (isQuiet && withdrawals == since) {
      return true;
    }
    readAll();
    return note.isWanted;
  }

  /// Lets the schedule hear of what was noted.
  void catchUp() {
    if (noted.get() != null) {
      readAll();
    }
  }

  private void readAll() {
    on(s -> {});
  }

  /// A worker will never begin these tasks that it was sent.
  ///
  /// @param rest nor the call of this number, of the task that it runs, and those behind it; or 0
  void recalled(int worker, List<Long> tasks, long rest) {
    on(s -> s.recalled(worker, tasks, rest, System.nanoTime()));
  }

  void started(int worker) {
    on(s -> s.started(worker, System.nanoTime()));
  }

  void failedToStart(int worker) {
    on(s -> s.failedToStart(worker));
  }

  void lost(int worker, long running) {
    on(s -> s.lost(worker, running, System.nanoTime()));
  }

  void resize(int count) {
    on(s -> s.resize(count));
  }

  void require(int count) {
    on(s -> s.require(count));
  }

  /// One worker is to be replaced as soon as it has done what it was sent.
  ///
  /// @return whether it will be
  boolean retire(int worker) {
    return ask(s -> s.retire(worker, System.nanoTime()));
  }

  /// As [#retire], but only if nothing at all lives there.
  boolean renew(int worker) {
    return ask(s -> s.renew(worker, System.nanoTime()));
  }

  boolean settle(int worker, boolean isRebuilt) {
    return ask(s -> s.settle(worker, isRebuilt));
  }

  void vacate(int worker) {
    on(s -> s.vacate(worker, System.nanoTime()));
  }

  boolean setApart(int worker) {
    return ask(s -> s.setApart(worker, System.nanoTime()));
  }

  List<Integer> available() {
    return ask(Schedule::available);
  }

  void restAfter(long nanos) {
    on(s -> s.restAfter(nanos, System.nanoTime()));
  }

  void stopAll() {
    on(true, Schedule::stop);
  }

  /// {@return the task of this number, if it is still in the schedule}
  @Nullable T find(long id) {
    return this.<@Nullable T>ask(s -> s.find(id));
  }

  /// {@return whether somebody still waits for the end of this task}
  boolean isWanted(long id) {
    return ask(s -> s.isWanted(id));
  }

  /// {@return whether a worker was told to end this task, and has not said that it has}
  boolean isInterrupted(long id) {
    return ask(s -> s.isInterrupted(id));
  }

  /// {@return a number that is another one when [#isWanted] may answer differently for a task that
  /// a worker has}
  long withdrawals() {
    return withdrawals;
  }

  /// {@return all tasks that have not ended}
  List<Standing<T>> standings() {
    return ask(Schedule::standings);
  }

  /// Runs something between two events.
  void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /// Runs something between two events, unless one happens just now, perhaps on this thread.
  void lockedIfFree(Runnable action) {
    if (!lock.isHeldByCurrentThread() && lock.tryLock()) {
      try {
        action.run();
      } finally {
        lock.unlock();
      }
    }
  }

  private void tick() {
    on(true, s -> s.tick(System.nanoTime()));
  }

  private void on(Consumer<Schedule<T>> event) {
    on(false, event);
  }

  private void on(boolean withdraws, Consumer<Schedule<T>> event) {
    this.<@Nullable Object>ask(
        withdraws,
        s -> {
          event.accept(s);
          return null;
        });
  }

  private <R extends @Nullable Object> R ask(Function<Schedule<T>, R> event) {
    return ask(false, event);
  }

  /// @param withdraws whether it may make a task that a worker has one that nobody wants
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private <R extends @Nullable Object> R ask(boolean withdraws, Function<Schedule<T>, R> event) {
    R answer;
    List<Instruction<T>> instructions;
    Mishaps<T> mishaps = null;
    lock.lock();
    try {
      if (withdraws) {
        withdrawals++;
      }
      readNotes();
      answer = event.apply(schedule);
      if (isQuiet != schedule.isQuiet()) {
        isQuiet = !isQuiet;
      }
      instructions = schedule.take();
      for (Instruction<T> instruction : instructions) {
        try {
          order(instruction);
        } catch (RuntimeException | Error e) {
          mishaps = Mishaps.with(mishaps, instruction, e);
        }
      }
      if (schedule.hasDeadline()) {
        timer.at(schedule.nextDeadline());
      }
    } finally {
      lock.unlock();
    }
    for (Instruction<T> instruction : instructions) {
      try {
        followUp(instruction);
      } catch (RuntimeException | Error e) {
        mishaps = Mishaps.with(mishaps, instruction, e);
      }
    }
    if (mishaps != null) {
      mishaps.settle(fleet);
    }
    if (!isQuiet) {
      catchUp();
    }
    return answer;
  }

  /// What went wrong with instructions. It must not lose the others: the schedule believes that all
  /// were carried out.
  private static final class Mishaps<T> {

    private final Map<Integer, Throwable> unlaunched = new LinkedHashMap<>();
    private @Nullable Throwable first;

    static <T> Mishaps<T> with(
        @Nullable Mishaps<T> earlier, Instruction<T> instruction, Throwable failure) {
      Mishaps<T> all = earlier == null ? new Mishaps<>() : earlier;
      if (instruction instanceof Launch<T>(int worker)) {
        all.unlaunched.put(worker, failure);
      } else if (all.first == null) {
        all.first = failure;
      } else if (!all.first.equals(failure)) {
        all.first.addSuppressed(failure);
      }
      return all;
    }

    /// Whoever has told or asked the schedule something hears of everything but of a worker that
    /// could not be launched: that concerns those whose tasks it was to run.
    void settle(Fleet<T> fleet) {
      unlaunched.forEach(fleet::failedToLaunch);
      switch (first) {
        case null -> {}
        case Error error -> throw error;
        case RuntimeException exception -> throw exception;
        default -> throw new IllegalStateException(first);
      }
    }
  }

  /// Under the lock.
  private void readNotes() {
    Note note = noted.get();
    if (note != null) {
      noted.set(null);
      note.isWanted = schedule.ended(note.worker, note.id, note.nanos, System.nanoTime()) != null;
    }
  }

  private void order(Instruction<T> instruction) {
    switch (instruction) {
      case Launch<T>(int worker) -> fleet.launch(worker);
      case Run<T>(int worker, List<T> tasks) -> fleet.run(worker, tasks);
      case Interrupt<T>(int worker, T task) -> fleet.interrupt(worker, task);
      case Skip<T>(int worker, T task) -> fleet.skip(worker, task);
      case Recall<T>(int worker, List<T> tasks) -> fleet.recall(worker, tasks);
      case Stop<T>(int worker) -> fleet.stop(worker);
      case Kill<T>(int worker) -> fleet.kill(worker);
      case Rest<T> _ -> fleet.rest();
      case Expire<T> _, GiveBack<T> _, Lose<T> _, Refuse<T> _, Abandon<T> _ -> {}
    }
  }

  private void followUp(Instruction<T> instruction) {
    switch (instruction) {
      case Launch<T> _, Kill<T> _, Rest<T> _ -> {}
      case Run<T>(int worker, _) -> fleet.flush(worker);
      case Interrupt<T>(int worker, _) -> fleet.flush(worker);
      case Skip<T>(int worker, _) -> fleet.flush(worker);
      case Recall<T>(int worker, _) -> fleet.flushRecall(worker);
      case Stop<T>(int worker) -> fleet.flush(worker);
      case GiveBack<T>(T task, int kept) -> fleet.givenBack(task, kept);
      case Expire<T>(T task, int worker, long timeout) -> fleet.expired(task, worker, timeout);
      case Lose<T>(T task, int worker, long number) -> fleet.died(task, worker, number);
      case Refuse<T>(T task, int worker) -> fleet.refused(task, worker);
      case Abandon<T>(T task) -> fleet.abandoned(task);
    }
  }

  @Override
  public void close() {
    stopAll();
    timer.close();
  }
}
