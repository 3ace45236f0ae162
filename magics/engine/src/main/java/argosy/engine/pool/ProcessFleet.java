package argosy.engine.pool;

import argosy.DeadlineExceededException;
import argosy.ParallelException;
import argosy.PoolClosedException;
import argosy.ProtocolMismatchException;
import argosy.TaskFailedException;
import argosy.WorkerLostException;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.schedule.Job;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.Hello.Channel;
import argosy.wire.Protocol;
import argosy.wire.ToWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Worker processes: starts them when they are first needed, replaces those that die, ends them
/// all. Safe from any thread.
public final class ProcessFleet implements Fleet<RemoteCall>, WorkerLink.Owner, AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(ProcessFleet.class.getName());

  /// A process that has not connected by then never will.
  private static final long START_SECONDS = 60;

  /// How long workers that were told to leave may take before they are killed.
  private static final long LEAVE_MILLIS = 500;

  private final Host host;
  private final SocketLoop loop = new SocketLoop();
  private final Map<Integer, WorkerLink> links = new ConcurrentSkipListMap<>();
  private final Map<Integer, ParallelException> deaths = new ConcurrentSkipListMap<>();
  private final ExecutorService launcher =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("argosy/launcher").factory());
  private final Dispatcher<RemoteCall> dispatcher;
  private volatile WorkerSettings settings;
  private volatile boolean isClosed;

  /// No process is started before the first call.
  public ProcessFleet(Host host, WorkerSettings settings) {
    this.host = host;
    this.settings = settings;
    this.dispatcher = new Dispatcher<>(this, settings.count());
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
      throw new PoolClosedException("the workers were closed for good; start a new engine");
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
    WorkerSettings before = settings;
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
              process == null ? -1 : ResidentMemory.ofProcess(process.pid()),
              link.java()));
    }
    return status;
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
    launcher.execute(() -> start(link));
  }

  @Override
  public void run(int worker, List<RemoteCall> calls) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.run(calls);
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
      link.send(new ToWorker.Stop());
    }
  }

  @Override
  public void kill(int worker) {
    WorkerLink link = links.get(worker);
    if (link != null) {
      link.kill();
    }
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
                    "the task ran longer than its timeout and was ended on worker %d"
                        .formatted(worker))));
  }

  @Override
  public void died(RemoteCall call, int worker, long number) {
    ParallelException death = deathOf(worker);
    call.listener()
        .ended(
            call.count() > 1 && death instanceof WorkerLostException lost
                ? new CallEnd.Lost((int) (number - call.call().task()), lost)
                : new CallEnd.Failed(death));
  }

  @Override
  public void refused(RemoteCall call, int worker) {
    call.listener().ended(new CallEnd.Failed(deathOf(worker)));
  }

  private ParallelException deathOf(int worker) {
    ParallelException death = deaths.get(worker);
    return death != null ? death : new WorkerLostException("worker %d died".formatted(worker));
  }

  @Override
  public void abandoned(RemoteCall call) {
    call.listener()
        .ended(
            new CallEnd.Failed(
                new PoolClosedException("the workers were stopped before the task had ended")));
  }

  // ---- what happens to workers

  private void start(WorkerLink link) {
    Rendezvous rendezvous = null;
    try {
      rendezvous = Rendezvous.open();
      WorkerProcess process =
          new WorkerProcess(
              link.number(),
              LaunchCommand.of(settings, rendezvous.directory()),
              rendezvous.spokenToken(),
              link::onRawLine);
      link.began(process);
      Rendezvous meeting = rendezvous;
      Thread.startVirtualThread(() -> meet(link, process, meeting));
    } catch (IOException | RuntimeException e) {
      if (rendezvous != null) {
        closeQuietly(rendezvous);
      }
      failToStart(
          link,
          new WorkerLostException(
              "worker %d could not be started: %s".formatted(link.number(), e.getMessage()), e));
    }
  }

  private void meet(WorkerLink link, WorkerProcess process, Rendezvous rendezvous) {
    var _ = process.end().thenAccept(_ -> closeQuietly(rendezvous));
    CompletableFuture<@Nullable Void> deadline = new CompletableFuture<>();
    var _ =
        deadline
            .orTimeout(START_SECONDS, TimeUnit.SECONDS)
            .exceptionally(_ -> {
              process.kill();
              return null;
            });
    try (rendezvous) {
      Rendezvous.Visitor first = rendezvous.accept();
      if (first.hello().version() != Protocol.VERSION) {
        throw new ProtocolMismatchException(
            "worker %d speaks version %d of the protocol, this process %d; both must come from one"
                    .formatted(link.number(), first.hello().version(), Protocol.VERSION)
                + " argosy.jar");
      }
      Rendezvous.Visitor second = rendezvous.accept();
      boolean isDataFirst = first.hello().channel() == Channel.DATA;
      link.met(rendezvous, isDataFirst ? first : second, isDataFirst ? second : first);
      dispatcher.locked(() ->
          link.send(
              new ToWorker.ExtendClassPath(
                  host.classPath().stream()
                      .map(entry -> entry.toAbsolutePath().toString())
                      .toList())));
      link.listen(loop);
    } catch (ProtocolMismatchException e) {
      process.kill();
      failToStart(link, e);
      return;
    } catch (IOException | RuntimeException e) {
      // A process that has ended closes the rendezvous; its last words say more than that does.
      String what = process.isAlive() ? e + "; " : "";
      process.kill();
      ProcessEnd end = process.end().join();
      failToStart(
          link,
          new WorkerLostException(
              "worker %d could not start: %s".formatted(link.number(), what) + end.describe(), e));
      return;
    } finally {
      deadline.complete(null);
    }
    dispatcher.started(link.number());
    link.ready().complete(null);
  }

  private void failToStart(WorkerLink link, ParallelException why) {
    deaths.put(link.number(), why);
    links.remove(link.number());
    dispatcher.failedToStart(link.number());
    deaths.remove(link.number());
    link.ready().completeExceptionally(why);
    link.gone().complete(null);
  }

  @Override
  public void lost(WorkerLink link, ProcessEnd end) {
    deaths.put(link.number(), link.lossOf(end));
    links.remove(link.number());
    dispatcher.lost(link.number(), link.running());
    deaths.remove(link.number());
    link.gone().complete(null);
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
                      "worker %d could not run the task:%n%s"
                          .formatted(link.number(), m.printed())));
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
    dispatcher.stopAll();
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

  private static void closeQuietly(Rendezvous rendezvous) {
    try {
      rendezvous.close();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a worker's directory was not deleted", e);
    }
  }

  /// Ends all workers. Calls that have not ended fail. Idempotent.
  @Override
  public void close() {
    isClosed = true;
    stopAll();
    launcher.shutdown();
    dispatcher.close();
    loop.close();
  }
}
