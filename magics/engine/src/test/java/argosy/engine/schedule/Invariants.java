package argosy.engine.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What must hold of a schedule between any two events, and what of it decides what comes next.
final class Invariants {

  private Invariants() {}

  /// @throws AssertionError that says what does not hold
  static void check(Schedule<?> schedule) {
    checkTasks(schedule);
    checkWorkers(schedule);
    checkCounts(schedule);
    checkNothingWaitsInVain(schedule);
  }

  private static <T> void checkTasks(Schedule<T> schedule) {
    for (Entry<T> entry : schedule.entries.values()) {
      boolean isSent = entry.worker != null && entry.worker.sent.contains(entry);
      boolean isQueued = entry.worker == null && entry.job.queue.contains(entry);
      verify(isSent != isQueued, "task " + entry.id + " is in no place, or in two");
      verify(
          entry.worker == null || schedule.roster.get(entry.worker.number) == entry.worker,
          "task " + entry.id + " is with a worker that is gone");
      verify(!isQueued || !entry.isOver, "task " + entry.id + " is over and waits");
    }
  }

  private static <T> void checkWorkers(Schedule<T> schedule) {
    Roster<T> roster = schedule.roster;
    for (Worker<T> worker : roster.workers.values()) {
      String who = "worker " + worker.number + ": ";
      boolean isAvailable =
          worker.isReady && !worker.isRetiring && !worker.isLeaving && !worker.isApart;
      verify(!worker.isApart || worker.residents > 0, who + "is apart for nobody");
      verify(worker.isIdle == roster.idle.contains(worker), who + "idle list");
      verify(worker.isRoomy == roster.roomy.contains(worker), who + "roomy list");
      verify(
          worker.isIdle == (isAvailable && !worker.isAsked && worker.sent.isEmpty()),
          who + "idle flag");
      verify(
          !worker.isRoomy || (isAvailable && !worker.isAsked && !worker.sent.isEmpty()),
          who + "roomy flag");
      verify(worker.hasDeadline == roster.deadlines.contains(worker), who + "deadline list");
      verify(!worker.hasDeadline || !worker.sent.isEmpty(), who + "deadline without a task");
      verify(!worker.isStuck || !worker.isRoomy, who + "gets more though it is stuck");
      verify(!worker.isStuck || !worker.sent.isEmpty(), who + "is stuck with nothing");
      verify(worker.isReady || worker.sent.isEmpty(), who + "tasks before the start");
      verify(
          !worker.isRetiring || worker.isLeaving || !worker.isReady || !worker.sent.isEmpty(),
          who + "is to leave and has nothing to do, but was not told");
      verify(
          worker.sent.stream().filter(entry -> entry.endsFrame).count() == worker.frames,
          who + "frames");
      for (Map.Entry<Job<T>, Integer> job : worker.jobs.entrySet()) {
        int ofJob =
            worker.sent.stream()
                .filter(entry -> entry.job == job.getKey())
                .mapToInt(entry -> entry.width)
                .sum();
        verify(ofJob == job.getValue(), who + "calls by job");
      }
      Entry<T> first = worker.sent.peekFirst();
      boolean mustEnd =
          first != null
              && !worker.isLeaving
              && (first.isInterrupted || first.job.limits.timeoutNanos() > 0);
      verify(!mustEnd || worker.hasDeadline, who + "nobody will end its task");
    }
  }

  private static <T> void checkCounts(Schedule<T> schedule) {
    Roster<T> roster = schedule.roster;
    long living =
        roster.workers.values().stream()
            .filter(worker -> !worker.isRetiring && !worker.isLeaving && !worker.isApart)
            .count();
    verify(living == roster.living(), "living workers");
    long busy = roster.workers.values().stream().filter(worker -> !worker.sent.isEmpty()).count();
    verify(busy == roster.busy, "busy workers");
    verify(
        schedule.calls == schedule.entries.values().stream().mapToInt(entry -> entry.width).sum(),
        "calls");
    verify(!schedule.isAwake || willBeSome(roster), "nobody starts a worker");
    verify(living <= schedule.wanted, "too many workers");
    for (Job<T> job : jobs(schedule)) {
      int queued =
          job.queue.stream().filter(entry -> !entry.isOver).mapToInt(entry -> entry.width).sum();
      verify(queued == job.queued, "queued calls");
      long workers =
          roster.workers.values().stream().filter(worker -> worker.jobs.containsKey(job)).count();
      verify(workers == job.workers, "workers of a job");
      int limit = job.limits.workers();
      verify(limit == 0 || workers <= limit, "a job has more workers than it may");
      verify(job.isInRing == schedule.turns.ring.contains(job), "ring");
    }
  }

  /// No wake-up is lost: nobody waits while somebody has nothing to do, and a task that waits has a
  /// worker that will come.
  private static <T> void checkNothingWaitsInVain(Schedule<T> schedule) {
    for (Job<T> job : jobs(schedule)) {
      if (job.queued > 0) {
        verify(job.isInRing || !job.mayUseAnotherWorker(), "tasks wait, but their job does not");
        verify(
            schedule.roster.idle.isEmpty() || !job.mayUseAnotherWorker(),
            "a worker has nothing to do while tasks wait");
        verify(schedule.isAwake && willBeSome(schedule.roster), "no worker will ever come");
      }
    }
  }

  /// The loss of one that leaves starts another.
  private static boolean willBeSome(Roster<?> roster) {
    return roster.living() > 0
        || roster.workers.values().stream().anyMatch(worker -> worker.isLeaving);
  }

  private static <T> Collection<Job<T>> jobs(Schedule<T> schedule) {
    return schedule.entries.values().stream().map(entry -> entry.job).distinct().toList();
  }

  private static void verify(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  // ---- equality

  /// {@return all that decides what the schedule does next; workers count by their order, not by
  /// their number}
  static <T> String fingerprint(Schedule<T> schedule, Collection<Job<T>> jobs, long now) {
    List<Worker<T>> workers = List.copyOf(schedule.roster.workers.values());
    List<Object> state = new ArrayList<>();
    state.add(schedule.wanted);
    state.add(schedule.isAwake);
    state.add(schedule.recalls.isPlanned() ? schedule.recalls.next() - now : "unplanned");
    state.add(schedule.use.hasDeadline() ? schedule.use.deadline() - now : "used");
    for (Worker<T> worker : workers) {
      state.add(worker.isReady);
      state.add(worker.isRetiring);
      state.add(worker.isLeaving);
      state.add(worker.isApart);
      state.add(worker.isStuck);
      state.add(worker.isAsked);
      state.add(worker.sent.isEmpty() ? "" : now - worker.sent.getFirst().began);
      state.add(worker.hasDeadline ? worker.deadline - now : "free");
      worker.sent.forEach(entry -> state.add(fingerprint(entry)));
    }
    schedule.roster.idle.forEach(worker -> state.add("idle " + workers.indexOf(worker)));
    schedule.roster.roomy.forEach(worker -> state.add("roomy " + workers.indexOf(worker)));
    List<Job<T>> order = List.copyOf(jobs);
    schedule.turns.ring.forEach(job -> state.add("ring " + order.indexOf(job)));
    for (Job<T> job : order) {
      state.add(job.times.meanNanos());
      job.queue.forEach(entry -> state.add(fingerprint(entry)));
    }
    return state.toString();
  }

  private static String fingerprint(Entry<?> entry) {
    return "%d+%d%s%s%s%d"
        .formatted(
            entry.id,
            entry.width,
            entry.isOver ? "over" : "",
            entry.isInterrupted ? "interrupted" : "",
            entry.endsFrame ? "." : "",
            entry.suspicions);
  }
}
