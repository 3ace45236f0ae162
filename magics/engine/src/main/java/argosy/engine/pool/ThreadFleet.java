package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.PoolClosedException;
import argosy.WorkerLostException;
import argosy.engine.host.Host;
import argosy.engine.schedule.Job;
import argosy.engine.timeline.Timeline;
import argosy.engine.timeline.Track;
import argosy.engine.timeline.WorkEnd;
import argosy.wire.CurrentTask;
import argosy.wire.RunningChunk;
import argosy.wire.Spin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Worker threads of this process. Safe from any thread.
/*
 * To wake a thread costs more than a short task. So a thread that has run one looks for the next, and
 * one that waits for an end looks for that, for some microseconds before it sleeps. The latter looks
 * longer: until a sleeping thread is awake and has run its task. From then on neither sleeps.
 *
 * A thread that was interrupted for one call never runs another: it leaves, and a fresh one takes its
 * place, so that nothing that was meant for the one can reach the next. A thread that does not react
 * to its interrupt is given up: it cannot be ended, but nothing waits for it any more.
 */
public final class ThreadFleet implements Fleet<LocalCall>, Crew {

  private static final long WAKE_UP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final Host host;
  private final Timeline timeline;

  /// One thread at a time looks for an end: others would take the processors of those that work.
  private final ReentrantLock turn = new ReentrantLock();

  private final Spin spin = new Spin(WAKE_UP_NANOS);

  private final Map<Integer, Lane> lanes = new ConcurrentHashMap<>();
  private final Dispatcher<LocalCall> dispatcher;
  private volatile WorkerSettings settings;
  private volatile boolean isClosed;
  private volatile StopCause stopCause = StopCause.CLOSED;

  /// Why the last thread that could not start has not.
  private volatile @Nullable Throwable whyNot;

  /// No thread is started before the first call.
  public ThreadFleet(Host host, WorkerSettings settings, Timeline timeline) {
    this.host = host;
    this.timeline = timeline;
    this.settings = settings;
    this.dispatcher = new Dispatcher<>(this, settings.count());
  }

  /// {@return the first of so many numbers that no task had before}
  public long reserve(int count) {
    return dispatcher.reserve(count);
  }

  /// Runs calls; their numbers count on from that of the first. Never blocks.
  public void submit(Job<LocalCall> job, List<LocalCall> calls) {
    if (isClosed) {
      throw new PoolClosedException(CLOSED);
    }
    dispatcher.submit(job, calls.getFirst().id(), calls);
  }

  /// Looks for some microseconds whether what the calling thread waits for is there.
  public void help(BooleanSupplier isDone) {
    if (Thread.currentThread().isVirtual() || !turn.tryLock()) {
      return;
    }
    try {
      boolean _ = spin.until(isDone::getAsBoolean);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public boolean cancel(long task, boolean interrupts) {
    return dispatcher.cancel(task, interrupts);
  }

  @Override
  public List<TaskStatus> tasks() {
    long now = System.nanoTime();
    long pid = ProcessHandle.current().pid();
    return dispatcher.standings().stream()
        .map(standing -> {
          LocalCall call = standing.task();
          long its = standing.worker() == 0 ? -1 : pid;
          return TaskStatus.of(standing, call.count(), call.listener(), its, now);
        })
        .toList();
  }

  @Override
  public List<WorkerThreads> threads(Predicate<Integer> which) {
    return inOrder().filter(lane -> which.test(lane.number)).map(Lane::threads).toList();
  }

  @Override
  public WorkerSettings settings() {
    return settings;
  }

  /// Makes sure that there are at least so many threads when tasks run.
  public void require(int count) {
    dispatcher.locked(() -> {
      if (count > settings.count()) {
        settings = settings.withCount(count);
      }
    });
    dispatcher.require(count);
  }

  @Override
  public void configure(WorkerSettings next) {
    if (next.count() == 0) {
      stopCause = StopCause.UNWANTED;
      dispatcher.stopAll();
      return;
    }
    settings = next;
    dispatcher.resize(next.count());
    lanes.values().forEach(Lane::awaitStart);
  }

  @Override
  public List<WorkerStatus> status() {
    return inOrder().filter(lane -> !lane.isLeaving).map(Lane::status).toList();
  }

  private Stream<Lane> inOrder() {
    return lanes.values().stream().sorted(Comparator.comparingInt(lane -> lane.number));
  }

  // ---- what the schedule decides

  @Override
  public void launch(int worker) {
    Lane lane = new Lane(worker);
    lanes.put(worker, lane);
    lane.thread.start();
  }

  @Override
  public void run(int worker, List<LocalCall> calls) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      lane.add(calls);
    }
  }

