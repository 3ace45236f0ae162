package argosy.engine.pool;

import argosy.engine.host.Host;
import argosy.engine.schedule.SchedulePolicy;
import argosy.engine.schedule.Standing.Phase;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets new workers run, before they are ready, what the others ran. Safe from any thread.
/*
 * A worker that cannot be taught is used all the same: most tasks need nothing of it, and the others
 * say what they miss. The user is told once, in the cell of the moment. What does not end, or ends the
 * worker, is not tried again: no worker would ever be ready.
 */
final class Teaching {

  /// How long anything may take, and how many times as long as it took the first time.
  private static final long LEAST_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(20);

  private static final int TIMES_AS_LONG = 10;

  private final Host host;
  private final Dispatcher<RemoteCall> dispatcher;
  private final ReplayLog log = new ReplayLog();
  private final Map<Long, Attempt> attempts = new ConcurrentHashMap<>();

  Teaching(Host host, Dispatcher<RemoteCall> dispatcher) {
    this.host = host;
    this.dispatcher = dispatcher;
  }

  /// Starts calls on workers that are ready.
  ///
  /// @param calls does it, and returns what says whether the call has worked anywhere
  /// @param kept what workers that start later run before anything else, or null for nothing
  ///
  /// @return makes later workers leave it out
  Runnable everywhere(Supplier<CompletableFuture<Boolean>> calls, @Nullable Lesson kept) {
    if (kept == null) {
      log.locked(() -> {
        var _ = calls.get();
      });
      return () -> {};
    }
    ReplayLog.Entry entry = ReplayLog.Entry.of(kept);
    log.locked(() -> {
      log.add(entry);
      try {
        var _ =
            calls
                .get()
                .whenComplete((hasWorked, failure) -> entry.settle(failure == null && hasWorked));
      } catch (RuntimeException | Error e) {
        entry.settle(false);
        throw e;
      }
    });
    return () -> log.remove(entry);
  }

  /// Lets a worker run everything, and then makes it ready. Blocks.
  void teach(WorkerLink link, Runnable ready) {
    log.replay(
        entry -> {
          if (entry.lesson().leavesState()) {
            link.takesState();
          }
          return teach(link, entry);
        },
        ready);
  }

  /// {@return whether it is worth to be tried on the next worker}
  private boolean teach(WorkerLink link, ReplayLog.Entry entry) {
    long id = dispatcher.reserve(1);
    Attempt attempt = new Attempt(link, entry, id);
    attempts.put(id, attempt);
    try {
      if (link.hasEnded()) {
        return true;
      }
      RemoteCall call = entry.lesson().call();
      dispatcher.locked(() -> link.orders().run(List.of(call.numbered(id))));
      link.orders().flush();
      boolean isInTime = attempt.awaitEnd(limit(entry));
      TaskEnded end = attempt.end.join();
      return judge(attempt, isInTime, end);
    } finally {
      attempts.remove(id);
    }
  }

  private static long limit(ReplayLog.Entry entry) {
    return Math.max(LEAST_LIMIT_NANOS, TIMES_AS_LONG * entry.nanos());
  }

  private boolean judge(Attempt attempt, boolean isInTime, @Nullable TaskEnded end) {
    if (!isInTime) {
      complain(attempt, "it had not ended after %s, so it was ended".formatted(attempt.howLong()));
      return false;
    }
    return switch (end) {
      case TaskReturned _, ChunkEnded _ -> true;
      case TaskThrew threw -> {
        CallEnd how = new CallEnd.Threw(threw.failure());
        complain(attempt, attempt.entry.lesson().failure().apply(how));
        yield true;
      }
      case TaskBroke broke -> {
        complain(attempt, broke.printed().lines().findFirst().orElse(""));
        yield true;
      }
      case TaskStopped _ -> {
        complain(attempt, "it was cancelled");
        yield false;
      }
      case null -> {
        if (!attempt.link.isLeaving()) {
          complain(attempt, "its process ended: " + attempt.lossOrNothing());
        }
        yield attempt.link.isLeaving();
      }
    };
  }

