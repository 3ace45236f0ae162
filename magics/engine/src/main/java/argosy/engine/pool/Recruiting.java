package argosy.engine.pool;

import argosy.ParallelException;
import argosy.WorkerLostException;
import argosy.engine.host.Host;
import argosy.wire.ToWorker;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Makes workers of those that were launched: finds each a process, meets it, and has it taught
/// what the others know. Safe from any thread.
/*
 * Threads. Processes are started by one thread, which lives as long as they do. Whatever may take its
 * time after that, a thread of its own waits for, so that the next worker starts meanwhile.
 */
final class Recruiting implements AutoCloseable {

  /// What becomes of those that were launched.
  interface Outcome {

    /// The worker can take tasks.
    void ready(WorkerLink link);

    /// The worker never will.
    void failedToStart(WorkerLink link, ParallelException why);
  }

  /// A process that has not connected by then never will.
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Host host;
  private final SocketLoop loop;
  private final Teaching teaching;
  private final Outcome outcome;
  private final Supplier<WorkerSettings> settings;
  private final WorkerStarter starter = new WorkerStarter(START_LIMIT);
  private final Spare spare;

  /// Those that have not become ready: one that fails at once has left the fleet before anybody can
  /// wait for it.
  private final Set<WorkerLink> launched = ConcurrentHashMap.newKeySet();

  /// @param settings those of the moment
  /// @param hasWorkers whether there are workers whose place a process in reserve could take
  Recruiting(
      Host host,
      SocketLoop loop,
      Teaching teaching,
      Outcome outcome,
      Supplier<WorkerSettings> settings,
      BooleanSupplier hasWorkers) {
    this.host = host;
    this.loop = loop;
    this.teaching = teaching;
    this.outcome = outcome;
    this.settings = settings;
    this.spare = new Spare(starter, settings, hasWorkers);
  }

  // ---- from the launch to the first task

  /// Begins. Never blocks.
  void launch(WorkerLink link) {
    launched.add(link);
    starter.execute(() -> start(link));
  }

  /// [#launch] has thrown.
  void failed(WorkerLink link, Throwable why) {
    fail(
        link,
        new WorkerLostException(
            "worker %d cannot be launched: %s".formatted(link.number(), why), why));
  }

  private void start(WorkerLink link) {
    WorkerSettings now = settings.get();
    StartedWorker waiting = spare.take(LaunchCommand.of(now).options());
    if (waiting != null) {
      link.began(waiting.process());
      Thread.startVirtualThread(() -> adopt(link, waiting));
      return;
    }
    var _ =
        starter
            .start(now, "worker " + link.number(), link::began)
            .whenComplete((started, failure) -> {
              if (failure instanceof ParallelException why) {
                fail(link, why);
              } else {
                adopt(link, started);
              }
            });
  }

  private void adopt(WorkerLink link, StartedWorker started) {
    link.met(started);
    link.tell(
        new ToWorker.ExtendClassPath(
            host.classPath().stream().map(entry -> entry.toAbsolutePath().toString()).toList()));
    try {
      link.listen(loop);
    } catch (IOException e) {
      started.process().kill();
      fail(
          link,
          new WorkerLostException(
              "worker %d cannot be heard: %s".formatted(link.number(), e.getMessage()), e));
      return;
    }
    Thread.startVirtualThread(() -> teaching.teach(link, () -> admit(link)));
  }

  private void admit(WorkerLink link) {
    outcome.ready(link);
    link.ready().complete(null);
    launched.remove(link);
    spare.prepare();
  }

  private void fail(WorkerLink link, ParallelException why) {
    outcome.failedToStart(link, why);
    link.ready().completeExceptionally(why);
  }

  // ---- waiting for it

  /// Why one could not start is no concern of those who wait for the next ones.
  void forgetFailures() {
    launched.clear();
  }

  /// Waits until workers can take tasks, and those that have failed since [#forgetFailures].
  ///
  /// @throws ParallelException that says why one cannot
  void awaitAll(Collection<WorkerLink> links) {
    Set<WorkerLink> awaited = new LinkedHashSet<>(links);
    awaited.addAll(launched);
    for (WorkerLink link : awaited) {
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

  // ---- the reserve

  /// {@return the process that waits to take a worker's place, or -1}
  long sparePid() {
    StartedWorker waiting = spare.peek();
    return waiting == null ? -1 : waiting.process().pid();
  }

  /// Nobody has used the workers for long. Never blocks.
  void rest() {
    starter.execute(spare::drop);
  }

  /// The workers are being stopped.
  void dropSpare() {
    spare.drop();
  }

  /// There will be no reserve any more. Blocks until its process is gone.
  void endSpare() {
    spare.close();
  }

  /// All processes have ended: leaves nothing of them behind.
  @Override
  public void close() {
    starter.close();
  }
}
