package argosy.engine;

import argosy.Actor;
import argosy.Broadcast;
import argosy.Cached;
import argosy.Engine;
import argosy.Explanation;
import argosy.Options;
import argosy.Results;
import argosy.Task;
import argosy.engine.backend.Backend;
import argosy.engine.backend.Batch;
import argosy.engine.backend.BatchSpec;
import argosy.engine.backend.ProcessBackend;
import argosy.engine.backend.SequentialBackend;
import argosy.engine.backend.ThreadBackend;
import argosy.engine.disk.Disk;
import argosy.engine.host.ClassPathHost;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.pool.Caller;
import argosy.engine.pool.Crew;
import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.pool.WorkerThreads;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.Standing;
import argosy.engine.threads.LibraryThreads;
import argosy.engine.threads.ThreadReport;
import argosy.engine.timeline.Lane;
import argosy.engine.timeline.Timeline;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.CurrentTask;
import argosy.wire.TaskFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The engine of one machine: worker processes, threads, or the calling thread itself. Safe from
/// any thread.
///
/// Nothing is started before it is needed. Ends with [#close], or with the process.
public final class LocalEngine implements Engine, Workers, Residents {

  private static final String PROCESSES = "processes";
  private static final String THREADS = "threads";
  private static final String SEQUENTIAL = "sequential";

  /// No clock that counts from now on overflows within this time.
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(36_500);

  private final Host host;
  private final Timeline timeline;
  private final ProcessBackend processes;
  private final Backend threads;
  private final Backend sequential;
  private final Disk disk;
  private final Placement placement;
  private final RunningJobs running = new RunningJobs();
  private final WaitingTasks waiting;
  private final Thread shutdownHook;
  private volatile String defaultBackend = PROCESSES;

  /// An engine for a plain `main`, as `ServiceLoader` makes it.
  public LocalEngine() {
    this(new ClassPathHost());
  }