  private void complain(Attempt attempt, String why) {
    if (!attempt.entry.failsForTheFirstTime()) {
      return;
    }
    String notice =
        """
        Worker %d (pid %d) could not run again what the other workers ran before (%s): %s
        It takes tasks, but does not know what that code declares. Run the code again when it can \
        work, or give it %%%%px --once to keep it from workers that start later.
        """
            .formatted(attempt.link.number(), attempt.link.pid(), attempt.name(host), why);
    host.output().stderr(notice);
  }

  // ---- while it runs

  /// {@return what runs}
  List<TaskStatus> tasks() {
    return attempts.values().stream().map(attempt -> attempt.status()).toList();
  }

  /// A worker has ended a call.
  ///
  /// @return whether that was such an attempt
  boolean ended(TaskEnded message) {
    Attempt attempt = attempts.get(message.task());
    return attempt != null && attempt.end.complete(message);
  }

  /// A worker is gone, which says so from now on.
  void lost(WorkerLink link, String cause) {
    for (Attempt attempt : attempts.values()) {
      if (attempt.link.equals(link)) {
        attempt.loss = cause;
        boolean _ = attempt.end.complete(null);
      }
    }
  }

  /// Ends an attempt.
  ///
  /// @return whether there was one of this number
  boolean cancel(long task) {
    Attempt attempt = attempts.get(task);
    return attempt != null && attempt.givenUp.complete(null);
  }

  /// A call that a new worker runs before it is ready; the schedule knows nothing of it.
  private static final class Attempt implements Caller {

    private final WorkerLink link;
    private final ReplayLog.Entry entry;
    private final long id;
    private final long start = System.nanoTime();
    private final CompletableFuture<@Nullable TaskEnded> end = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> givenUp = new CompletableFuture<>();
    private volatile @Nullable String loss;

    Attempt(WorkerLink link, ReplayLog.Entry entry, long id) {
      this.link = link;
      this.entry = entry;
      this.id = id;
    }

    /// Waits until it ends, by itself or by force.
    ///
    /// @return whether its time was not up
    boolean awaitEnd(long nanos) {
      boolean isInTime = await(CompletableFuture.anyOf(end, givenUp), nanos);
      if (!end.isDone()) {
        link.orders().cancel(id);
        link.orders().flush();
        if (!await(end, SchedulePolicy.DEFAULT.graceNanos())) {
          link.condemn("what it ran before its first task did not give in when its time was up");
        }
      }
      return isInTime;
    }

    private static boolean await(CompletableFuture<?> future, long nanos) {
      try {
        Object _ = future.copy().orTimeout(nanos, TimeUnit.NANOSECONDS).join();
        return true;
      } catch (CompletionException e) {
        if (e.getCause() instanceof TimeoutException) {
          return false;
        }
        throw e;
      }
    }

    String howLong() {
      return "%d s".formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    String lossOrNothing() {
      String cause = loss;
      return cause == null ? "nobody knows why" : cause;
    }

    String name(Host host) {
      return "%s of %s".formatted(what(), host.nameOf(scope())).replaceAll("^ of | of $", "");
    }

    private String what() {
      return entry.lesson().call().listener().what(0);
    }

    TaskStatus status() {
      return new TaskStatus(
          id,
          1,
          (what() + " again, on a new worker").strip(),
          givenUp.isDone() ? Phase.ENDING : Phase.RUNNING,
          link.number(),
          link.pid(),
          Duration.ofNanos(System.nanoTime() - start),
          1,
          this);
    }

    @Override
    public Object scope() {
      return entry.lesson().call().listener().caller().scope();
    }

    @Override
    public void giveUp() {
      boolean _ = givenUp.complete(null);
    }
  }
}
