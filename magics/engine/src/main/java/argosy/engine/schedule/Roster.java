package argosy.engine.schedule;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The workers of a schedule: who is free, who has room for more, and whose time is up.
final class Roster<T> {

  private final SchedulePolicy policy;

  /// In the order in which they came, which is that of their numbers.
  final LinkedHashMap<Integer, Worker<T>> workers = new LinkedHashMap<>();

  final ArrayDeque<Worker<T>> idle = new ArrayDeque<>();
  final ArrayDeque<Worker<T>> roomy = new ArrayDeque<>();
  final TreeSet<Worker<T>> deadlines;
  private int lastNumber;

  /// How many workers have tasks.
  int busy;

  /// How many workers are neither retiring nor leaving nor apart.
  private int living;

  /// @param zero deadlines are compared by their distance from it, because clocks wrap around
  Roster(SchedulePolicy policy, long zero) {
    this.policy = policy;
    this.deadlines =
        new TreeSet<>(
            Comparator.<Worker<T>>comparingLong(worker -> worker.deadline - zero)
                .thenComparingInt(worker -> worker.number));
  }

  // ---- who is there

  /// Adds a worker that is not ready yet.
  Worker<T> add() {
    Worker<T> worker = new Worker<>(++lastNumber);
    workers.put(worker.number, worker);
    living++;
    return worker;
  }

  @Nullable Worker<T> get(int number) {
    return workers.get(number);
  }

  /// Forgets a worker that is gone.
  @Nullable Worker<T> remove(int number) {
    Worker<T> worker = workers.remove(number);
    if (worker != null) {
      uncount(worker);
      unlist(worker);
    }
    return worker;
  }

  Collection<Worker<T>> all() {
    return List.copyOf(workers.values());
  }

  /// {@return all in the order in which they go if they are too many: the newest first, and last
  /// those with whom something would be lost}
  Collection<Worker<T>> mostDispensableFirst() {
    return workers.reversed().values().stream()
        .sorted(Comparator.comparing(worker -> worker.residents > 0))
        .toList();
  }

  /// {@return the task that some worker runs now and that has a call of this number, or null}
  @Nullable T findSent(long call) {
    for (Worker<T> worker : workers.values()) {
      Entry<T> running = worker.sent.peekFirst();
      if (running != null && running.hasCall(call)) {
        return running.task;
      }
    }
    return null;
  }

  int living() {
    return living;
  }

  /// {@return whether a worker is to come that is not ready yet}
  boolean isAnyStarting() {
    for (Worker<T> worker : workers.values()) {
      if (!worker.isReady && !worker.isLeaving) {
        return true;
      }
    }
    return false;
  }

  /// A worker gets no more tasks.
  void retire(Worker<T> worker) {
    uncount(worker);
    worker.isRetiring = true;
    unlist(worker);
  }

  /// A worker was told to go.
  void leave(Worker<T> worker) {
    uncount(worker);
    worker.isLeaving = true;
    unlist(worker);
    clearDeadline(worker);
  }

  /// A worker gets no more tasks but those that are meant for it.
  void setApart(Worker<T> worker) {
    uncount(worker);
    worker.isApart = true;
    unlist(worker);
  }

  /// A worker that was apart takes any task again.
  void rejoin(Worker<T> worker) {
    worker.isApart = false;
    if (isLiving(worker)) {
      living++;
    }
    settle(worker);
  }

  private void uncount(Worker<T> worker) {
    if (isLiving(worker)) {
      living--;
    }
  }

  private static boolean isLiving(Worker<?> worker) {
    return !worker.isRetiring && !worker.isLeaving && !worker.isApart;
  }

  private void unlist(Worker<T> worker) {
    if (worker.isLeaving || !workers.containsKey(worker.number)) {
      clearDeadline(worker);
    }
    if (worker.isIdle) {
      worker.isIdle = false;
      idle.remove(worker);
    }
    if (worker.isRoomy) {
      worker.isRoomy = false;
      roomy.remove(worker);
    }
  }

  // ---- who can take tasks

  /// Lists a worker by what it can take now.
  void settle(Worker<T> worker) {
    if (!worker.takesAny()) {
      return;
    }
    if (worker.sent.isEmpty()) {
      if (worker.isRoomy) {
        worker.isRoomy = false;
        roomy.remove(worker);
      }
      if (!worker.isIdle) {
        worker.isIdle = true;
        if (worker.hasWorked) {
          // Comes next: its caches are warm.
          idle.addFirst(worker);
        } else {
          idle.addLast(worker);
        }
      }
    } else if (!worker.isRoomy && hasRoom(worker)) {
      worker.isRoomy = true;
      roomy.add(worker);
    }
  }

  private boolean hasRoom(Worker<T> worker) {
    if (worker.isStuck || worker.frames >= policy.maxFrames()) {
      return false;
    }
    long backlog = 0;
    for (Map.Entry<Job<T>, Integer> job : worker.jobs.entrySet()) {
      long mean = job.getKey().times.meanNanos();
      if (mean == 0) {
        return false;
      }
      backlog += mean * job.getValue();
    }
    return backlog < policy.backlogNanos();
  }

  /// Takes a certain worker, ready to be sent a batch.
  void take(Worker<T> worker) {
    unlist(worker);
  }

  boolean isFull() {
    return idle.isEmpty() && roomy.isEmpty();
  }

  /// Takes the worker that is to run a job's next batch, or null if there is none for it.
  @Nullable Worker<T> pollFor(Job<T> job) {
    if (job.mayUseAnotherWorker()) {
      Worker<T> free = idle.poll();
      if (free != null) {
        free.isIdle = false;
        return free;
      }
    }
    long mean = job.times.meanNanos();
    return mean == 0 || mean >= policy.backlogNanos() ? null : pollRoomyFor(job);
  }

  private @Nullable Worker<T> pollRoomyFor(Job<T> job) {
    for (int turns = roomy.size(); turns > 0; turns--) {
      Worker<T> worker = roomy.remove();
      worker.isRoomy = false;
      if (hasRoom(worker)) {
        if (job.mayUseAnotherWorker() || worker.jobs.containsKey(job)) {
          return worker;
        }
        worker.isRoomy = true;
        roomy.add(worker);
      }
    }
    return null;
  }

  /// {@return how many tasks of a job go into its next message}
  int batchSizeFor(Job<T> job) {
    if (job.limits.batch() > 0) {
      return job.limits.batch();
    }
    long mean = job.times.meanNanos();
    if (mean == 0) {
      return 1;
    }
    int limit = job.limits.workers();
    int usable = Math.max(1, limit > 0 ? Math.min(limit, living) : living);
    long fair = job.queued / (2L * usable);
    return (int)
        Math.max(1, Math.min(Math.min(policy.maxBatch(), fair), policy.batchNanos() / mean));
  }

  // ---- whose time is up

  void setDeadline(Worker<T> worker, long deadline) {
    clearDeadline(worker);
    worker.deadline = deadline;
    worker.hasDeadline = true;
    deadlines.add(worker);
  }

  void clearDeadline(Worker<T> worker) {
    if (worker.hasDeadline) {
      deadlines.remove(worker);
      worker.hasDeadline = false;
    }
  }

  /// {@return the worker whose deadline is first, or null if none has one}
  @Nullable Worker<T> firstDeadline() {
    return deadlines.isEmpty() ? null : deadlines.first();
  }
}
