package argosy.engine;

import argosy.Broadcast;
import argosy.Options;
import argosy.Parallel;
import argosy.WorkerLostException;
import argosy.engine.Residents.Placed;
import argosy.engine.backend.BatchSpec;
import argosy.engine.backend.Call;
import argosy.engine.backend.ProcessBackend;
import argosy.engine.closure.WrittenPlace;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.wire.CellBodies;
import argosy.wire.ResidentFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Puts functions and objects on chosen workers. Safe from any thread.
final class Placement {

  /// Numbers of objects, unlike those that another engine gives on the same workers.
  private static final AtomicLong LAST_ID = new AtomicLong();

  private final LocalEngine engine;
  private final Host host;
  private final ProcessBackend processes;

  /// How many actors live on each worker.
  private final Map<Integer, Integer> actors = new ConcurrentHashMap<>();

  /// The actors that tasks have got, by their numbers.
  private final Map<Long, RemoteActor<?>> travelled = new ConcurrentHashMap<>();

  /// The workers that an actor has for itself.
  private final Set<Integer> owned = ConcurrentHashMap.newKeySet();

  /// Make workers that start later leave out what the others have run of cells.
  private final Queue<Runnable> forgetters = new ConcurrentLinkedQueue<>();

  Placement(LocalEngine engine, Host host, ProcessBackend processes) {
    this.engine = engine;
    this.host = host;
    this.processes = processes;
  }

  /// What a function does on which workers.
  ///
  /// @param isKept whether workers that start later call it too, before anything else
  /// @param outputs where the output of each worker goes
  /// @param options how long a call may take, and where its random numbers come from
  record Plan(
      ResidentFunction<?> function,
      List<Integer> workers,
      boolean isKept,
      IntFunction<TaskOutput> outputs,
      Options options) {

    /// Without a word about how a call runs.
    Plan(
        ResidentFunction<?> function,
        List<Integer> workers,
        boolean isKept,
        IntFunction<TaskOutput> outputs) {
      this(function, workers, isKept, outputs, Parallel.options());
    }

    /// {@return what the user would call it}
    String name() {
      return WrittenPlace.nameOf(function);
    }
  }

  /// A function that was called.
  ///
  /// @param forget makes workers that start later leave it out
  record Started(List<Placed> placed, Runnable forget) {}

  /// A function that was captured.
  record Captured(ResidentFunction<?> function, ProcessBackend.Everywhere everywhere) {}

  /// Captures a function.
  Captured capture(ResidentFunction<?> function) {
    return new Captured(function, processes.openEverywhere(function));
  }

  /// Captures and calls a function.
  Started start(Plan plan) {
    return start(plan, capture(plan.function()).everywhere());
  }

  private Started start(Plan plan, ProcessBackend.Everywhere everywhere) {
    List<Placed> placed = new ArrayList<>();
    for (int worker : plan.workers()) {
      BatchSpec spec = LocalEngine.placed(plan.options(), plan.outputs().apply(worker));
      EngineTask<@Nullable Object> task =
          new EngineTask<@Nullable Object>(engine, Parallel.options(), host.scope())
              .named(plan.name());
      task.prepare(everywhere.on(worker, spec), null);
      placed.add(new Placed(worker, task));
    }
    Call kept = plan.isKept() && !placed.isEmpty() ? task(placed.getFirst()).call() : null;
    Runnable forget =
        everywhere.start(
            () -> {
              processes.crew().locked(() -> launch(plan, placed));
              return anyWorks(placed);
            },
            kept,
            plan.function() instanceof CellBodies);
    if (kept != null && plan.function() instanceof CellBodies) {
      forgetters.add(forget);
    }
    return new Started(List.copyOf(placed), forget);
  }

  /// Makes workers that start later leave out the cells that have run so far.
  void forgetCells() {
    for (Runnable forget; (forget = forgetters.poll()) != null; ) {
      forget.run();
    }
  }

  /// A worker that is about to leave does not get a function that the one in its place calls
  /// anyway.
  private void launch(Plan plan, List<Placed> placed) {
    if (plan.function() instanceof CellBodies) {
      List<Placed> leaving = new ArrayList<>();
      for (Placed each : placed) {
        if (!processes.crew().settle(each.worker(), plan.isKept())) {
          leaving.add(each);
        }
      }
      if (plan.isKept() && leaving.size() < placed.size()) {
        placed.removeAll(leaving);
      }
    }
    placed.forEach(each -> task(each).launch());
  }

  private static EngineTask<?> task(Placed placed) {
    return (EngineTask<?>) placed.task();
  }

  /// {@return completes when all have ended, with whether one of them has done so well}
  private static CompletableFuture<Boolean> anyWorks(List<Placed> placed) {
    CompletableFuture<?>[] ends =
        placed.stream()
            .map(each -> each.task().toCompletableFuture().handle((_, failure) -> failure == null))
            .toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(ends)
        .thenApply(_ -> Arrays.stream(ends).anyMatch(end -> Boolean.TRUE.equals(end.join())));
  }

