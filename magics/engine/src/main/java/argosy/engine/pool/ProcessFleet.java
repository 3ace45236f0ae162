package argosy.engine.pool;

import argosy.ParallelException;
import argosy.PoolClosedException;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ExpectedArray;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.SharedMemory;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.Standing;
import argosy.engine.threads.ThreadReport;
import argosy.engine.threads.ThreadSurvey;
import argosy.engine.timeline.Timeline;
import argosy.wire.ContentId;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.ToWorker;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Worker processes: starts them when they are first needed, replaces those that die, ends them
/// all. Safe from any thread.
public final class ProcessFleet implements Fleet<RemoteCall>, WorkerLink.Owner, Crew {

  private static final System.Logger LOGGER = System.getLogger(ProcessFleet.class.getName());

  /// How long workers that were told to leave may take before they are killed.
  private static final long LEAVE_MILLIS = 500;

  /// How much shared memory waits for its next use, warm: what the heap may have to hand over, but
  /// no more than a quarter of the machine.
  private static final long KEPT_BYTES =
      Math.min(
          Math.max(2L << 30, Runtime.getRuntime().maxMemory()), MachineMemory.totalBytes() / 4);

  private final SharedMemory memory = new SharedMemory(KEPT_BYTES);
  private final WorkerTracks tracks;
  private final SocketLoop loop = new SocketLoop();
  private final WorkerLinks links = new WorkerLinks();

  private final DeathRegister deaths = new DeathRegister();
  private final CallEndings endings = new CallEndings(deaths);
  private final long machineBytes = MachineMemory.totalBytes();
  private final MemoryWatch watch =
      new MemoryWatch(
          links.all(), () -> MemoryWatch.Limits.of(settings(), machineBytes), new Verdicts());
  private final Dispatcher<RemoteCall> dispatcher;
  private final Switchboard switchboard;
  private final IdleSweep sweep;
  private final Teaching teaching;
  private final Recruiting recruiting;
  private volatile WorkerSettings settings;
  private final AtomicBoolean isMemoryShort = new AtomicBoolean();
  private volatile boolean isStopping;
  private volatile boolean isClosed;
  private volatile StopCause stopCause = StopCause.CLOSED;

  /// No process is started before the first call.
  public ProcessFleet(Host host, WorkerSettings settings, Timeline timeline) {
    this.settings = settings;
    this.tracks = new WorkerTracks(timeline);
    this.dispatcher = new Dispatcher<>(this, settings.count());
    this.switchboard = new Switchboard(dispatcher);
    this.sweep = new IdleSweep(links.all(), dispatcher);
    memory.reclaimWith(sweep::sweepNow);
    this.teaching = new Teaching(host, dispatcher);
    this.recruiting =
        new Recruiting(host, loop, teaching, new Recruits(), this::settings, links::hasStaying);
    dispatcher.restAfter(settings.idle().toNanos());
    host.onClassPathAddition(this::extendClassPath);
  }

  /// {@return the memory that this process shares with its workers}
  public SharedMemory memory() {
    return memory;
  }

  /// {@return how many bytes went to the living workers through their sockets}
  public long bytesSent() {
    return links.bytesSent();
  }

  // ---- calls

  /// {@return the first of so many numbers that no task had before}
  public long reserve(int count) {
    return dispatcher.reserve(count);
  }

  /// Runs calls; their numbers count on from that of the first, several in one counted as several.
  /// Never blocks.
  public void submit(Job<RemoteCall> job, List<RemoteCall> calls) {
    requireOpen();
    dispatcher.submit(job, calls.getFirst().call().task(), calls);
  }

  private void requireOpen() {
    if (isClosed) {
      throw new PoolClosedException(CLOSED);
    }
  }

  /// Runs a call on one worker and no other.
  public void submitTo(int worker, Job<RemoteCall> job, RemoteCall call) {
    requireOpen();
    dispatcher.submitTo(worker, job, call.call().task(), call);
  }

  /// Starts calls on workers that are ready.
  ///
  /// @param calls does it, and returns what says whether the call has worked anywhere
  /// @param kept what workers that start later run before anything else, or null for nothing
  ///
  /// @return makes later workers leave it out
  public Runnable submitEverywhere(
      Supplier<CompletableFuture<Boolean>> calls, @Nullable Lesson kept) {
    return teaching.everywhere(calls, kept);
  }

