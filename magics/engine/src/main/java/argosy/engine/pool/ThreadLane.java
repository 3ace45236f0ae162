package argosy.engine.pool;

import argosy.engine.host.Host;
import argosy.engine.timeline.Timeline;
import argosy.engine.timeline.Track;
import argosy.engine.timeline.WorkEnd;
import argosy.wire.CurrentTask;
import argosy.wire.RunningChunk;
import argosy.wire.Spin;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One thread of a [ThreadFleet] and what it has to do. Safe from any thread.
/*
 * To wake a thread costs more than a short task. So a thread that has run one looks for the next, and
 * one that waits for an end looks for that, for some microseconds before it sleeps. The latter looks
 * longer: until a sleeping thread is awake and has run its task. From then on neither sleeps.
 *
 * A thread that was interrupted for one call never runs another: it leaves, and a fresh one takes its
 * place, so that nothing that was meant for the one can reach the next. A thread that does not react
 * to its interrupt is given up: it cannot be ended, but nothing waits for it any more.
 */
final class ThreadLane {

  /// Forgets a lane whose thread runs no more calls; false if that has been done.
  interface Register {
    boolean remove(ThreadLane lane);
  }

  private final Host host;
  private final Dispatcher<LocalCall> dispatcher;
  private final Register register;

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

  /// @param dispatcher sends it calls, and hears how they end
  ThreadLane(
      int number,
      Host host,
      Timeline timeline,
      Dispatcher<LocalCall> dispatcher,
      Register register) {
    this.number = number;
    this.host = host;
    this.dispatcher = dispatcher;
    this.register = register;
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

  /// Whoever waits for the start has waited long enough.
  void failedToStart() {
    start.countDown();
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
    gone();
  }

  /// Says that the thread is lost, with what it runs.
  void gone() {
    track.lost(running, System.nanoTime());
    if (register.remove(this)) {
      dispatcher.lost(number, running);
    }
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
    } else if (register.remove(this)) {
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
    text.append('"').append(thread.getName()).append("\" ").append(thread.getState()).append('\n');
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
}
