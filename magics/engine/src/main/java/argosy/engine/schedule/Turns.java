package argosy.engine.schedule;

import argosy.engine.schedule.Instruction.Run;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Hands the tasks of jobs to workers, each job in its turn. Guarded by its caller.
/*
 * Fairness. Jobs with queued tasks stand in a ring; each turn hands one batch to one worker.
 *
 * Sending ahead. An idle worker always comes first. Only tasks known to be short are sent to a
 * worker that is busy, as much as it does in `backlogNanos`: that hides the way there and back.
 */
final class Turns<T> {

  /// How many jobs in turn may have nothing short enough to be sent ahead, before that has to wait
  /// for the next event: an event's cost must not grow with the number of jobs.
  private static final int MAX_FAILED_TURNS = 8;

  private final SchedulePolicy policy;
  private final Roster<T> roster;
  private final Consumer<Instruction<T>> instructions;
  final ArrayDeque<Job<T>> ring = new ArrayDeque<>();

  /// @param instructions hears what is to be done
  Turns(SchedulePolicy policy, Roster<T> roster, Consumer<Instruction<T>> instructions) {
    this.policy = policy;
    this.roster = roster;
    this.instructions = instructions;
  }

  /// Puts a job into the ring if it has something for a worker.
  void enroll(Job<T> job) {
    if (!job.isInRing && job.queued > 0) {
      job.isInRing = true;
      ring.add(job);
    }
  }

  /// A task has left its worker: a job that had reached its limit of workers may get another one.
  void release(Worker<T> worker, Entry<T> entry) {
    Job<T> job = entry.job;
    if (worker.jobs.merge(job, -entry.width, (a, b) -> a + b == 0 ? null : a + b) == null) {
      job.workers--;
    }
    enroll(job);
  }

  /// Gives workers that can take tasks what the jobs have.
  void handOut(long now) {
    int failures = 0;
    while (failures < MAX_FAILED_TURNS && !ring.isEmpty() && !roster.isFull()) {
      Job<T> job = ring.remove();
      job.isInRing = false;
      if (job.queued == 0) {
        continue;
      }
      Worker<T> worker = roster.pollFor(job);
      if (worker != null) {
        assign(worker, job, now);
        enroll(job);
      } else if (job.mayUseAnotherWorker()) {
        enroll(job);
        failures++;
      }
      // A job at its limit comes back when one of its tasks ends.
    }
  }

  /// Sends a worker the next batch of a job that has queued tasks.
  void assign(Worker<T> worker, Job<T> job, long now) {
    int size = roster.batchSizeFor(job);
    List<T> tasks = new ArrayList<>();
    int calls = 0;
    boolean wasFree = worker.sent.isEmpty();
    Entry<T> last = null;
    for (Entry<T> entry; calls < size && (entry = job.poll()) != null; ) {
      entry.worker = worker;
      entry.endsFrame = false;
      worker.sent.add(entry);
      tasks.add(entry.task);
      calls += entry.width;
      last = entry;
    }
    if (last == null) {
      throw new IllegalStateException("a job with queued tasks has none");
    }
    last.endsFrame = true;
    worker.frames++;
    worker.hasWorked = true;
    if (worker.jobs.merge(job, calls, Integer::sum) == calls) {
      job.workers++;
    }
    instructions.accept(new Run<>(worker.number, tasks));
    if (wasFree) {
      roster.busy++;
      startFirst(worker, now);
    }
    roster.settle(worker);
  }

  /// The first task that a worker has now runs.
  void startFirst(Worker<T> worker, long now) {
    roster.clearDeadline(worker);
    Entry<T> first = worker.sent.peekFirst();
    if (first == null || worker.isLeaving) {
      return;
    }
    first.began = now;
    if (first.isInterrupted) {
      roster.setDeadline(worker, now + policy.graceNanos());
    } else if (first.job.limits.timeoutNanos() > 0) {
      roster.setDeadline(worker, now + first.job.limits.timeoutNanos());
    }
  }
}
