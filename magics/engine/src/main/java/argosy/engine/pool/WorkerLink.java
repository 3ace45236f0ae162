package argosy.engine.pool;

import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ExpectedArray;
import argosy.engine.memory.SharedMemory;
import argosy.engine.threads.WorkerJvm;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.ActorCalled;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.FromWorker.OutputWritten;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.FromWorker.TasksRecalled;
import argosy.wire.FromWorker.ThreadsDumped;
import argosy.wire.FromWorker.ValueForgotten;
import argosy.wire.FromWorker.WaitBegan;
import argosy.wire.FromWorker.WaitEnded;
import argosy.wire.MalformedFrameException;
import argosy.wire.SentValue;
import argosy.wire.ToWorker;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One worker process as the kernel knows it, from its launch to its end.
/*
 * Threads. The dispatcher's lock guards what is sent; the I/O thread reads. The start runs on a thread
 * that may block, and attaches the connections at its end. The link is lost when the end of the data
 * stream has been read, so that every answer counts that the worker gave before it died.
 */
final class WorkerLink implements SocketLoop.Listener {

  /// What a link tells its fleet.
  interface Owner {

    /// A task ended; called by the I/O thread.
    void ended(WorkerLink link, TaskEnded message);

    /// The worker will never begin these tasks, nor the rest of the chunk that it runs, from this
    /// task on if that is not 0; called by the I/O thread.
    void recalled(WorkerLink link, List<Long> tasks, long rest);

    /// The worker needs shared memory for a value of a result; called by the I/O thread.
    void memoryWanted(WorkerLink link, ValueForm form);

    /// Something changed that is guarded by the dispatcher's lock.
    void locked(Runnable change);

    /// {@return what connects tasks with actors}
    Switchboard switchboard();

    /// {@return where the output of a task goes, or null if it is no longer known}
    @Nullable TaskOutput outputOf(long task);

    /// The process has ended. Called once, after all that it said has been read.
    void lost(WorkerLink link, ProcessEnd end);
  }

  private static final long EXIT_SECONDS = 1;

  /// To so many messages of a worker the answers go out together, if they came in together.
  private static final int ANSWERED_TOGETHER = 32;

  private final int number;
  private final Owner owner;
  private final Orders orders = new Orders();

  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private final CompletableFuture<@Nullable Void> gone = new CompletableFuture<>();

  private final ResultLeases results = new ResultLeases();
  private final MemoryUse memory = new MemoryUse();
  private final ThreadDumps dumps = new ThreadDumps();
  private final WorkerLines lines;

  private volatile @Nullable WorkerProcess process;
  private volatile @Nullable Connection data;
  private volatile @Nullable Connection control;
  private volatile @Nullable StartedWorker started;
  private volatile boolean isKilled;
  private volatile boolean hasEnded;
  private volatile boolean hasState;
  private volatile boolean isLeaving;
  private volatile long tasksDone;
  private volatile long callsEnded;

  private final Verdict verdict = new Verdict();
  private @Nullable TaskOutput lastOutput;