  /// An engine that lives in this host.
  public LocalEngine(Host host) {
    this.host = host;
    timeline = new Timeline(host);
    int cores = Runtime.getRuntime().availableProcessors();
    processes =
        new ProcessBackend(host, new WorkerSettings(cores, PROCESSES, null, List.of()), timeline);
    placement = new Placement(this, host, processes);
    waiting = new WaitingTasks(() -> processes.crew().reserve(1));
    threads =
        new ThreadBackend(host, new WorkerSettings(cores, THREADS, null, List.of()), timeline);
    sequential = new SequentialBackend(host, timeline);
    disk = new Disk(host, f -> processes.identity(new Applied<>(f)));
    host.onInterrupt(() -> running.interrupt(host.scope()));
    shutdownHook = new Thread(this::closeBackends, "argosy/shutdown");
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  // ---- tasks

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Task<R> submit(
      TaskFunction<A, R> function, A input, Options options) {
    EngineTask<R> task = prepare(function, input, options);
    task.launch();
    return task;
  }

  /// Captures, and leaves the start to the caller.
  <A extends @Nullable Object, R extends @Nullable Object> EngineTask<R> prepare(
      TaskFunction<A, R> function, A input, Options options) {
    EngineTask<R> task = new EngineTask<>(this, options, host.scope());
    task.prepare(open(function, options), input);
    return task;
  }

  @Override
  public <R extends @Nullable Object> Task<R> after(
      List<? extends Task<?>> tasks, TaskFunction<List<Object>, R> function, Options options) {
    Batch batch = open(function, options);
    EngineTask<R> task = waiting(options, host.scope());
    CompletableFuture<?>[] stages =
        tasks.stream().map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(stages)
            .whenComplete((_, failure) -> {
              if (failure != null) {
                task.fail(EngineTask.unwrap(failure));
              } else {
                Object[] values = new Object[stages.length];
                Arrays.setAll(values, i -> stages[i].join());
                begin(task, batch, Arrays.asList(values));
              }
            });
    return task;
  }

  <T extends @Nullable Object, R extends @Nullable Object> Task<R> then(
      EngineTask<T> first, Function<? super T, ? extends R> f) {
    Batch batch = open(new Applied<T, R>(f), first.options());
    EngineTask<R> task = waiting(first.options(), first.scope());
    var _ =
        first.whenComplete((value, failure) -> {
          if (failure != null) {
            task.fail(EngineTask.unwrap(failure));
          } else {
            begin(task, batch, value);
          }
        });
    return task;
  }

  <T extends @Nullable Object> Task<T> recover(
      EngineTask<T> first, Function<? super Throwable, ? extends T> f) {
    Batch batch = open(new Applied<Throwable, T>(f), first.options());
    EngineTask<T> task = waiting(first.options(), first.scope());
    var _ =
        first.whenComplete((value, failure) -> {
          if (failure == null) {
            task.succeed(value);
          } else if (failure instanceof CancellationException) {
            task.fail(failure);
          } else {
            begin(task, batch, EngineTask.unwrap(failure));
          }
        });
    return task;
  }

  /// Runs a function when a task has ended, however it did.
  <R extends @Nullable Object> EngineTask<R> following(
      EngineTask<?> first, TaskFunction<@Nullable Object, R> function, Options options) {
    Batch batch = open(function, options);
    EngineTask<R> task = waiting(options, host.scope());
    running.add(task.scope(), task);
    var _ = first.whenComplete((_, _) -> begin(task, batch, null));
    return task;
  }

  /// {@return whether the calling thread runs a task}
  boolean isInsideTask() {
    return CurrentTask.isInside();
  }

  private <R extends @Nullable Object> EngineTask<R> waiting(Options options, Object scope) {
    EngineTask<R> task = new EngineTask<>(this, options, scope);
    waiting.add(task);
    return task;
  }

  /// Starts what waited for its input; nobody is there to throw to.
  private void begin(EngineTask<?> task, Batch batch, @Nullable Object input) {
    waiting.begins(task);
    try {
      task.start(batch, input);
    } catch (Throwable failure) {
      task.fail(failure);
    }
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Results<R> each(
      TaskFunction<A, R> function, Inputs<A> inputs, Options options) {
    Backend backend = backend(options);
    Batch batch = backend.open(function, spec(backend, options));
    ResultFlow.Setting setting =
        new ResultFlow.Setting(
            batch, parallelism(backend, options), options, running, host.scope());
    return new ResultFlow<>(inputs, setting, Progress.of(host, options.progress(), inputs.size()));
  }

  @Override
  public Explanation explain(Object function) {
    return processes.explain(function);
  }

  @Override
  public <A extends @Nullable Object, R extends @Nullable Object> Cached<A, R> cached(
      Path folder, Function<? super A, ? extends R> f) {
    return disk.cached(folder, f);
  }

  @Override
  public void dump(@Nullable Object value, Path file) {
    disk.dump(value, file);
  }

  @Override
  public @Nullable Object load(Path file) {
    return disk.load(file);
  }

  @Override
  public ExecutorService executor(Options options) {
    return new EngineExecutor(this, options);
  }

  /// A task without a call so far.
  <R extends @Nullable Object> EngineTask<R> unstarted(Options options) {
    return new EngineTask<>(this, options, host.scope());
  }

  Host host() {
    return host;
  }

  Placement placement() {
    return placement;
  }

  RunningJobs running() {
    return running;
  }

  // ---- what lives on the workers

  @Override
  public List<Integer> start() {
    if (!defaultBackend.equals(PROCESSES)) {
      throw new IllegalStateException(
          "the backend is %s, whose workers share this process; use %%workers --backend %s"
              .formatted(defaultBackend, PROCESSES));
    }
    return processes.crew().startAll();
  }

  @Override
  public List<Placed> run(ResidentCell cell, List<Integer> workers) {
    return placement
        .start(new Placement.Plan(cell.bodies(), workers, cell.isKept(), cell.outputs()))
        .placed();
  }

  @Override
  public void forgetCells() {
    placement.forgetCells();
  }

  @Override
  public <A extends @Nullable Object> Actor<A> actor(
      Callable<? extends A> maker, Supplier<Options> options) {
    Options now = options.get();
    Backend backend = backend(now);
    if (backend instanceof ProcessBackend) {
      return RemoteActor.make(placement, options, maker);
    }
    boolean isInline = backend instanceof SequentialBackend;
    // It stays where it is, whatever is said when it is called.
    String name = isInline ? SEQUENTIAL : THREADS;
    return LocalActor.make(this, isInline, () -> options.get().backend(name), maker);
  }

  @Override
  public <T> Broadcast<T> broadcast(T value, Options options) {
    return isInProcesses(options) ? placement.broadcast(value) : Broadcast.carried(value);
  }

  private boolean isInProcesses(Options options) {
    return backend(options) instanceof ProcessBackend;
  }

  // ---- backends

  Batch open(TaskFunction<?, ?> function, Options options) {
    Backend backend = backend(options);
    return backend.open(function, spec(backend, options));
  }

  private Backend backend(Options options) {
    String name = options.backend();
    Backend chosen = backend(name == null ? defaultBackend : name);
    return CurrentTask.isInside() ? sequential : chosen;
  }

  private Backend backend(String name) {
    return switch (name) {
      case PROCESSES -> processes;
      case THREADS -> threads;
      case SEQUENTIAL -> sequential;
      default ->
          throw new IllegalArgumentException(
              "there is no backend '%s'; there are %s, %s and %s"
                  .formatted(name, PROCESSES, THREADS, SEQUENTIAL));
    };
  }

  private static void requireCapacity(Backend backend, int workers) {
    WorkerSettings settings = backend.crew().settings();
    if (workers > settings.count()) {
      String refusal = Capacity.here().refusal(settings.backend(), workers);
      if (!refusal.isEmpty()) {
        throw new IllegalArgumentException(
            "%s; without workers(%d), those that there are do the work"
                .formatted(refusal, workers));
      }
    }
  }

  private static int parallelism(Backend backend, Options options) {
    Integer workers = options.workers();
    int available = backend.parallelism();
    return workers == null ? available : Math.min(workers, available);
  }

  private BatchSpec spec(Backend backend, Options options) {
    Integer workers = options.workers();
    if (workers != null) {
      requireCapacity(backend, workers);
    }
    Integer batch = options.batch();
    JobLimits limits =
        new JobLimits(
            workers == null ? 0 : workers, batch == null ? 0 : batch, timeoutNanos(options));
    return new BatchSpec(limits, seed(options), host.output());
  }

  /// {@return how a call runs whose worker is chosen already}
  static BatchSpec placed(Options options, TaskOutput output) {
    return new BatchSpec(new JobLimits(0, 0, timeoutNanos(options)), seed(options), output);
  }

  private static long timeoutNanos(Options options) {
    Duration timeout = options.timeout();
    if (timeout == null) {
      return 0;
    }
    return (timeout.compareTo(LONGEST_TIMEOUT) < 0 ? timeout : LONGEST_TIMEOUT).toNanos();
  }

  private static long seed(Options options) {
    Long seed = options.seed();
    if (seed != null) {
      return seed;
    }
    CurrentTask outer = CurrentTask.get();
    return outer == null ? ThreadLocalRandom.current().nextLong() : outer.nestedSeed();
  }

  // ---- workers

  @Override
  public WorkerSettings settings() {
    return backend(defaultBackend).crew().settings();
  }

  @Override
  public void configure(WorkerSettings settings) {
    Backend chosen = backend(settings.backend());
    defaultBackend = settings.backend();
    chosen.crew().configure(settings);
    if (settings.count() == 0) {
      stop(processes.crew());
      stop(threads.crew());
    }
  }

  private static void stop(Crew crew) {
    crew.configure(crew.settings().withCount(0));
  }

  @Override
  public List<WorkerStatus> status() {
    List<WorkerStatus> status = new ArrayList<>(processes.crew().status());
    status.addAll(threads.crew().status());
    return status;
  }

  @Override
  public List<WorkerDeath> deaths() {
    return processes.crew().deaths();
  }

  @Override
  public List<TaskStatus> tasks() {
    List<TaskStatus> tasks = new ArrayList<>(waiting.tasks());
    tasks.addAll(processes.crew().tasks());
    tasks.addAll(threads.crew().tasks());
    tasks.sort(Comparator.comparingLong(TaskStatus::number));
    return tasks;
  }

  @Override
  public List<TaskStatus> cancel(Predicate<TaskStatus> which) {
    Set<Caller> callers = Collections.newSetFromMap(new IdentityHashMap<>());
    for (TaskStatus task : tasks()) {
      if (which.test(task) && task.phase() != Standing.Phase.ENDING) {
        callers.add(task.caller());
      }
    }
    List<TaskStatus> all = of(callers);
    callers.forEach(Caller::giveUp);
    // They ask for no more; what they asked for meanwhile ends, too.
    for (TaskStatus task : of(callers)) {
      boolean _ =
          processes.crew().cancel(task.number(), true)
              || threads.crew().cancel(task.number(), true);
    }
    return all;
  }

  private List<TaskStatus> of(Set<Caller> callers) {
    return tasks().stream().filter(task -> callers.contains(task.caller())).toList();
  }

  @Override
  public List<WorkerThreads> threads(Predicate<Integer> which) {
    List<WorkerThreads> asked = new ArrayList<>(processes.crew().threads(which));
    asked.addAll(threads.crew().threads(which));
    return asked;
  }

  @Override
  public ThreadReport threadReport() throws InterruptedException {
    return processes.crew().threadReport();
  }

  @Override
  public Runnable limitThreads(int most) {
    return LibraryThreads.limit(most)::close;
  }

  @Override
  public List<Lane> timeline() {
    return timeline.lanes();
  }

  @Override
  public int reserve() {
    return processes.crew().sparePid() < 0 ? 0 : 1;
  }

  // ---- the end

  @Override
  public void close() {
    closeBackends();
    try {
      boolean _ = Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The process is ending already.
    }
  }

  private void closeBackends() {
    processes.close();
    threads.close();
  }
}
