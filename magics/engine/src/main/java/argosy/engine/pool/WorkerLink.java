package argosy.engine.pool;

import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.SharedMemory;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.FromWorker.OutputWritten;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.FromWorker.ValueForgotten;
import argosy.wire.MalformedFrameException;
import argosy.wire.SentValue;
import argosy.wire.TaskCall;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.RunChunk;
import argosy.wire.ToWorker.RunTasks;
import argosy.wire.memory.Range;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One worker process as the kernel knows it, from its launch to its end.
/*
 * Threads. The dispatcher's lock guards what is sent; the I/O thread reads. `start` runs on a thread
 * that may block, and attaches the connections at its end. The link is lost when the end of the data
 * stream has been read, so that every answer counts that the worker gave before it died.
 */
final class WorkerLink implements SocketLoop.Listener {

  /// What a link tells its fleet.
  interface Owner {

    /// A task ended; called by the I/O thread.
    void ended(WorkerLink link, TaskEnded message);

    /// The worker needs shared memory for a value of a result; called by the I/O thread.
    void memoryWanted(WorkerLink link, long bytes);

    /// Something changed that is guarded by the dispatcher's lock.
    void locked(Runnable change);

    /// {@return where the output of a task goes, or null if it is no longer known}
    @Nullable TaskOutput outputOf(long task);

    /// The process has ended. Called once, after all that it said has been read.
    void lost(WorkerLink link, ProcessEnd end);
  }

  private static final long EXIT_SECONDS = 1;

  private final int number;
  private final Owner owner;
  private final KnownClosures known = new KnownClosures();

  /// The calls that were sent with large values and have not ended.
  private final Map<Long, RemoteCall> withValues = new ConcurrentHashMap<>();

  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

  /// The memory that the worker has for values of results, by its place.
  private final Map<Range, SharedMemory.Lease> given = new ConcurrentHashMap<>();

  private volatile @Nullable WorkerProcess process;
  private volatile @Nullable Connection data;
  private volatile @Nullable Connection control;
  private volatile @Nullable MappedByteBuffer progress;
  private volatile String java = "";
  private volatile boolean isKilled;
  private volatile boolean isLeaving;
  private volatile long tasksSent;
  private volatile long tasksDone;
  private volatile long memoryBytes = -1;
  private long tasksDoneWhenLarge = -1;

  /// Why this process has ended it, or null.
  private volatile @Nullable String verdict;

  private @Nullable TaskOutput lastOutput;
  private @Nullable MalformedFrameException breach;

  WorkerLink(int number, Owner owner) {
    this.number = number;
    this.owner = owner;
  }

  int number() {
    return number;
  }

  /// {@return completes when tasks can be sent, or exceptionally when that will never be}
  CompletableFuture<@Nullable Void> ready() {
    return ready;
  }

  /// {@return completes when the process is gone and the schedule knows it}
  CompletableFuture<@Nullable Void> gone() {
    return gone;
  }

  /// {@return what the worker keeps; guarded by the dispatcher's lock}
  KnownClosures known() {
    return known;
  }

  @Nullable WorkerProcess process() {
    return process;
  }

  String java() {
    return java;
  }

  long tasksDone() {
    return tasksDone;
  }

  /// {@return how many bytes went to the worker through its socket}
  long bytesSent() {
    Connection to = data;
    return to == null ? 0 : to.bytesSent();
  }

  /// {@return what it does, in a word}
  String state() {
    if (!ready.isDone()) {
      return "starting";
    }
    if (ProcessTable.isStopped(pid())) {
      return "stopped";
    }
    return running() == 0 ? "idle" : "busy";
  }

  /// {@return whether it has not ended all that it was sent}
  boolean hasTasks() {
    return tasksSent > tasksDone;
  }

  /// {@return the task that runs there, or 0}
  long running() {
    MappedByteBuffer word = progress;
    return word == null ? 0 : word.getLong(0);
  }

  // ---- memory

  /// Looks how much memory the process occupies now.
  ///
  /// @return the bytes, or -1 if unknown
  long measureMemory() {
    WorkerProcess measured = process;
    long bytes = measured == null ? -1 : ProcessTable.memoryOf(measured.pid());
    if (bytes >= 0) {
      memoryBytes = bytes;
    }
    return bytes;
  }

  /// {@return how much the process occupied when last seen, or -1}
  long memoryBytes() {
    return memoryBytes;
  }

  /// {@return whether it occupies more than this, and does so from one task to the next; asked from
  /// time to time by one thread}
  ///
  /// @param isBusy whether a task runs: then its end must have come between two times
  boolean keepsMoreThan(long bytes, boolean isBusy) {
    if (memoryBytes <= bytes) {
      tasksDoneWhenLarge = -1;
      return false;
    }
    boolean keeps = !isBusy || (tasksDoneWhenLarge >= 0 && tasksDone > tasksDoneWhenLarge);
    if (tasksDoneWhenLarge < 0) {
      tasksDoneWhenLarge = tasksDone;
    }
    return keeps;
  }