  @Override
  public void interrupt(int worker, LocalCall call) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      lane.gate.interrupt(call.id());
    }
  }

  /// Before a thread begins a call, it looks whether somebody wants it.
  @Override
  public void skip(int worker, LocalCall call) {}

  @Override
  public void recall(int worker, List<LocalCall> recalled) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      lane.recall(recalled);
    }
  }

  @Override
  public void stop(int worker) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      lane.isLeaving = true;
      lane.thread.interrupt();
    }
  }

  @Override
  public void kill(int worker) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      lane.isLeaving = true;
      lane.gate.interrupt(lane.running);
      // Under the dispatcher's lock; the loss is an event of its own.
      Thread.startVirtualThread(() -> gone(lane));
    }
  }

  @Override
  public void rest() {}

  @Override
  public void failedToLaunch(int worker, Throwable why) {
    whyNot = why;
    Lane lane = lanes.remove(worker);
    if (lane != null) {
      lane.start.countDown();
    }
    dispatcher.failedToStart(worker);
  }

  @Override
  public void flush(int worker) {}

  @Override
  public void flushRecall(int worker) {
    Lane lane = lanes.get(worker);
    if (lane != null) {
      dispatcher.recalled(worker, lane.takeRecalled(), lane.takeRest());
    }
  }

  @Override
  public void givenBack(LocalCall call, int kept) {
    call.listener().givenBack(kept);
  }

  @Override
  public void expired(LocalCall call, int worker) {
    fail(
        call,
        new DeadlineExceededException(
            "%s ran longer than its timeout and was interrupted on thread %d"
                .formatted(call.name(), worker)));
  }

  @Override
  public void died(LocalCall call, int worker, long number) {
    fail(
        call,
        new WorkerLostException("thread %d ended while it ran %s".formatted(worker, call.name())));
  }

  @Override
  public void refused(LocalCall call, int worker) {
    fail(
        call,
        new WorkerLostException(
            "thread %d could not start for %s: %s".formatted(worker, call.name(), whyNot)));
  }

  @Override
  public void abandoned(LocalCall call) {
    fail(call, stopCause.failure(call.name()));
  }

  private static void fail(LocalCall call, RuntimeException cause) {
    call.listener().ended(new CallEnd.Failed(cause));
  }

  private void gone(Lane lane) {
    lane.track.lost(lane.running, System.nanoTime());
    if (lanes.remove(lane.number, lane)) {
      dispatcher.lost(lane.number, lane.running);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    stopCause = StopCause.CLOSED;
    dispatcher.close();
  }

  /// A call that a thread has to do. Equal to no other one.
  private static final class Sent {

    final LocalCall call;

    /// How many there had been when it was sent.
    final long withdrawals;

    Sent(LocalCall call, long withdrawals) {
      this.call = call;
      this.withdrawals = withdrawals;
    }
  }

  /// One thread and what it has to do.
  private final class Lane {

    final int number;
    final Thread thread;
    final InterruptGate gate;
    private final Track track;
    private final Queue<Sent> calls = new ConcurrentLinkedQueue<>();
    private final Spin spin = new Spin();
    private final Queue<Long> recalled = new ConcurrentLinkedQueue<>();

    /// The calls that run as one, if they may be taken apart.
    private volatile @Nullable RunningChunk chunk;

    /// From which of its calls on they were taken back, if nobody has heard of that; else 0.
    private final AtomicLong rest = new AtomicLong();

    /// Of the last call, if somebody may still come for its result.
    private @Nullable CallListener ended;

    private final CountDownLatch start = new CountDownLatch(1);
    private volatile boolean isAsleep;
    volatile boolean isLeaving;
    volatile long running;
    private volatile long tasksDone;

    Lane(int number) {
      this.number = number;
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("argosy/thread-" + number)
              .unstarted(this::work);
      this.gate = new InterruptGate(host, thread);
      this.track = timeline.open("threads", number);
    }

    /// Under the dispatcher's lock.
    void add(List<LocalCall> more) {
      long withdrawals = dispatcher.withdrawals();
      for (LocalCall call : more) {
        calls.add(new Sent(call, withdrawals));
      }
      if (isAsleep) {
        LockSupport.unpark(thread);
      }
    }

    /// Takes back those of these calls that this thread has not begun. Under the dispatcher's lock.
    void recall(List<LocalCall> unwanted) {
      Set<Long> ids = unwanted.stream().map(LocalCall::id).collect(Collectors.toSet());
      for (Sent sent : List.copyOf(calls)) {
        if (ids.contains(sent.call.id()) && calls.remove(sent)) {
          recalled.add(sent.call.id());
        }
      }
      RunningChunk inside = chunk;
      if (inside != null && ids.contains(inside.task())) {
        rest.set(inside.takeBack());
      }
    }

    /// {@return the first call of a chunk that was taken back and that nobody has heard of, or 0}
    long takeRest() {
      return rest.getAndSet(0);
    }

    /// {@return the calls that were taken back and that nobody has heard of, in their order}
    List<Long> takeRecalled() {
      List<Long> taken = new ArrayList<>();
      for (Long id; (id = recalled.poll()) != null; ) {
        taken.add(id);
      }
      return taken;
    }

    void awaitStart() {
      try {
        start.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while the threads were starting");
      }
    }

    private void work() {
      dispatcher.started(number);
      start.countDown();
      boolean isClean = true;
      while (isClean && !isLeaving) {
        Sent sent = next();
        if (sent != null) {
          isClean = run(sent);
        }
      }
      finish();
      gone(this);
    }

    private @Nullable Sent next() {
      if (!spin.until(this::look)) {
        finish();
        dispatcher.catchUp();
      }
      Sent next = calls.poll();
      while (next == null && !isLeaving) {
        // Set before it is looked once more: whoever adds a call later sees it.
        isAsleep = true;
        next = calls.poll();
        if (next == null && !isLeaving) {
          LockSupport.park(this);
        }
        isAsleep = false;
        if (next == null && Thread.interrupted()) {
          // Either this thread is to leave, or a task's own code has interrupted it too late.
          return null;
        }
      }
      return next;
    }

    private boolean look() {
      boolean isThere = isLeaving || !calls.isEmpty();
      CallListener left = ended;
      if (left != null && (isThere || left.isDue())) {
        finish();
      }
      return isThere;
    }

    private void finish() {
      CallListener left = ended;
      ended = null;
      if (left != null) {
        left.finish();
      }
    }

    /// @return whether the thread may run another call
    @SuppressWarnings("NonAtomicVolatileUpdate") // only this thread counts
    private boolean run(Sent sent) {
      LocalCall call = sent.call;
      long start = System.nanoTime();
      running = call.id();
      gate.enter(call.id());
      CallEnd end;
      if (dispatcher.withdrawals() == sent.withdrawals || dispatcher.isWanted(call.id())) {
        track.sent(call.work(start));
        host.workFor(call.listener().caller().scope());
        chunk = call.divisible();
        end = call.run(chunk, gate::isInterrupted);
        chunk = null;
        host.workFor(null);
        CurrentTask.enter(null);
      } else {
        end = new CallEnd.Value(null);
      }
      boolean isClean = !gate.leave();
      boolean _ = Thread.interrupted();
      tasksDone += call.count();
      long now = System.nanoTime();
      track.ended(call.id(), workEnd(end, isClean, now - start), now);
      if (isClean) {
        report(sent, end, (now - start) / countOf(end));
      } else if (lanes.remove(number, this)) {
        // The call is over for everybody else; its end and the thread's are one event.
        dispatcher.lost(number, call.id());
      }
      running = 0;
      return isClean;
    }

    private static WorkEnd workEnd(CallEnd end, boolean isClean, long nanos) {
      WorkEnd all = LocalCall.workEnd(end, nanos);
      return isClean ? all : new WorkEnd(all.count(), 0, nanos, true);
    }

    private static int countOf(CallEnd end) {
      return end instanceof CallEnd.Ran(List<CallEnd> ends, int _) ? ends.size() : 1;
    }

    private void report(Sent sent, CallEnd end, long nanos) {
      LocalCall call = sent.call;
      if (dispatcher.noteEnd(number, call.id(), nanos, sent.withdrawals)) {
        ended = call.listener().endedJustNow(end) ? call.listener() : null;
      }
    }

    WorkerThreads threads() {
      StringBuilder text = new StringBuilder();
      text.append('"')
          .append(thread.getName())
          .append("\" ")
          .append(thread.getState())
          .append('\n');
      for (StackTraceElement frame : thread.getStackTrace()) {
        text.append("    at ").append(frame).append('\n');
      }
      WorkerStatus status = status();
      return new WorkerThreads(number, status.pid(), status.state(), text.toString());
    }

    WorkerStatus status() {
      return new WorkerStatus(
          number,
          ProcessHandle.current().pid(),
          running == 0 ? "idle" : "busy",
          tasksDone,
          -1,
          System.getProperty("java.version"));
    }
  }
}
