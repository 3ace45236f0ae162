package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Engine;
import argosy.Parallel;
import argosy.PoolClosedException;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The beginning and the end of workers, with something in the way.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ShutdownIT {

  private final String usual = System.getProperty("java.io.tmpdir");
  private final LocalEngine engine = new LocalEngine(new RecordingHost());

  @TempDir private Path temporary;
  @TempDir private Path directory;

  @BeforeEach
  void meetElsewhere() {
    System.setProperty("java.io.tmpdir", temporary.toString());
    Engine.install(engine);
  }

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    System.setProperty("java.io.tmpdir", usual);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private void use(int count) {
    engine.configure(new WorkerSettings(count, "processes", Fault.HEAP_SIZE, Fault.JVM));
  }

  // ---- the end

  /// Those that end their worker at once have ended before anybody closes anything.
  @ParameterizedTest
  @EnumSource(names = {"EXCEPTION", "HALT", "SEGFAULT", "STOP", "CLOSED_SOCKET", "GARBAGE"})
  void aFaultDuringTheEndLeavesNothing(Fault fault) {
    use(2);
    String proof = directory.resolve("proof").toString();
    Task<Integer> victim =
        Parallel.submit(() -> {
          fault.strike(proof);
          return 1;
        });
    Task<Integer> sleeper = Parallel.submit(OrphanIT::sleep);
    assertThat(Footprint.await(() -> Path.of(proof).toFile().length() > 0)).isTrue();

    engine.close();

    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThatThrownBy(victim::get).isInstanceOf(ExecutionException.class);
    assertThatThrownBy(sleeper::get)
        .cause()
        .isInstanceOf(PoolClosedException.class)
        .hasMessageContaining("the workers were closed for good before task");
    assertThat(temporary.toFile().list()).allMatch(name -> name.startsWith("argosy-hs_err"));
  }

  @Test
  void whatIsAskedOfAClosedPoolIsRefused() {
    use(1);
    engine.close();

    assertThatThrownBy(() -> Parallel.submit(() -> 1)).isInstanceOf(PoolClosedException.class);
    assertThatThrownBy(() -> use(2)).isInstanceOf(PoolClosedException.class);
  }

  // ---- the beginning

  /// A JVM that waits for a debugger never connects.
  private static final List<String> NEVER_READY =
      List.of("-agentlib:jdwp=transport=dt_socket,server=y,suspend=y,address=127.0.0.1:0");

  @Test
  void aWorkerThatIsKilledWhileItStartsSaysSo() {
    CompletableFuture<Void> starting =
        CompletableFuture.runAsync(
            () -> engine.configure(new WorkerSettings(1, "processes", null, NEVER_READY)));
    assertThat(Footprint.await(() -> engine.status().stream().anyMatch(worker -> worker.pid() > 0)))
        .isTrue();
    WorkerStatus worker = engine.status().getFirst();
    assertThat(worker.state()).isEqualTo("starting");

    assertThat(ProcessHandle.of(worker.pid()).orElseThrow().destroyForcibly()).isTrue();

    assertThatThrownBy(starting::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("could not start")
        .hasMessageContaining("pid " + worker.pid())
        .hasMessageContaining("SIGKILL")
        .hasNoCause();
    assertThat(engine.deaths())
        .singleElement()
        .extracting(WorkerDeath::pid)
        .isEqualTo(worker.pid());
    use(1);
    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);
  }

  @Test
  void aWorkerThatNeverConnectsIsGivenUp() {
    try (WorkerStarter starter = new WorkerStarter(Duration.ofMillis(300))) {
      CompletableFuture<WorkerProcess> spawned = new CompletableFuture<>();
      CompletableFuture<StartedWorker> started =
          starter.start(
              new WorkerSettings(1, "processes", null, NEVER_READY), "worker 1", spawned::complete);

      assertThatThrownBy(started::join)
          .cause()
          .isInstanceOf(WorkerLostException.class)
          .hasMessageContaining("worker 1")
          .hasMessageContaining("had not connected");
      assertThat(spawned.join().isAlive()).isFalse();
    }
  }

  // ---- on the way

  @Test
  void aWorkerThatDiesWhileALargeInputIsOnItsWayCostsNothing() throws Exception {
    use(1);
    long pid = engine.status().getFirst().pid();
    signal("-STOP", pid);
    // More than any buffer between two processes holds: half of it waits in this one.
    byte[] large = new byte[5_000_000];
    large[4_999_999] = 7;
    Task<Integer> task = Parallel.submit(() -> large.length + large[4_999_999]);

    signal("-KILL", pid);

    assertThat(task.get()).isEqualTo(5_000_007);
    assertThat(engine.status()).extracting(WorkerStatus::pid).doesNotContain(pid);
  }

  private static void signal(String signal, long pid) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor()).isZero();
  }
}