  @Override
  public boolean cancel(long task, boolean interrupts) {
    return dispatcher.cancel(task, interrupts) || teaching.cancel(task);
  }

  @Override
  public List<TaskStatus> tasks() {
    long now = System.nanoTime();
    List<TaskStatus> tasks = new ArrayList<>(teaching.tasks());
    for (Standing<RemoteCall> standing : dispatcher.standings()) {
      RemoteCall call = standing.task();
      long pid = links.pidOf(standing.worker());
      tasks.add(TaskStatus.of(standing, call.listener(), pid, now));
    }
    return tasks;
  }

  @Override
  public List<WorkerThreads> threads(Predicate<Integer> which) {
    return Inquiry.of(links.all().stream().filter(link -> which.test(link.number())).toList());
  }

  // ---- what workers have

  /// {@return how many workers run}
  public int size() {
    return links.size();
  }

  /// {@return how many workers keep a closure}
  public int withClosure(ContentId closure) {
    return count(known -> known.hasClosure(closure));
  }

  /// {@return how many workers keep the definition of a class}
  public int withClass(ContentId definition) {
    return count(known -> known.hasClass(definition));
  }

  private int count(Predicate<KnownClosures> isTrue) {
    int[] count = new int[1];
    dispatcher.locked(() -> count[0] = links.countKnowing(isTrue));
    return count[0];
  }

  /// Lets a thread that waits for a call's end read what workers answer: see [SocketLoop#help].
  public void help(BooleanSupplier isDone, long nanos) {
    loop.help(isDone, nanos);
  }

  /// Makes a thread that helps look again.
  public void nudge() {
    loop.nudge();
  }

  // ---- settings

  @Override
  public WorkerSettings settings() {
    return settings;
  }

