package argosy.kernel.jshell;

import argosy.kernel.extension.CodeTime;
import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One execution of a cell, as something that can be told to stop.
///
/// The thread that runs it is interrupted only while it runs the user's code: an interrupt inside
/// the compiler would close the jars that it reads.
final class CellRun {

  private static final ThreadLocal<@Nullable CellRun> CURRENT = new ThreadLocal<>();

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean HAS_CPU_TIME = THREADS.isCurrentThreadCpuTimeSupported();

  private final CellIo io;
  private final Thread thread;
  private final Watch watch;
  private int depth;
  private long statement;
  private Runnable endOfWatch = () -> {};
  private CodeTime time = new CodeTime(0, 0);
  private CodeTime started = new CodeTime(0, 0);
  private @Nullable StopReason stopReason;
  private boolean ended;
  private boolean abandoned;
  private StopChecks.@Nullable Request stopRequest;
  private Set<Thread> stragglers = Set.of();

  /// Looks after the user's code.
  @FunctionalInterface
  interface Watch {

    /// Does not.
    Watch NONE = (_, _) -> () -> {};

    /// Begins with a statement of a run, for [CellRun#overrun].
    ///
    /// @return what ends the watch
    Runnable begin(CellRun run, long statement);
  }

  CellRun(CellIo io, Thread thread, Watch watch) {
    this.io = io;
    this.thread = thread;
    this.watch = watch;
  }

  /// {@return the run that the calling thread works on, or null if it works on none}
  static @Nullable CellRun ofThisThread() {
    return CURRENT.get();
  }

  /// Makes this the run that the calling thread works on.
  void bind() {
    CURRENT.set(this);
  }

  CellIo io() {
    return io;
  }

  Thread thread() {
    return thread;
  }

  /// Starts to run the user's code on the cell's thread.
  ///
  /// @throws StoppedError if the cell is to stop
  synchronized void enterUserCode() {
    if (stopReason != null) {
      throw new StoppedError();
    }
    resumeUserCode();
  }

  /// Goes on with the user's code after [#leaveUserCode], be the cell told to stop or not.
  synchronized void resumeUserCode() {
    if (depth++ == 0) {
      started = now();
      endOfWatch = watch.begin(this, ++statement);
    }
  }

  /// Returns from the user's code. Clears an interrupt that has done its work.
  ///
  /// @throws StoppedError if nobody waits for this thread any more
  synchronized void leaveUserCode() {
    if (--depth == 0) {
      time = codeTimeSinceStart();
      endOfWatch.run();
    }
    if (abandoned) {
      throw new StoppedError();
    }
    if (stopReason != null || depth == 0) {
      Thread.interrupted();
    }
  }

  /// {@return how long the user's code has run on the cell's thread, which calls this}
  synchronized CodeTime codeTime() {
    return depth > 0 ? codeTimeSinceStart() : time;
  }

  private CodeTime codeTimeSinceStart() {
    CodeTime passed = now().since(started);
    return new CodeTime(time.wallNanos() + passed.wallNanos(), time.cpuNanos() + passed.cpuNanos());
  }

  private static CodeTime now() {
    long cpuNanos = HAS_CPU_TIME ? THREADS.getCurrentThreadCpuTime() : 0;
    return new CodeTime(System.nanoTime(), cpuNanos);
  }

  /// Asks the cell to stop, and its thread to wake up. May be repeated; the first reason counts.
  ///
  /// @return whether it still runs
  synchronized boolean stop(StopReason reason) {
    if (ended) {
      return false;
    }
    if (stopReason == null) {
      stopReason = reason;
      stopRequest = StopChecks.request(this::isMeant);
    }
    if (depth > 0) {
      thread.interrupt();
    }
    return true;
  }

  /// As [#stop], if a statement runs that a [Watch] has begun with.
  synchronized boolean overrun(long watched, StopReason reason) {
    return depth > 0 && statement == watched && stop(reason);
  }

  /// Whether a thread works for this cell: its own, those that it started, and the common pool.
  private boolean isMeant(Thread candidate) {
    if (candidate.equals(thread)) {
      return isAbandoned() || !hasEnded();
    }
    return io.equals(CellScope.current()) || isPoolThreadToStop(candidate);
  }

  private synchronized boolean isPoolThreadToStop(Thread candidate) {
    return ended ? stragglers.contains(candidate) : isOfCommonPool(candidate);
  }

  private static boolean isOfCommonPool(Thread candidate) {
    return candidate instanceof ForkJoinWorkerThread worker
        && ForkJoinPool.commonPool().equals(worker.getPool());
  }

  /// The threads of the common pool that run cell code at this moment.
  private static Set<Thread> poolThreadsInCells() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> isOfCommonPool(entry.getKey()))
        .filter(entry -> Arrays.stream(entry.getValue()).anyMatch(CellRun::isCellFrame))
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean isCellFrame(StackTraceElement frame) {
    return Wrappers.wrapperOf(frame.getClassName()).isPresent();
  }

  synchronized boolean isStopped() {
    return stopReason != null;
  }

  /// {@return why it was told to stop, if it was}
  synchronized Optional<StopReason> stopReason() {
    return Optional.ofNullable(stopReason);
  }

  private synchronized boolean hasEnded() {
    return ended;
  }

  /// Gives the thread up if it runs the user's code. From then on it ends as soon as it can.
  ///
  /// @return whether it was given up; never while the compiler runs, which holds the shell
  synchronized boolean abandon() {
    if (ended || depth == 0) {
      return false;
    }
    abandoned = true;
    ended = true;
    return true;
  }

  synchronized boolean isAbandoned() {
    return abandoned;
  }

  /// Marks the end; no interrupt lands on the thread after it.
  synchronized void end() {
    if (stopReason != null && !ended) {
      // A parallel stream's other threads outlive the exception that ends it here.
      stragglers = poolThreadsInCells();
    }
    ended = true;
    depth = 0;
    endOfWatch.run();
    Thread.interrupted();
  }

  /// Lets what the cell has left running pass the checks again.
  synchronized void forgiveThreads() {
    if (stopRequest != null) {
      stopRequest.withdraw();
      stopRequest = null;
    }
  }
}
