package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Engine;
import argosy.Parallel;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way for a worker to die costs the task that it ran, and nothing else.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashIT {

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @TempDir private Path directory;

  @BeforeEach
  void start() {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "processes", "64m", List.of()));
  }

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  /// A way to die, with what the message is to say about it.
  interface Death {
    void die() throws Exception;
  }

  static Stream<Arguments> deaths() {
    return Stream.of(
        death("exit", "exit code 7", () -> System.exit(7)),
        death("halt", "exit code 42", () -> Runtime.getRuntime().halt(42)),
        death("kill -9", "signal 9 (SIGKILL)", CrashIT::killMyself),
        death("segfault", "SIGSEGV", CrashIT::writeToNowhere),
        death("heap exhaustion", "ran out of memory", CrashIT::fillTheHeap));
  }

  private static Arguments death(String name, String message, Death death) {
    return Arguments.argumentSet(name, message, death);
  }

  static void killMyself() throws IOException, InterruptedException {
    String me = Long.toString(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-9", me).start().waitFor();
    Thread.sleep(60_000);
  }

  @SuppressWarnings("restricted") // the crash is what is wanted
  static void writeToNowhere() {
    MemorySegment.NULL.reinterpret(8).set(ValueLayout.JAVA_INT, 0, 1);
  }

  static void fillTheHeap() {
    Object[] chain = {};
    while (true) {
      chain = new Object[] {chain, new long[100_000]};
    }
  }

  @Test
  void costsOneTaskOfThoseThatTravelledTogether() {
    String diary = directory.resolve("diary").toString();

    List<Integer> results =
        Parallel.over(IntStream.range(0, 60))
            .batch(30)
            .retries(1)
            .map(x -> {
              if (x == 13 && !Files.exists(Path.of(diary))) {
                Files.createFile(Path.of(diary));
                killMyself();
              }
              return 2 * x;
            });

    assertThat(Path.of(diary)).exists();
    assertThat(results).isEqualTo(IntStream.range(0, 60).map(x -> 2 * x).boxed().toList());
    assertThatThrownBy(() ->
            Parallel.over(IntStream.range(0, 60))
                .batch(30)
                .map(x -> {
                  if (x == 13) {
                    killMyself();
                  }
                  return x;
                }))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("SIGKILL");
  }

  @ParameterizedTest(name = "{argumentSetName}")
  @MethodSource("deaths")
  void costsTheTaskThatRan(String message, Death death) throws Exception {
    Path pidFile = directory.resolve("pid");
    String pidName = pidFile.toString();
    List<Task<Integer>> innocents = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      innocents.add(Parallel.submit(CrashIT::nap));
    }
    Task<?> victim =
        Parallel.submit(() -> {
          Files.writeString(Path.of(pidName), Long.toString(ProcessHandle.current().pid()));
          death.die();
        });
    for (int i = 0; i < 30; i++) {
      innocents.add(Parallel.submit(CrashIT::nap));
    }

    assertThatThrownBy(victim::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining(message);

    long pid = Long.parseLong(Files.readString(pidFile));
    assertThat(victim.exceptionNow()).hasMessageContaining("pid " + pid);
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    for (Task<Integer> innocent : innocents) {
      assertThat(innocent.get()).isEqualTo(1);
    }
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).containsExactly(1, 2, 3);
    engine.configure(engine.settings());
    assertThat(engine.status()).hasSize(2).extracting(WorkerStatus::pid).doesNotContain(pid);
    deleteCrashFile(pid);
  }

  private static void deleteCrashFile(long pid) throws IOException {
    Files.deleteIfExists(
        Path.of(System.getProperty("java.io.tmpdir"), "argosy-hs_err_" + pid + ".log"));
  }

  static int nap() throws InterruptedException {
    Thread.sleep(2);
    return 1;
  }

  @Test
  void aLostTaskIsTriedAgainIfAsked() {
    String marker = directory.resolve("first").toString();

    List<Integer> results =
        Parallel.over(Stream.iterate(0, x -> x + 1).limit(100))
            .retries(1)
            .map(x -> {
              if (x == 50 && Path.of(marker).toFile().createNewFile()) {
                Runtime.getRuntime().halt(1);
              }
              return x;
            });

    assertThat(results).isEqualTo(Stream.iterate(0, x -> x + 1).limit(100).toList());
    assertThat(Path.of(marker)).exists();
  }

  @Test
  void aTaskThatKillsThreeWorkersIsGivenUp() {
    assertThatThrownBy(() ->
            Parallel.over(List.of(1))
                .retries(100)
                .map(x -> {
                  Runtime.getRuntime().halt(9);
                  return x;
                }))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("exit code 9");
    assertThat(engine.status()).allMatch(worker -> worker.number() <= 6);
  }

  @Test
  void theLastWordsOfAWorkerAreInTheMessage() {
    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1),
                x -> {
                  new ProcessBuilder("sh", "-c", "echo farewell >&2").inheritIO().start().waitFor();
                  Runtime.getRuntime().halt(5);
                  return x;
                }))
        .hasMessageContaining("exit code 5")
        .hasMessageContaining("farewell");
  }

  @Test
  void anIdleWorkerThatIsKilledIsReplaced() {
    WorkerStatus first = engine.status().getFirst();
    ProcessHandle process = ProcessHandle.of(first.pid()).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();

    assertThat(Parallel.map(List.of(1, 2, 3, 4), x -> x)).containsExactly(1, 2, 3, 4);
    engine.configure(engine.settings());
    assertThat(engine.status())
        .hasSize(2)
        .extracting(WorkerStatus::pid)
        .doesNotContain(first.pid());
  }

  @Test
  void aTaskThatDoesNotGiveInIsEndedWithItsWorker() throws Exception {
    List<ProcessHandle> before =
        engine.status().stream()
            .map(worker -> ProcessHandle.of(worker.pid()).orElseThrow())
            .toList();
    String started = directory.resolve("started").toString();
    Task<?> task =
        Parallel.submit(() -> {
          Files.createFile(Path.of(started));
          while (true) {
            Thread.onSpinWait();
          }
        });
    assertThat(Footprint.await(() -> Files.exists(Path.of(started)))).isTrue();

    assertThat(task.cancel(true)).isTrue();

    assertThat(task.state()).isEqualTo(Future.State.CANCELLED);
    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    assertThat(Footprint.await(() -> before.stream().anyMatch(process -> !process.isAlive())))
        .isTrue();
    assertThat(Parallel.map(List.of(1, 2), x -> x)).containsExactly(1, 2);
  }

  @Test
  void aTaskThatGivesInKeepsItsWorker() throws Exception {
    List<Long> before = engine.status().stream().map(WorkerStatus::pid).toList();
    String started = directory.resolve("started").toString();
    Task<Integer> task =
        Parallel.submit(() -> {
          Files.createFile(Path.of(started));
          Thread.sleep(60_000);
          return 1;
        });
    assertThat(Footprint.await(() -> Files.exists(Path.of(started)))).isTrue();

    assertThat(task.cancel(true)).isTrue();

    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).containsExactly(1, 2, 3);
    engine.configure(engine.settings());
    assertThat(engine.status()).extracting(WorkerStatus::pid).isEqualTo(before);
  }
}