  WorkerLink(int number, Owner owner) {
    this.number = number;
    this.owner = owner;
    this.lines = new WorkerLines(number);
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

  /// The process has ended; set before anybody is told.
  void ended() {
    hasEnded = true;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /// Code may change what the worker is about to have.
  void takesState() {
    hasState = true;
  }

  /// {@return whether it was taught something that code may change}
  boolean hasState() {
    return hasState;
  }

  /// {@return what the worker keeps; guarded by the dispatcher's lock}
  KnownClosures known() {
    return orders.known();
  }

  @Nullable WorkerProcess process() {
    return process;
  }

  String java() {
    StartedWorker known = started;
    return known == null ? "" : known.data().hello().java();
  }

  /// {@return its process, and how that was started}
  WorkerJvm jvm() {
    StartedWorker known = started;
    return new WorkerJvm(number, pid(), known == null ? List.of() : known.options());
  }

  long tasksDone() {
    return tasksDone;
  }

  /// {@return how many bytes went to the worker through its socket}
  long bytesSent() {
    return orders.bytesSent();
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
    // Not tasks: of those of one call, a worker may give some back.
    return orders.callsSent() > callsEnded;
  }

  /// {@return the task that runs there, or 0}
  long running() {
    StartedWorker known = started;
    return known == null ? 0 : known.progress().getLong(0);
  }

  // ---- memory

  /// {@return how much memory its process occupies}
  MemoryUse memory() {
    return memory;
  }

  /// Looks how much memory the process occupies now.
  ///
  /// @return the bytes, or -1 if unknown
  long measureMemory() {
    return memory.measure(pid());
  }

  /// {@return whether it occupies more than this, and does so from one task to the next; asked from
  /// time to time by one thread}
  ///
  /// @param isBusy whether a task runs: then its end must have come between two times
  boolean keepsMoreThan(long bytes, boolean isBusy) {
    return memory.keepsMoreThan(bytes, isBusy, tasksDone);
  }

  /// {@return the memory that the worker has for values of results}
  ResultLeases results() {
    return results;
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
    Connection first = new Connection(worker.data().channel());
    Connection second = new Connection(worker.control().channel());
    data = first;
    control = second;
    orders.connect(first, second);
    started = worker;
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

  /// {@return through which it is told what to do}
  Orders orders() {
    return orders;
  }

  /// Tells it something, between two changes of what it has to do.
  void tell(ToWorker message) {
    owner.locked(() -> orders.send(message));
  }

  /// Asks what its threads are doing.
  ///
  /// @return the answer, if it ever comes; whoever has asked says when it waits no longer, with
  ///   [#forget]
  ThreadDumps.Question askForThreads() {
    ThreadDumps.Question question = dumps.ask();
    orders.urge(new ToWorker.DumpThreads(question.request()));
    return question;
  }

  void forget(ThreadDumps.Question question) {
    dumps.forget(question);
  }

  long pid() {
    WorkerProcess known = process;
    return known == null ? -1 : known.pid();
  }

  /// {@return whether its process has ended, though what it said last may not have been read}
  boolean isDead() {
    WorkerProcess known = process;
    return known != null && !known.isAlive();
  }

  /// Tells it to leave when it has done what it was sent.
  void leave() {
    isLeaving = true;
    orders.send(new ToWorker.Stop());
  }

  /// It is to leave when it has done what it was sent.
  void leaves() {
    isLeaving = true;
  }

  /// {@return whether its end is no surprise}
  boolean isLeaving() {
    return isLeaving;
  }

  /// Ends it by force, for a reason that its task is told.
  ///
  /// @param why as in "it …"
  void condemn(String why) {
    verdict.fallsFor(why);
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
    orders.flush();
  }

  @Override
  public void onReadable() {
    Connection from = data;
    if (from == null) {
      return;
    }
    try {
      int read = from.fill();
      while (handleSeveral(from)) {
        // What came in together is answered together, if it is not too much.
      }
      if (read < 0) {
        end(from);
      }
    } catch (MalformedFrameException e) {
      verdict.breach(e);
      end(from);
    } catch (IOException e) {
      // A process that dies with something unread resets its connections; its end says the rest.
      end(from);
    }
  }

  /// {@return whether there may be more}
  private boolean handleSeveral(Connection from) throws IOException {
    boolean collects = false;
    try {
      for (int i = 0; i < ANSWERED_TOGETHER; i++) {
        ByteBuffer frame = from.next();
        if (frame == null) {
          return false;
        }
        if (!collects && from.hasNext()) {
          collects = true;
          from.collect();
        }
        handle(FromWorker.read(frame));
      }
      return true;
    } finally {
      if (collects) {
        from.flushCollected();
      }
    }
  }

  private void handle(FromWorker message) throws MalformedFrameException {
    switch (message) {
      case TaskReturned m -> {
        checkGiven(m.values());
        ended(m);
      }
      case TaskThrew m -> ended(m);
      case TaskBroke m -> ended(m);
      case TaskStopped m -> ended(m);
      case ChunkEnded m -> {
        checkGiven(m.values());
        ended(m);
      }
      case ValueForgotten(long value) -> owner.locked(() -> orders.known().forgotten(value));
      case MemoryWanted(ValueForm form) -> owner.memoryWanted(this, form);
      case ActorCalled m -> owner.switchboard().called(this, m);
      case WaitBegan m -> owner.switchboard().waits(this, m);
      case WaitEnded _ -> owner.switchboard().goesOn(this);
      case MemoryUnused(Range unused) -> results.giveBack(unused);
      case OutputWritten(long task, boolean isError, String written) -> {
        TaskOutput output = owner.outputOf(task);
        if (output != null) {
          lastOutput = output;
        }
        show(lastOutput, isError, written);
      }
      case ThreadsDumped _, TasksRecalled _ ->
          throw new MalformedFrameException(
              "%s on the data channel".formatted(message.getClass().getSimpleName()));
    }
  }

  private void checkGiven(List<SentValue> values) throws MalformedFrameException {
    for (SentValue value : values) {
      if (!results.hold(value)) {
        throw new MalformedFrameException("a result in memory that was not given for it");
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the I/O thread counts
  private void ended(TaskEnded message) {
    tasksDone += message instanceof ChunkEnded chunk ? chunk.count() : 1;
    callsEnded++;
    owner.ended(this, message);
  }

  /// Answers [MemoryWanted].
  ///
  /// @param memory null if there is none
  /// @param array where its content will go
  void give(SharedMemory.@Nullable Lease memory, ExpectedArray array) {
    if (memory != null) {
      results.give(memory, array);
    }
    orders.urge(new ToWorker.GiveMemory(memory == null ? null : memory.range()));
    if (gone.isDone()) {
      giveUpMemory();
    }
  }

  /// Frees the memory that only the process used. It has ended. Under the dispatcher's lock.
  void giveUpMemory() {
    orders.known().lost();
    results.giveUp();
  }

  /// Shows a line that the process wrote past our relay, if a task runs there that could have done
  /// it. On the thread that reads them.
  void onRawLine(String line) {
    long task = running();
    if (task != 0) {
      show(owner.outputOf(task), true, line + "\n");
    }
  }

  private void show(@Nullable TaskOutput output, boolean isError, String written) {
    if (output != null) {
      lines.show(output, isError, written);
    }
  }

  // ---- the end

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
    if (verdict.isBreach()) {
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
    return verdict.causeOf(end, context);
  }

  /// {@return what the history says of the end that came}
  WorkerDeath death(String cause) {
    WorkerProcess gone = process;
    String reason = cause.lines().findFirst().orElse("");
    return new WorkerDeath(
        number, gone == null ? -1 : gone.pid(), Instant.now(), tasksDone, reason);
  }

  /// On the control channel, where nothing is said but what was asked there.
  @SuppressWarnings("NonAtomicVolatileUpdate") // only the I/O thread counts
  private void heed(FromWorker message) throws MalformedFrameException {
    switch (message) {
      case ThreadsDumped(long request, String printed) -> dumps.answered(request, printed);
      case TasksRecalled(List<Long> tasks, long rest) -> {
        callsEnded += tasks.size();
        owner.recalled(this, tasks, rest);
      }
      default ->
          throw new MalformedFrameException(
              "%s on the control channel".formatted(message.getClass().getSimpleName()));
    }
  }

  /// The end of this channel is of no interest: the data channel tells it too.
  private final class ControlListener implements SocketLoop.Listener {

    private final Connection control;

    ControlListener(Connection control) {
      this.control = control;
    }

    @Override
    public void onReadable() {
      try {
        int read = control.fill();
        for (ByteBuffer frame; (frame = control.next()) != null; ) {
          heed(FromWorker.read(frame));
        }
        if (read < 0) {
          control.close();
        }
      } catch (MalformedFrameException e) {
        verdict.breach(e);
        Connection other = data;
        if (other != null) {
          end(other);
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