  // ---- objects

  long newId() {
    return LAST_ID.incrementAndGet();
  }

  /// Calls a function on one worker.
  Placed startOn(int worker, ResidentFunction<?> function, Options options) {
    return startOn(worker, capture(function), options);
  }

  /// Calls a function that was captured on one worker.
  Placed startOn(int worker, Captured captured, Options options) {
    TaskOutput output = host.output();
    Plan plan = new Plan(captured.function(), List.of(worker), false, _ -> output, options);
    return start(plan, captured.everywhere()).placed().getFirst();
  }

  /// {@return the worker on which the fewest actors live, which gets one more; not one that another
  /// has for itself, as long as there are others}
  int chooseWorker() {
    int chosen;
    do {
      chosen =
          startAll().stream()
              .min(
                  Comparator.<Integer, Boolean>comparing(worker -> owned.contains(worker))
                      .thenComparing(worker -> actors.getOrDefault(worker, 0)))
              .orElseThrow(() -> new IllegalStateException("no worker could be started"));
    } while (!processes.crew().settle(chosen, false)); // it may have been told to leave meanwhile
    int _ = actors.merge(chosen, 1, Integer::sum);
    return chosen;
  }

  /// {@return a worker on which no actor lives, which gets one, and no other tasks from now on}
  int chooseOwnWorker() {
    while (true) {
      List<Integer> workers = startAll();
      for (int worker : workers) {
        if (!actors.containsKey(worker)
            && actors.putIfAbsent(worker, 1) == null
            && settleApart(worker)) {
          owned.add(worker);
          return worker;
        }
      }
      makeRoom(workers);
    }
  }

  /// Lets a worker come on which no actor lives, in place of one that is left to those that do.
  private void makeRoom(List<Integer> workers) {
    for (int worker : workers) {
      boolean _ = processes.crew().setApart(worker);
      if (startAll().size() > workers.size()) {
        return;
      }
    }
  }

  private boolean settleApart(int worker) {
    if (processes.crew().settle(worker, false)) {
      boolean _ = processes.crew().setApart(worker);
      return true;
    }
    actors.remove(worker);
    return false;
  }

  private List<Integer> startAll() {
    List<Integer> workers = processes.crew().startAll();
    actors.keySet().retainAll(workers);
    owned.retainAll(workers);
    return workers;
  }

  /// An actor lives on a worker.
  ///
  /// @param options what was said of its calls when it was made
  void arrived(long id, int worker, Options options) {
    processes.crew().connect(id, worker, LocalEngine.placed(options, host.output()).limits());
  }

  /// Tasks get an actor, and may wait for it.
  void travels(long id, int worker, RemoteActor<?> actor) {
    travelled.put(id, actor);
    // One whose worker is gone says so when it is called.
    boolean _ = processes.crew().setApart(worker);
  }

  /// {@return an actor that tasks have got, unless it was closed}
  @Nullable RemoteActor<?> find(long id) {
    return travelled.get(id);
  }

  /// {@return whether a worker is still there, and what lives on it}
  boolean isThere(int worker) {
    return processes.crew().ready().contains(worker);
  }

  /// An actor was closed.
  void closed(long id) {
    travelled.remove(id);
  }

  /// An actor has left its worker.
  void left(int worker, long id) {
    processes.crew().disconnect(id);
    if (actors.computeIfPresent(worker, (_, count) -> count > 1 ? count - 1 : null) == null) {
      owned.remove(worker);
    }
    processes.crew().vacate(worker);
  }

  /// Brings a value to all workers, those that start later included; waits until it is there.
  <T> Broadcast<T> broadcast(T value) {
    List<Integer> workers = processes.crew().startAll();
    long id = newId();
    TaskOutput output = host.output();
    Started started =
        start(new Plan(new ResidentFunction.Give(id, value), workers, true, _ -> output));
    try {
      awaitAny(started.placed());
    } catch (InterruptedException e) {
      started.forget().run();
      started.placed().forEach(placed -> placed.task().cancel(true));
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted before the value was on the workers");
    }
    return Broadcast.placed(id, value, () -> drop(id, started.forget()));
  }

  /// Waits until all have ended. A worker that is lost meanwhile does not count, as long as another
  /// one got what was sent: the worker that takes its place gets it too.
  private static void awaitAny(List<Placed> placed) throws InterruptedException {
    Throwable lost = null;
    boolean isAnywhere = false;
    for (Placed each : placed) {
      try {
        Object _ = each.task().get();
        isAnywhere = true;
      } catch (ExecutionException e) {
        lost = e.getCause();
        if (!(lost instanceof WorkerLostException)) {
          throw new CompletionException(lost);
        }
      }
    }
    if (!isAnywhere && lost != null) {
      throw new CompletionException(lost);
    }
  }

  private void drop(long id, Runnable forget) {
    forget.run();
    TaskOutput output = host.output();
    Started _ =
        start(
            new Plan(new ResidentFunction.Drop(id), processes.crew().ready(), false, _ -> output));
  }
}