  // ---- the start

  void began(WorkerProcess process) {
    this.process = process;
    process.onLine(this::onRawLine);
    if (isKilled) {
      process.kill();
    }
  }

  /// Takes over the connections of a worker that has shown its token. Nothing is read before
  /// [#listen].
  void met(StartedWorker worker) {
    data = new Connection(worker.data().channel());
    control = new Connection(worker.control().channel());
    progress = worker.progress();
    java = worker.data().hello().java();
  }

  void listen(SocketLoop loop) throws IOException {
    Connection forControl = control;
    Connection forData = data;
    if (forControl == null || forData == null) {
      throw new IllegalStateException("worker " + number + " has not connected");
    }
    forControl.attach(loop, new ControlListener(forControl));
    forData.attach(loop, this);
  }

  // ---- to the worker

  /// Queues calls. Under the dispatcher's lock.
  @SuppressWarnings("NonAtomicVolatileUpdate") // that lock guards it
  void run(List<RemoteCall> calls) {
    Connection to = data;
    if (to == null) {
      return;
    }
    List<TaskCall> group = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      RemoteCall call = calls.get(i);
      tasksSent += call.count();
      known.provide(call, to);
      if (call.count() > 1) {
        to.add(chunk(call));
        continue;
      }
      if (!call.needs().inputValues().isEmpty()) {
        withValues.put(call.call().task(), call);
      }
      group.add(call.call());
      boolean isLast =
          i + 1 == calls.size()
              || calls.get(i + 1).count() > 1
              || !calls.get(i + 1).closure().id().equals(call.closure().id());
      if (isLast) {
        to.add(new RunTasks(call.closure().id(), group));
        group = new ArrayList<>();
      }
    }
  }

  private static RunChunk chunk(RemoteCall call) {
    TaskCall first = call.call();
    return new RunChunk(
        call.closure().id(),
        first.task(),
        first.seed(),
        call.sliceNanos(),
        call.count(),
        first.input());
  }

  void send(ToWorker message) {
    Connection to = data;
    if (to != null) {
      to.add(message);
    }
  }

  /// {@return whether a call that has ended leaves something to be dropped with [#release]}
  boolean holds(long task) {
    return withValues.containsKey(task);
  }

  /// Lets the worker drop what only this call needed. Under the dispatcher's lock.
  void release(long task) {
    RemoteCall call = withValues.remove(task);
    Connection to = data;
    if (call != null && to != null) {
      known.release(call, to);
    }
  }

  void cancel(long task) {
    Connection to = control;
    if (to != null) {
      to.add(new ToWorker.CancelTask(task));
    }
  }

  void flush() {
    Connection first = data;
    Connection second = control;
    if (first != null) {
      first.flush();
    }
    if (second != null) {
      second.flush();
    }
  }

  long pid() {
    WorkerProcess known = process;
    return known == null ? -1 : known.pid();
  }

  /// Tells it to leave when it has done what it was sent.
  void leave() {
    isLeaving = true;
    send(new ToWorker.Stop());
  }

  /// Somebody has decided that it is to leave.
  ///
  /// @return whether nobody had before
  boolean leaves() {
    boolean isNew = !isLeaving;
    isLeaving = true;
    return isNew;
  }

  /// {@return whether its end is no surprise}
  boolean isLeaving() {
    return isLeaving;
  }

  /// Ends it by force, for a reason that its task is told.
  ///
  /// @param why as in "it …"
  void condemn(String why) {
    if (verdict == null) {
      verdict = why;
    }
    endProcess();
  }

  /// Ends it by force, as somebody has asked for.
  void kill() {
    isLeaving = true;
    endProcess();
  }

  private void endProcess() {
    isKilled = true;
    WorkerProcess victim = process;
    if (victim != null) {
      // Looking for its children reads /proc; nobody should wait for that.
      Thread.startVirtualThread(victim::kill);
    }
  }

  // ---- from the worker, on the I/O thread

  @Override
  public void onWritable() {
    flush();
  }

  @Override
  public void onReadable() {
    Connection from = data;
    if (from == null) {
      return;
    }
    try {
      int read = from.fill();
      for (ByteBuffer frame; (frame = from.next()) != null; ) {
        handle(FromWorker.read(frame));
      }
      if (read < 0) {
        end(from);
      }
    } catch (MalformedFrameException e) {
      breach = e;
      end(from);
    } catch (IOException e) {
      // A process that dies with something unread resets its connections; its end says the rest.
      end(from);
    }
  }

  private void handle(FromWorker message) throws MalformedFrameException {
    switch (message) {
      case TaskReturned m -> {
        for (SentValue value : m.values()) {
          if (!given.containsKey(value.memory()) || value.form().bytes() > value.memory().bytes()) {
            throw new MalformedFrameException("a result in memory that was not given for it");
          }
        }
        ended(m);
      }
      case TaskThrew m -> ended(m);
      case TaskBroke m -> ended(m);
      case TaskStopped m -> ended(m);
      case ChunkEnded m -> ended(m);
      case ValueForgotten(long value) -> owner.locked(() -> known.forgotten(value));
      case MemoryWanted(long bytes) -> owner.memoryWanted(this, bytes);
      case MemoryUnused(Range memory) -> close(given.remove(memory));
      case OutputWritten(long task, boolean isError, String lines) -> {
        TaskOutput output = owner.outputOf(task);
        if (output != null) {
          lastOutput = output;
        }
        show(lastOutput, isError, lines);
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the I/O thread counts
  private void ended(TaskEnded message) {
    tasksDone += message instanceof ChunkEnded chunk ? chunk.count() : 1;
    owner.ended(this, message);
  }

  /// Answers [MemoryWanted].
  ///
  /// @param memory null if there is none
  void give(SharedMemory.@Nullable Lease memory) {
    Connection to = control;
    if (memory != null) {
      given.put(memory.range(), memory);
    }
    if (to != null) {
      to.add(new ToWorker.GiveMemory(memory == null ? null : memory.range()));
      to.flush();
    }
    if (gone.isDone()) {
      giveUpMemory();
    }
  }

  /// {@return the large values of a result, with the memory that the worker had for them}
  ReturnedValues take(List<SentValue> values) {
    if (values.isEmpty()) {
      return ReturnedValues.NONE;
    }
    List<ReturnedValues.Returned> taken = new ArrayList<>();
    for (SentValue value : values) {
      SharedMemory.Lease lease = given.remove(value.memory());
      if (lease != null) {
        taken.add(new ReturnedValues.Returned(value.form(), lease));
      }
    }
    return new ReturnedValues(taken);
  }

  /// Frees the memory that only the process used. It has ended. Under the dispatcher's lock.
  void giveUpMemory() {
    known.lost();
    given.values().forEach(SharedMemory.Lease::close);
    given.clear();
  }

  private static void close(SharedMemory.@Nullable Lease lease) {
    if (lease != null) {
      lease.close();
    }
  }

  /// Shows a line that the process wrote past our relay, if a task runs there that could have done
  /// it. On the thread that reads them.
  void onRawLine(String line) {
    long task = running();
    if (task != 0) {
      show(owner.outputOf(task), true, line + "\n");
    }
  }

  private void show(@Nullable TaskOutput output, boolean isError, String lines) {
    if (output == null) {
      return;
    }
    StringBuilder prefixed = new StringBuilder(lines.length() + 32);
    for (int start = 0; start < lines.length(); ) {
      int end = lines.indexOf('\n', start) + 1;
      end = end == 0 ? lines.length() : end;
      prefixed.append("[worker ").append(number).append("] ").append(lines, start, end);
      start = end;
    }
    if (isError) {
      output.stderr(prefixed.toString());
    } else {
      output.stdout(prefixed.toString());
    }
  }

  private void end(Connection from) {
    from.close();
    Connection second = control;
    if (second != null) {
      second.close();
    }
    WorkerProcess gone = process;
    if (gone == null) {
      return;
    }
    if (breach != null) {
      endProcess();
    } else {
      CompletableFuture.delayedExecutor(EXIT_SECONDS, TimeUnit.SECONDS).execute(this::killIfAlive);
    }
    var _ = gone.end().thenAccept(end -> owner.lost(this, end));
  }

  private void killIfAlive() {
    WorkerProcess late = process;
    if (late != null && late.isAlive()) {
      condemn("it had closed its connection to this process, so it was ended");
    }
  }

  /// {@return why the process has ended, and its last words}
  ///
  /// @param context what is known besides
  String causeOf(ProcessEnd end, ProcessEnd.Context context) {
    String condemned = verdict;
    MalformedFrameException unreadable = breach;
    if (unreadable != null) {
      condemned =
          "what it wrote to the socket is not of this protocol (%s), so it was ended"
              .formatted(unreadable.getMessage());
    }
    return condemned == null ? end.describe(context) : end.withLastWords(condemned);
  }

  /// {@return what the history says of the end that came}
  WorkerDeath death(String cause) {
    WorkerProcess gone = process;
    String reason = cause.lines().findFirst().orElse("");
    return new WorkerDeath(
        number, gone == null ? -1 : gone.pid(), Instant.now(), tasksDone, reason);
  }

  /// Nothing is ever said on this channel but its end, which the data channel tells too.
  private record ControlListener(Connection control) implements SocketLoop.Listener {

    @Override
    public void onReadable() {
      try {
        if (control.fill() < 0) {
          control.close();
        }
      } catch (IOException e) {
        control.close();
      }
    }

    @Override
    public void onWritable() {
      control.flush();
    }
  }
}
