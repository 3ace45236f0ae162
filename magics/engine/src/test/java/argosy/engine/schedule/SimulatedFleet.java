package argosy.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Workers that live only in a test, driven by a schedule: knows which events can happen next, and
/// checks every instruction and, after every event, all invariants.
final class SimulatedFleet {

  static final SchedulePolicy POLICY = new SchedulePolicy(500, 1_000, 10_000, 20_000, 8, 4);

  /// Something that can happen.
  sealed interface Event {

    record Submit(int job, int tasks) implements Event {}

    record Start(int worker) implements Event {}

    record FailToStart(int worker) implements Event {}

    /// The worker ends the first task that it has.
    record Answer(int worker) implements Event {}

    /// The worker answers a recall.
    ///
    /// @param isFirstToo whether it has not even begun the first task that it has; else it has
    ///   begun the first call of that
    record GiveBack(int worker, boolean isFirstToo) implements Event {}

    /// The worker is gone.
    ///
    /// @param isKnown whether anybody knows which task ran
    record Die(int worker, boolean isKnown) implements Event {}

    record Cancel(long task, boolean interrupts) implements Event {}

    /// Time passes until something has a deadline.
    record Wait() implements Event {}

    record Resize(int count) implements Event {}

    record Require(int count) implements Event {}

    record Retire(int worker) implements Event {}

    record StopAll() implements Event {}

    /// Something lives on a worker from now on.
    record Settle(int worker, boolean isRebuilt) implements Event {}

    record Vacate(int worker) implements Event {}

    record SetApart(int worker) implements Event {}
  }

  final Schedule<Long> schedule;
  final Set<Long> submitted = new TreeSet<>();
  final Set<Long> ended = new TreeSet<>();
  private final List<Job<Long>> jobs = new ArrayList<>();

  /// Which of the jobs a task is of, and of how many calls, if more than one.
  private final Map<Long, Job<Long>> jobOf = new HashMap<>();

  private final Map<Long, Integer> widths = new HashMap<>();

  /// What each worker was sent and has not answered.
  private final Map<Integer, Deque<Long>> workers = new TreeMap<>();

  /// Who was asked for what and has not answered.
  private final Map<Integer, List<Long>> asked = new TreeMap<>();

  private final Set<Integer> starting = new TreeSet<>();
  private final Set<Integer> leaving = new TreeSet<>();

  /// How many things live on each worker that nobody would make anew, and that somebody would.
  private final Map<Integer, Integer> residents = new HashMap<>();

  private final Map<Integer, Integer> states = new HashMap<>();
  private final Map<Long, Integer> deathsAround = new HashMap<>();
  private long now;
  private long lastId;

  /// How long the tasks that are answered next have taken.
  long taskNanos = 100;

  SimulatedFleet(int wanted, long restNanos) {
    schedule = new Schedule<>(POLICY, wanted, now);
    schedule.restAfter(restNanos, now);
  }

  int addJob(JobLimits limits) {
    return addJob(limits, 1);
  }

  /// @param width how many calls each of its tasks is
  int addJob(JobLimits limits, int width) {
    jobs.add(new Job<>(limits, new TaskTimes(), task -> widths.getOrDefault(task, width)));
    return jobs.size() - 1;
  }

  int jobCount() {
    return jobs.size();
  }

  void pass(long nanos) {
    now += nanos;
  }

  // ---- events

  /// {@return what can happen to workers and tasks now}
  List<Event> possible() {
    List<Event> events = new ArrayList<>();
    for (int worker : starting) {
      events.add(new Event.Start(worker));
      events.add(new Event.FailToStart(worker));
    }
    workers.forEach((worker, sent) -> {
      if (!sent.isEmpty()) {
        events.add(new Event.Answer(worker));
        events.add(new Event.Die(worker, true));
      }
      events.add(new Event.Die(worker, false));
      events.add(new Event.Retire(worker));
    });
    for (int worker : asked.keySet()) {
      events.add(new Event.GiveBack(worker, false));
      events.add(new Event.GiveBack(worker, true));
    }
    for (long task : submitted) {
      if (!ended.contains(task)) {
        events.add(new Event.Cancel(task, true));
        events.add(new Event.Cancel(task, false));
      }
    }
    if (schedule.hasDeadline()) {
      events.add(new Event.Wait());
    }
    return events;
  }