  /// Makes sure that there are at least so many workers when tasks run.
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
    requireOpen();
    WorkerSettings before = settings;
    dispatcher.restAfter(next.idle().toNanos());
    boolean isRestart =
        !next.jvmOptions().equals(before.jvmOptions())
            || !java.util.Objects.equals(next.heap(), before.heap());
    if (next.count() == 0) {
      settings = next.withCount(before.count());
      stopAll(StopCause.UNWANTED);
      return;
    }
    settings = next;
    if (isRestart) {
      stopAll(StopCause.OTHER_OPTIONS);
    }
    resize(next.count(), this::renew);
  }

  /// Replaces workers whose part of the machine is another one now that there are more or fewer,
  /// when they have done what they were sent. Those on which something lives stay as they are.
  private void renew() {
    String share = LaunchCommand.of(settings).share();
    for (WorkerLink link : links.staying()) {
      List<String> options = link.jvm().options();
      boolean hasOther = !options.isEmpty() && !options.contains(share);
      if (hasOther && dispatcher.renew(link.number())) {
        link.leaves();
      }
    }
  }

  /// Starts the workers if they do not run, and waits until they can take tasks.
  ///
  /// @return the numbers of those that can
  public List<Integer> startAll() {
    requireOpen();
    resize(settings.count(), () -> {});
    return ready();
  }

  /// {@return the numbers of the workers that can take tasks now}
  public List<Integer> ready() {
    return dispatcher.available();
  }

  /// Something is about to live on a worker, which therefore does not rest.
  ///
  /// @param isRebuilt whether a worker in its place would have the same; if not, the worker is not
  ///   replaced for what it keeps either, until [#vacate]
  /// @return whether the worker takes tasks; if not, nothing has changed
  public boolean settle(int worker, boolean isRebuilt) {
    return dispatcher.settle(worker, isRebuilt);
  }

  /// Something no longer lives on a worker that was not to be rebuilt.
  public void vacate(int worker) {
    dispatcher.vacate(worker);
  }

  /// Keeps a worker for what lives there, if tasks may wait for that: they would keep it from
  /// answering. Another worker takes its place, until nothing lives there any more.
  ///
  /// @return whether the worker takes tasks; if not, nothing has changed
  public boolean setApart(int worker) {
    return dispatcher.setApart(worker);
  }

  /// Tasks can call an actor from now on.
  ///
  /// @param worker where it lives
  /// @param limits what holds for each call
  public void connect(long actor, int worker, JobLimits limits) {
    switchboard.connect(actor, worker, limits);
  }

  /// Nobody can call an actor any more.
  public void disconnect(long actor) {
    switchboard.disconnect(actor);
  }

  @Override
  public Switchboard switchboard() {
    return switchboard;
  }

  /// @param others what changes besides
  private void resize(int count, Runnable others) {
    recruiting.forgetFailures();
    List<WorkerLink> before = links.staying();
    dispatcher.resize(count);
    others.run();
    recruiting.awaitAll(links.all());
    // One that had nothing to do is gone at once. One that does not leave is shown as what it is.
    before.stream()
        .filter(WorkerLink::isLeaving)
        .forEach(link ->
            link.gone().copy().completeOnTimeout(null, LEAVE_MILLIS, TimeUnit.MILLISECONDS).join());
  }

  @Override
  public List<WorkerStatus> status() {
    return links.status();
  }

  /// {@return who uses how many threads; blocks for a quarter of a second}
  public ThreadReport threadReport() throws InterruptedException {
    return new ThreadSurvey().report(links.jvms(), LaunchCommand.of(settings).threadUse());
  }

  /// {@return the workers that ended though nobody asked them to, the last one last}
  public List<WorkerDeath> deaths() {
    return deaths.deaths();
  }

  /// {@return the process that waits to take a worker's place, or -1}
  public long sparePid() {
    return recruiting.sparePid();
  }

  private void extendClassPath(List<Path> entries) {
    ToWorker message =
        new ToWorker.ExtendClassPath(
            entries.stream().map(entry -> entry.toAbsolutePath().toString()).toList());
    dispatcher.locked(() -> links.all().forEach(link -> link.orders().send(message)));
  }

  // ---- what the schedule decides

  @Override
  public void launch(int worker) {
    WorkerLink link = new WorkerLink(worker, this);
    links.add(link);
    recruiting.launch(link);
  }

  @Override
  public void run(int worker, List<RemoteCall> calls) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      tracks.sent(worker, calls);
      link.orders().run(calls);
      watch.wake();
      sweep.sent(calls);
    }
  }

  @Override
  public void interrupt(int worker, RemoteCall call) {
    switchboard.interrupted(call);
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.orders().cancel(call.call().task());
    }
  }

  @Override
  public void skip(int worker, RemoteCall call) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.orders().skip(call.call().task());
    }
  }

  @Override
  public void recall(int worker, List<RemoteCall> calls) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.orders().recall(calls.stream().map(call -> call.call().task()).toList());
    }
  }

  @Override
  public void stop(int worker) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.leave();
    }
  }

  @Override
  public void kill(int worker) {
    WorkerLink link = links.get(worker);
    if (link == null) {
      return;
    }
    if (isStopping) {
      link.kill();
    } else {
      link.condemn("its task did not give in when it was cancelled or its time was up");
    }
  }

  @Override
  public void rest() {
    recruiting.rest();
  }

  @Override
  public void failedToLaunch(int worker, Throwable why) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      recruiting.failed(link, why);
    }
  }

  @Override
  public void flush(int worker) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.orders().flush();
    }
  }

  @Override
  public void flushRecall(int worker) {
    flush(worker);
  }

  @Override
  public void givenBack(RemoteCall call, int kept) {
    call.listener().givenBack(kept);
  }

  @Override
  public void expired(RemoteCall call, int worker, long timeoutNanos) {
    endings.expired(call, worker, timeoutNanos);
  }

  @Override
  public void died(RemoteCall call, int worker, long number) {
    tracks.died(worker);
    endings.died(call, worker, number);
  }

  @Override
  public void refused(RemoteCall call, int worker) {
    endings.refused(call, worker);
  }

  @Override
  public void abandoned(RemoteCall call) {
    endings.abandoned(call, stopCause);
  }

  // ---- what happens to workers

  private final class Recruits implements Recruiting.Outcome {

    @Override
    public void ready(WorkerLink link) {
      tracks.ready(link.number());
      dispatcher.started(link.number());
      if (link.hasState()) {
        boolean _ = dispatcher.settle(link.number(), true);
      }
    }

    @Override
    public void failedToStart(WorkerLink link, ParallelException why) {
      deaths.failedToStart(link, why);
      links.remove(link);
      dispatcher.failedToStart(link.number());
      deaths.forget(link.number());
      link.gone().complete(null);
    }
  }

  @Override
  public void lost(WorkerLink link, ProcessEnd end) {
    link.ended();
    switchboard.goesOn(link);
    teaching.lost(link, deaths.lost(link, end, settings.heap()));
    links.remove(link);
    tracks.lost(link.number(), link.running());
    dispatcher.lost(link.number(), link.running());
    tracks.forget(link.number());
    deaths.forget(link.number());
    dispatcher.locked(link::giveUpMemory);
    link.gone().complete(null);
  }

  private final class Verdicts implements MemoryWatch.Verdicts {

    @Override
    public void outgrown(WorkerLink link, long bytes) {
      if (dispatcher.retire(link.number())) {
        link.leaves();
        deaths.outgrown(link, bytes);
      }
    }

    @Override
    public void overdrawn(WorkerLink link, long bytes) {
      link.condemn(
          "the task took more memory than the worker may have (%,d MB of %,d MB), so it was ended;"
                  .formatted(bytes >> 20, settings.memoryBytes() >> 20)
              + " allow more with %workers --memory, or give each task less to keep");
    }
  }

  @Override
  public void ended(WorkerLink link, TaskEnded message) {
    if (teaching.ended(message)) {
      return;
    }
    tracks.ended(link.number(), message);
    RemoteCall call =
        dispatcher.ended(link.number(), message.task(), CallEndings.nanosPerCall(message));
    if (link.orders().holds(message.task())) {
      dispatcher.locked(() -> link.orders().release(message.task()));
      link.orders().flush();
    }
    ReturnedValues values =
        switch (message) {
          case TaskReturned m -> link.results().take(m.values());
          case ChunkEnded m -> link.results().take(m.values());
          case TaskThrew _, TaskBroke _, TaskStopped _ -> ReturnedValues.NONE;
        };
    if (call == null) {
      values.discard();
      return;
    }
    endings.answered(call, link.number(), message, values);
  }

  @Override
  public void recalled(WorkerLink link, List<Long> tasks, long rest) {
    tracks.recalled(link.number(), tasks);
    dispatcher.locked(() -> tasks.forEach(link.orders()::release));
    dispatcher.recalled(link.number(), tasks, rest);
    link.orders().flush();
  }

  @Override
  public void memoryWanted(WorkerLink link, ValueForm form) {
    // The operating system may take its time to find fresh memory.
    Thread.startVirtualThread(() -> {
      ExpectedArray array = new ExpectedArray(form);
      SharedMemory.Lease lease = leased(form.bytes());
      link.give(lease, array);
      if (lease != null) {
        array.make();
      }
    });
  }

  private SharedMemory.@Nullable Lease leased(long bytes) {
    try {
      return memory.lease(bytes);
    } catch (IOException | IllegalStateException e) {
      LOGGER.log(
          isMemoryShort.getAndSet(true) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "no shared memory for a large result, which now travels through the socket: "
              + e.getMessage());
      return null;
    }
  }

  /// Runs something in the midst of which nothing happens to any worker. It must not block.
  @Override
  public void locked(Runnable change) {
    dispatcher.locked(change);
  }

  @Override
  public @Nullable TaskOutput outputOf(long task) {
    RemoteCall call = dispatcher.find(task);
    return call == null ? null : call.output();
  }

  // ---- the end

  private void stopAll(StopCause why) {
    List<WorkerLink> leaving = links.all().stream().toList();
    stopCause = why;
    isStopping = true;
    try {
      dispatcher.stopAll();
    } finally {
      isStopping = false;
    }
    recruiting.dropSpare();
    for (WorkerLink link : leaving) {
      awaitGone(link);
    }
  }

  private static void awaitGone(WorkerLink link) {
    try {
      link.gone().copy().orTimeout(LEAVE_MILLIS, TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      link.kill();
      link.gone().join();
    }
  }

  @Override
  public void close() {
    isClosed = true;
    stopAll(StopCause.CLOSED);
    recruiting.endSpare();
    watch.close();
    sweep.close();
    dispatcher.close();
    loop.close();
    recruiting.close();
    memory.close();
  }
}
