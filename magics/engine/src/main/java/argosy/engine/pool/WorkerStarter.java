package argosy.engine.pool;

import argosy.ParallelException;
import argosy.ProtocolMismatchException;
import argosy.WorkerLostException;
import argosy.wire.Hello.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Starts worker processes and meets them. Safe from any thread; never blocks its caller.
final class WorkerStarter implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(WorkerStarter.class.getName());

  private final Duration limit;
  private final Sweeper sweeper = new Sweeper();
  private final AtomicLong lastProcess = new AtomicLong();
  private final ExecutorService launcher =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("argosy/launcher")
              .factory());

  /// @param limit a process that has not connected by then never will
  WorkerStarter(Duration limit) {
    this.limit = limit;
  }

  /// Runs something on the thread that starts processes.
  void execute(Runnable action) {
    launcher.execute(action);
  }

  /// Starts a process. On the thread that starts processes.
  ///
  /// @param who is named in what goes wrong, such as `worker 3`
  /// @param onSpawn gets the process before it has connected
  /// @return completes when it has connected, or with a [ParallelException] that says why not
  CompletableFuture<StartedWorker> start(
      WorkerSettings settings, String who, Consumer<WorkerProcess> onSpawn) {
    CompletableFuture<StartedWorker> started = new CompletableFuture<>();
    LaunchCommand command = LaunchCommand.of(settings);
    Rendezvous rendezvous = null;
    try {
      rendezvous = Rendezvous.open(sweeper.filePrefix());
      ProcessBuilder builder = command.meetingIn(rendezvous.directory());
      long number = lastProcess.incrementAndGet();
      sweeper.mark(builder.environment(), number);
      WorkerProcess process =
          new WorkerProcess(builder, rendezvous.spokenToken(), () -> sweeper.sweep(number));
      sweeper.guard();
      onSpawn.accept(process);
      Rendezvous meeting = rendezvous;
      Thread.startVirtualThread(() -> meet(process, command, meeting, who, started));
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // The JDK throws OutOfMemoryError when the system refuses another thread.
      if (rendezvous != null) {
        closeQuietly(rendezvous);
      }
      started.completeExceptionally(
          new WorkerLostException("%s could not be started: %s".formatted(who, e.getMessage()), e));
    }
    return started;
  }

  private void meet(
      WorkerProcess process,
      LaunchCommand command,
      Rendezvous rendezvous,
      String who,
      CompletableFuture<StartedWorker> started) {
    var _ = process.end().thenAccept(_ -> closeQuietly(rendezvous));
    CompletableFuture<Boolean> met = new CompletableFuture<>();
    var _ =
        met.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(_ -> {
              process.kill();
              return false;
            });
    try (rendezvous) {
      Rendezvous.Visitor first = rendezvous.accept();
      Compatibility.check(who, first.hello());
      Rendezvous.Visitor second = rendezvous.accept();
      boolean isDataFirst = first.hello().channel() == Channel.DATA;
      started.complete(
          new StartedWorker(
              process,
              command.options(),
              isDataFirst ? first : second,
              isDataFirst ? second : first,
              rendezvous.progress()));
    } catch (ProtocolMismatchException e) {
      process.kill();
      started.completeExceptionally(e);
    } catch (IOException | RuntimeException e) {
      started.completeExceptionally(whyNot(process, met, who, e));
    } finally {
      met.complete(true);
    }
  }

  /// A process that has ended closes the rendezvous; its last words say more than that does.
  private ParallelException whyNot(
      WorkerProcess process, CompletableFuture<Boolean> met, String who, Exception e) {
    String what = "";
    if (met.isCompletedExceptionally()) {
      what = "it had not connected after %d s, and was ended: ".formatted(limit.toSeconds());
    } else if (process.isAlive()) {
      what = e + "; ";
    }
    process.kill();
    ProcessEnd end = process.end().join();
    String message =
        "%s (pid %d) could not start: %s".formatted(who, process.pid(), what)
            + end.describe(ProcessEnd.Context.NONE);
    return what.isEmpty() ? new WorkerLostException(message) : new WorkerLostException(message, e);
  }

  private static void closeQuietly(Rendezvous rendezvous) {
    try {
      rendezvous.close();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.WARNING, "a worker's directory was not deleted", e);
    }
  }

  /// All processes have ended: leaves nothing of them behind.
  @Override
  public void close() {
    launcher.shutdown();
    sweeper.close();
  }
}