  /// Lets it happen, does what the schedule says, and checks everything.
  void apply(Event event) {
    switch (event) {
      case Event.Submit(int job, int count) -> submit(jobs.get(job), count);
      case Event.Start(int worker) -> {
        starting.remove(worker);
        workers.put(worker, new ArrayDeque<>());
        schedule.started(worker, now);
      }
      case Event.FailToStart(int worker) -> {
        starting.remove(worker);
        leaving.remove(worker);
        schedule.failedToStart(worker);
      }
      case Event.Answer(int worker) -> answer(worker);
      case Event.GiveBack(int worker, boolean isFirstToo) -> giveBack(worker, isFirstToo);
      case Event.Die(int worker, boolean isKnown) -> die(worker, isKnown);
      case Event.Cancel(long task, boolean interrupts) -> {
        assertThat(schedule.cancel(task, interrupts, now)).isTrue();
        end(task);
        assertThat(schedule.cancel(task, interrupts, now)).isFalse();
      }
      case Event.Wait _ -> {
        now = Math.max(now, schedule.nextDeadline());
        schedule.tick(now);
      }
      case Event.Resize(int count) -> schedule.resize(count);
      case Event.Require(int count) -> schedule.require(count);
      case Event.Retire(int worker) -> schedule.retire(worker, now);
      case Event.StopAll _ -> schedule.stop();
      case Event.Settle(int worker, boolean isRebuilt) -> {
        if (schedule.settle(worker, isRebuilt)) {
          (isRebuilt ? states : residents).merge(worker, 1, Integer::sum);
        }
      }
      case Event.SetApart(int worker) -> schedule.setApart(worker, now);
      case Event.Vacate(int worker) -> {
        if (residents.containsKey(worker)) {
          residents.computeIfPresent(worker, (_, n) -> n > 1 ? n - 1 : null);
          schedule.vacate(worker, now);
        }
      }
    }
    for (List<Instruction<Long>> instructions = schedule.take();
        !instructions.isEmpty();
        instructions = schedule.take()) {
      checkThatResidentsStay(event, instructions);
      instructions.forEach(this::obey);
    }
    Invariants.check(schedule);
  }

  /// Neither for rest nor for what it keeps is a worker stopped on which something lives.
  private void checkThatResidentsStay(Event event, List<Instruction<Long>> instructions) {
    for (Instruction<Long> instruction : instructions) {
      if (instruction instanceof Instruction.Stop<Long>(int worker)) {
        boolean mayGo =
            switch (event) {
              case Event.Wait _, Event.Vacate _ ->
                  !residents.containsKey(worker) && !states.containsKey(worker);
              case Event.Retire _ -> !residents.containsKey(worker);
              default -> true;
            };
        assertThat(mayGo).as("worker %d may be stopped after %s", worker, event).isTrue();
      }
    }
  }

  private void submit(Job<Long> job, int count) {
    List<Long> tasks = new ArrayList<>();
    long first = lastId + 1;
    for (int i = 0; i < count; i++) {
      long task = lastId + 1;
      tasks.add(task);
      jobOf.put(task, job);
      lastId += job.width.applyAsInt(task);
    }
    submitted.addAll(tasks);
    schedule.submit(job, first, tasks, now);
  }

  /// What a task was is so much less; its caller submits that again.
  private void resubmit(long task, int kept) {
    Job<Long> job = Objects.requireNonNull(jobOf.get(task));
    int given = job.width.applyAsInt(task) - kept;
    assertThat(kept).isPositive();
    assertThat(given).isPositive();
    widths.put(task, kept);
    widths.put(lastId + 1, given);
    submit(job, 1);
  }

  private void answer(int worker) {
    long task = sent(worker).remove();
    Long known = schedule.ended(worker, task, taskNanos, now);
    if (known != null) {
      end(known);
    }
    assertThat(schedule.ended(worker, task, 1, now)).isNull();
  }

  private void giveBack(int worker, boolean isFirstToo) {
    List<Long> given = new ArrayList<>(Objects.requireNonNull(asked.remove(worker)));
    given.retainAll(sent(worker));
    Long first = sent(worker).peek();
    long rest = 0;
    if (!isFirstToo && given.remove(first)) {
      Job<Long> job = Objects.requireNonNull(jobOf.get(first));
      rest = job.width.applyAsInt(first) > 1 ? first + 1 : 0;
    }
    sent(worker).removeAll(given);
    schedule.recalled(worker, given, rest, now);
  }

  private void die(int worker, boolean isKnown) {
    Deque<Long> had = Objects.requireNonNull(workers.remove(worker));
    boolean wasToldToGo = leaving.remove(worker);
    asked.remove(worker);
    Long running = had.peek();
    if (running != null && !wasToldToGo) {
      deathsAround.merge(running, 1, Integer::sum);
    }
    schedule.lost(worker, running == null || !isKnown ? 0 : running, now);
  }

  private Deque<Long> sent(int worker) {
    return Objects.requireNonNull(workers.get(worker), () -> "there is no worker " + worker);
  }

