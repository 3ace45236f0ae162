package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.ParallelException;
import argosy.PoolClosedException;
import argosy.TaskFailedException;
import argosy.WorkerLostException;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.schedule.Job;
import argosy.wire.ContentId;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.ToWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Worker processes: starts them when they are first needed, replaces those that die, ends them
/// all. Safe from any thread.
public final class ProcessFleet implements Fleet<RemoteCall>, WorkerLink.Owner, AutoCloseable {

  /// A process that has not connected by then never will.
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /// How long workers that were told to leave may take before they are killed.
  private static final long LEAVE_MILLIS = 500;

  private static final int REMEMBERED_DEATHS = 50;

  /// Makes what is thrown for a call that a worker's end has cost, by its place among several.
  private interface Loss {
    ParallelException of(RemoteCall call, int index);
  }

  private static final String CLOSED = "the workers were closed for good; start a new engine";

  private final Host host;
  private final SocketLoop loop = new SocketLoop();
  private final Map<Integer, WorkerLink> links = new ConcurrentSkipListMap<>();
  private final Map<Integer, Loss> losses = new ConcurrentSkipListMap<>();
  private final Deque<WorkerDeath> deaths = new ConcurrentLinkedDeque<>();
  private final WorkerStarter starter = new WorkerStarter(START_LIMIT);
  private final Spare spare = new Spare(starter, this::settings);
  private final long machineBytes = MachineMemory.totalBytes();
  private final MemoryWatch memory =
      new MemoryWatch(
          links.values(), () -> MemoryWatch.Limits.of(settings(), machineBytes), new Verdicts());
  private final Dispatcher<RemoteCall> dispatcher;
  private volatile WorkerSettings settings;
  private volatile long knownKills = MachineMemory.kills();
  private volatile boolean isStopping;
  private volatile boolean isClosed;

  /// No process is started before the first call.
  public ProcessFleet(Host host, WorkerSettings settings) {
    this.host = host;
    this.settings = settings;
    this.dispatcher = new Dispatcher<>(this, settings.count());
    dispatcher.restAfter(settings.idle().toNanos());
    host.onClassPathAddition(this::extendClassPath);
  }

  // ---- calls

  /// {@return the first of so many numbers that no task had before}
  public long reserve(int count) {
    return dispatcher.reserve(count);
  }

  /// Runs calls; their numbers count on from that of the first, several in one counted as several.
  /// Never blocks.
  public void submit(Job<RemoteCall> job, List<RemoteCall> calls) {
    if (isClosed) {
      throw new PoolClosedException(CLOSED);
    }
    dispatcher.submit(job, calls.getFirst().call().task(), calls);
  }

