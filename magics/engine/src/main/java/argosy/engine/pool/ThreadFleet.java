package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.PoolClosedException;
import argosy.WorkerLostException;
import argosy.engine.host.Host;
import argosy.engine.schedule.Job;
import argosy.engine.timeline.Timeline;
import argosy.wire.Spin;
import argosy.wire.TimeText;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Worker threads of this process. Safe from any thread.
public final class ThreadFleet implements Fleet<LocalCall>, Crew {

  private static final long WAKE_UP_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  private final Host host;
  private final Timeline timeline;

  /// One thread at a time looks for an end: others would take the processors of those that work.
  private final ReentrantLock turn = new ReentrantLock();

  private final Spin spin = new Spin(WAKE_UP_NANOS);

  private final Map<Integer, ThreadLane> lanes = new ConcurrentHashMap<>();
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
          return TaskStatus.of(standing, call.listener(), its, now);
        })
        .toList();
  }

  @Override
  public List<WorkerThreads> threads(Predicate<Integer> which) {
    return inOrder().filter(lane -> which.test(lane.number)).map(ThreadLane::threads).toList();
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
    lanes.values().forEach(ThreadLane::awaitStart);
  }

  @Override
  public List<WorkerStatus> status() {
    return inOrder().filter(lane -> !lane.isLeaving).map(ThreadLane::status).toList();
  }

  private Stream<ThreadLane> inOrder() {
    return lanes.values().stream().sorted(Comparator.comparingInt(lane -> lane.number));
  }

  // ---- what the schedule decides

  @Override
  public void launch(int worker) {
    ThreadLane lane =
        new ThreadLane(worker, host, timeline, dispatcher, gone -> lanes.remove(gone.number, gone));
    lanes.put(worker, lane);
    lane.thread.start();
  }

  @Override
  public void run(int worker, List<LocalCall> calls) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      lane.add(calls);
    }
  }

  @Override
  public void interrupt(int worker, LocalCall call) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      lane.gate.interrupt(call.id());
    }
  }

  /// Before a thread begins a call, it looks whether somebody wants it.
  @Override
  public void skip(int worker, LocalCall call) {}

  @Override
  public void recall(int worker, List<LocalCall> recalled) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      lane.recall(recalled);
    }
  }

  @Override
  public void stop(int worker) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      lane.isLeaving = true;
      lane.thread.interrupt();
    }
  }

  @Override
  public void kill(int worker) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      lane.isLeaving = true;
      lane.gate.interrupt(lane.running);
      // Under the dispatcher's lock; the loss is an event of its own.
      Thread.startVirtualThread(lane::gone);
    }
  }

  @Override
  public void rest() {}

  @Override
  public void failedToLaunch(int worker, Throwable why) {
    whyNot = why;
    ThreadLane lane = lanes.remove(worker);
    if (lane != null) {
      lane.failedToStart();
    }
    dispatcher.failedToStart(worker);
  }

  @Override
  public void flush(int worker) {}

  @Override
  public void flushRecall(int worker) {
    ThreadLane lane = lanes.get(worker);
    if (lane != null) {
      dispatcher.recalled(worker, lane.takeRecalled(), lane.takeRest());
    }
  }

  @Override
  public void givenBack(LocalCall call, int kept) {
    call.listener().givenBack(kept);
  }

  @Override
  public void expired(LocalCall call, int worker, long timeoutNanos) {
    fail(
        call,
        new DeadlineExceededException(
            "%s ran longer than its timeout of %s and was interrupted on thread %d"
                .formatted(call.name(), TimeText.of(Duration.ofNanos(timeoutNanos)), worker)));
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

  @Override
  public void close() {
    isClosed = true;
    stopCause = StopCause.CLOSED;
    dispatcher.close();
  }
}