  // ---- instructions

  private void obey(Instruction<Long> instruction) {
    switch (instruction) {
      case Launch<Long>(int worker) -> assertThat(starting.add(worker)).isTrue();
      case Run<Long>(int worker, List<Long> tasks) -> {
        assertThat(leaving).doesNotContain(worker);
        assertThat(ended).doesNotContainAnyElementsOf(tasks);
        sent(worker).addAll(tasks);
      }
      case Stop<Long>(int worker) -> {
        assertThat(sent(worker)).isEmpty();
        assertThat(leaving.add(worker)).isTrue();
      }
      case Kill<Long>(int worker) -> {
        assertThat(starting.contains(worker) || workers.containsKey(worker)).isTrue();
        assertThat(leaving.add(worker)).isTrue();
      }
      case Recall<Long>(int worker, List<Long> tasks) -> {
        assertThat(leaving).doesNotContain(worker);
        assertThat(tasks).isNotEmpty().doesNotContainAnyElementsOf(ended);
        assertThat(sent(worker)).containsSubsequence(tasks);
        Long first = sent(worker).element();
        if (tasks.contains(first)) {
          Job<Long> job = Objects.requireNonNull(jobOf.get(first));
          assertThat(job.width.applyAsInt(first)).as("calls of the first").isGreaterThan(1);
        }
        assertThat(asked.put(worker, tasks)).isNull();
      }
      case GiveBack<Long>(Long task, int kept) -> resubmit(task, kept);
      case Interrupt<Long>(int worker, Long task) -> assertThat(sent(worker)).contains(task);
      case Skip<Long>(int worker, Long task) -> assertThat(sent(worker)).contains(task);
      case Rest<Long> _ -> assertThat(ended).isEqualTo(submitted);
      case Expire<Long>(Long task, int worker, _) -> {
        assertThat(sent(worker).peek()).isEqualTo(task);
        end(task);
      }
      case Lose<Long>(Long task, _, _) -> {
        assertThat(deathsAround).as("deaths around a task that is blamed").containsKey(task);
        end(task);
      }
      case Refuse<Long>(Long task, _) -> end(task);
      case Abandon<Long>(Long task) -> end(task);
    }
  }

  private void end(long task) {
    assertThat(ended.add(task)).as("first end of task %d", task).isTrue();
  }

  // ---- the end

  /// Lets everything that is under way come to its end, without further accidents.
  void settle() {
    for (int turn = 0; turn < 10_000 && !isSettled(); turn++) {
      if (schedule.hasDeadline() && schedule.nextDeadline() <= now) {
        apply(new Event.Wait());
      }
      Set<Integer> killed = new HashSet<>(leaving);
      killed.retainAll(starting);
      killed.forEach(worker -> apply(new Event.FailToStart(worker)));
      List.copyOf(starting).forEach(worker -> apply(new Event.Start(worker)));
      for (int worker : List.copyOf(leaving)) {
        if (workers.containsKey(worker)) {
          apply(new Event.Die(worker, true));
        }
      }
      List.copyOf(asked.keySet()).forEach(worker -> apply(new Event.GiveBack(worker, false)));
      for (int worker : List.copyOf(workers.keySet())) {
        if (workers.containsKey(worker) && !leaving.contains(worker) && !sent(worker).isEmpty()) {
          apply(new Event.Answer(worker));
        }
      }
    }
    assertThat(ended).isEqualTo(submitted);
    assertThat(schedule.entries).isEmpty();
    assertThat(schedule.turns.ring).allMatch(job -> job.queued == 0);
  }

  private boolean isSettled() {
    return starting.isEmpty()
        && asked.isEmpty()
        && leaving.isEmpty()
        && workers.values().stream().allMatch(Deque::isEmpty);
  }

  /// {@return all that decides what can still happen}
  String fingerprint() {
    List<Integer> order = new ArrayList<>(workers.keySet());
    order.addAll(starting);
    order.sort(null);
    StringBuilder state = new StringBuilder(Invariants.fingerprint(schedule, jobs, now));
    workers.forEach((worker, sent) -> state.append(order.indexOf(worker)).append(sent));
    starting.forEach(worker -> state.append("starting ").append(order.indexOf(worker)));
    asked.forEach(
        (worker, tasks) -> state.append("asked ").append(order.indexOf(worker)).append(tasks));
    leaving.forEach(worker -> state.append("leaving ").append(order.indexOf(worker)));
    deathsAround.forEach((task, deaths) -> {
      if (!ended.contains(task)) {
        state.append("deaths ").append(task).append(' ').append(deaths);
      }
    });
    return state.append(ended).append(lastId).toString();
  }
}