  /// Drops a call. Its listener hears nothing.
  ///
  /// @param interrupts whether it is ended even if it runs
  /// @return whether it had not ended yet
  public boolean cancel(long task, boolean interrupts) {
    return dispatcher.cancel(task, interrupts);
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
    dispatcher.locked(() ->
        count[0] = (int) links.values().stream().map(WorkerLink::known).filter(isTrue).count());
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

  /// {@return the settings in force}
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

  /// Starts, resizes or stops the workers and waits until they have answered, or left.
  public void configure(WorkerSettings next) {
    if (isClosed) {
      throw new PoolClosedException(CLOSED);
    }
    WorkerSettings before = settings;
    dispatcher.restAfter(next.idle().toNanos());
    boolean isRestart =
        !next.jvmOptions().equals(before.jvmOptions())
            || !java.util.Objects.equals(next.heap(), before.heap());
    if (next.count() == 0) {
      settings = next.withCount(before.count());
      stopAll();
      return;
    }
    settings = next;
    if (isRestart) {
      stopAll();
    }
    dispatcher.resize(next.count());
    awaitReady();
  }

  private void awaitReady() {
    for (WorkerLink link : links.values()) {
      try {
        link.ready().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof ParallelException failure) {
          throw failure;
        }
        throw new WorkerLostException("worker %d could not start".formatted(link.number()), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted while the workers were starting");
      }
    }
  }

  /// {@return one line per living worker}
  public List<WorkerStatus> status() {
    List<WorkerStatus> status = new ArrayList<>();
    for (WorkerLink link : links.values()) {
      WorkerProcess process = link.process();
      boolean isReady = link.ready().isDone();
      status.add(
          new WorkerStatus(
              link.number(),
              process == null ? -1 : process.pid(),
              !isReady ? "starting" : link.running() == 0 ? "idle" : "busy",
              link.tasksDone(),
              link.measureMemory(),
              link.java()));
    }
    return status;
  }

  /// {@return the workers that ended though nobody asked them to, the last one last}
  public List<WorkerDeath> deaths() {
    return List.copyOf(deaths);
  }

  /// {@return the process that waits to take a worker's place, or -1}
  public long sparePid() {
    StartedWorker waiting = spare.peek();
    return waiting == null ? -1 : waiting.process().pid();
  }

  private void remember(WorkerDeath death) {
    deaths.add(death);
    if (deaths.size() > REMEMBERED_DEATHS) {
      deaths.poll();
    }
  }

  private void extendClassPath(List<Path> entries) {
    ToWorker message =
        new ToWorker.ExtendClassPath(
            entries.stream().map(entry -> entry.toAbsolutePath().toString()).toList());
    dispatcher.locked(() -> links.values().forEach(link -> link.send(message)));
  }

  // ---- what the schedule decides

  @Override
  public void launch(int worker) {
    WorkerLink link = new WorkerLink(worker, this);
    links.put(worker, link);
    starter.execute(() -> start(link));
  }

  @Override
  public void run(int worker, List<RemoteCall> calls) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.run(calls);
      memory.wake();
    }
  }

  @Override
  public void interrupt(int worker, RemoteCall call) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.cancel(call.call().task());
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
    starter.execute(spare::drop);
  }

  @Override
  public void flush(int worker) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.flush();
    }
  }

  @Override
  public void expired(RemoteCall call, int worker) {
    call.listener()
        .ended(
            new CallEnd.Failed(
                new DeadlineExceededException(
                    "%s ran longer than its timeout and was ended on worker %d"
                        .formatted(call.name(0), worker))));
  }

  @Override
  public void died(RemoteCall call, int worker, long number) {
    int index = (int) (number - call.call().task());
    ParallelException cause = causeOf(call, index, worker);
    call.listener()
        .ended(
            call.count() > 1 && cause instanceof WorkerLostException lost
                ? new CallEnd.Lost(index, lost)
                : new CallEnd.Failed(cause));
  }

  @Override
  public void refused(RemoteCall call, int worker) {
    call.listener().ended(new CallEnd.Failed(causeOf(call, 0, worker)));
  }

  private ParallelException causeOf(RemoteCall call, int index, int worker) {
    Loss loss = losses.get(worker);
    return loss == null
        ? new WorkerLostException("worker %d died".formatted(worker))
        : loss.of(call, index);
  }

  @Override
  public void abandoned(RemoteCall call) {
    call.listener()
        .ended(
            new CallEnd.Failed(
                new PoolClosedException(
                    "the workers were stopped before %s had ended".formatted(call.name(0)))));
  }

  // ---- what happens to workers

  /// On the thread that starts processes.
  private void start(WorkerLink link) {
    WorkerSettings now = settings;
    StartedWorker waiting = spare.take(LaunchCommand.of(now).options());
    if (waiting != null) {
      link.began(waiting.process());
      adopt(link, waiting);
      return;
    }
    var _ =
        starter
            .start(now, "worker " + link.number(), link::began)
            .whenComplete((started, failure) -> {
              if (failure instanceof ParallelException why) {
                failToStart(link, why);
              } else {
                adopt(link, started);
              }
            });
  }

  private void adopt(WorkerLink link, StartedWorker started) {
    link.met(started);
    dispatcher.locked(() ->
        link.send(
            new ToWorker.ExtendClassPath(
                host.classPath().stream()
                    .map(entry -> entry.toAbsolutePath().toString())
                    .toList())));
    try {
      link.listen(loop);
    } catch (IOException e) {
      started.process().kill();
      failToStart(
          link,
          new WorkerLostException(
              "worker %d cannot be heard: %s".formatted(link.number(), e.getMessage()), e));
      return;
    }
    dispatcher.started(link.number());
    link.ready().complete(null);
    if (!isClosed) {
      spare.prepare();
    }
  }

  private void failToStart(WorkerLink link, ParallelException why) {
    if (!link.isLeaving()) {
      remember(link.death(String.valueOf(why.getMessage())));
    }
    losses.put(link.number(), (_, _) -> why);
    links.remove(link.number());
    dispatcher.failedToStart(link.number());
    losses.remove(link.number());
    link.ready().completeExceptionally(why);
    link.gone().complete(null);
  }

  @Override
  public void lost(WorkerLink link, ProcessEnd end) {
    long kills = MachineMemory.kills();
    ProcessEnd.Context context =
        new ProcessEnd.Context(settings.heap(), link.memoryBytes(), kills > knownKills);
    knownKills = kills;
    String cause = link.causeOf(end, context);
    if (!link.isLeaving()) {
      remember(link.death(cause));
    }
    losses.put(
        link.number(),
        (call, index) ->
            new WorkerLostException(
                "%s was lost, because worker %d (pid %d) died while it ran it: %s"
                    .formatted(call.name(index), link.number(), link.pid(), cause)));
    links.remove(link.number());
    dispatcher.lost(link.number(), link.running());
    losses.remove(link.number());
    link.gone().complete(null);
  }

  private final class Verdicts implements MemoryWatch.Verdicts {

    @Override
    public void outgrown(WorkerLink link, long bytes) {
      if (link.leaves()) {
        remember(
            link.death(
                "it was replaced between two tasks, because its process had grown to %,d MB"
                    .formatted(bytes >> 20)));
        dispatcher.retire(link.number());
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
    long nanos =
        switch (message) {
          case TaskStopped _ -> -1;
          case ChunkEnded m -> m.nanos() / Math.max(1, m.count());
          case TaskReturned _, TaskThrew _, TaskBroke _ -> message.nanos();
        };
    RemoteCall call = dispatcher.ended(link.number(), message.task(), nanos);
    if (call == null) {
      return;
    }
    CallEnd end =
        switch (message) {
          case TaskReturned m -> new CallEnd.Returned(m.result());
          case TaskThrew m -> new CallEnd.Threw(m.failure());
          case ChunkEnded m -> new CallEnd.Answered(m.count(), m.failures(), m.ends());
          case TaskBroke m ->
              new CallEnd.Failed(
                  new TaskFailedException(
                      "worker %d could not run %s:%n%s"
                          .formatted(link.number(), call.name(0), m.printed())));
          case TaskStopped _ ->
              new CallEnd.Failed(
                  new CancellationException("the task was stopped on worker " + link.number()));
        };
    call.listener().ended(end);
  }

  @Override
  public @Nullable TaskOutput outputOf(long task) {
    RemoteCall call = dispatcher.find(task);
    return call == null ? null : call.output();
  }

  // ---- the end

  private void stopAll() {
    List<WorkerLink> leaving = List.copyOf(links.values());
    isStopping = true;
    try {
      dispatcher.stopAll();
    } finally {
      isStopping = false;
    }
    spare.drop();
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

  /// Ends all workers. Calls that have not ended fail. Idempotent.
  @Override
  public void close() {
    isClosed = true;
    stopAll();
    spare.close();
    memory.close();
    dispatcher.close();
    loop.close();
    starter.close();
  }
}
