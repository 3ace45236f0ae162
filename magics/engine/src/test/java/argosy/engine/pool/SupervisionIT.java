package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Engine;
import argosy.Parallel;
import argosy.Shared;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the pool does for workers without being asked: replaces, limits, rests, sweeps, remembers.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SupervisionIT {

  @TempDir static Path temporary;

  private static String usual = "";

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @BeforeAll
  static void meetElsewhere() {
    usual = System.setProperty("java.io.tmpdir", temporary.toString());
  }

  @AfterAll
  static void meetAsUsual() {
    System.setProperty("java.io.tmpdir", usual);
  }

  @BeforeEach
  void install() {
    Engine.install(engine);
  }

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  private static WorkerSettings settings(int count) {
    return new WorkerSettings(count, "processes", "64m", List.of());
  }

  private List<Long> pids() {
    return engine.status().stream().map(WorkerStatus::pid).toList();
  }

  private long reserve() {
    return reserveBesides(-1);
  }

  /// Waits until a process is in reserve that is not this one.
  private long reserveBesides(long other) {
    long[] found = {-1};
    assertThat(
            Footprint.await(() -> {
              found[0] = engine.reserve() == 1 ? idleChild() : -1;
              return found[0] > 0 && found[0] != other;
            }))
        .as("a worker in reserve")
        .isTrue();
    return found[0];
  }

  /// {@return the one Java process of ours that is no worker, or -1}
  private long idleChild() {
    List<Long> workers = pids();
    return javas()
        .map(ProcessHandle::pid)
        .filter(pid -> !workers.contains(pid))
        .findFirst()
        .orElse(-1L);
  }

  private static Stream<ProcessHandle> javas() {
    return ProcessHandle.current()
        .children()
        .filter(process -> process.info().command().orElse("").endsWith("java"));
  }

  private static void kill(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
  }

  // ---- the reserve

  @Test
  void aProcessInReserveTakesThePlaceOfOneThatDies() {
    engine.configure(settings(2));
    long waiting = reserve();
    long victim = pids().getFirst();

    kill(victim);

    assertThat(Footprint.await(() -> pids().contains(waiting))).isTrue();
    assertThat(Parallel.map(List.of(1, 2, 3, 4), x -> x)).containsExactly(1, 2, 3, 4);
    assertThat(pids()).hasSize(2).contains(waiting).doesNotContain(victim);
    assertThat(reserveBesides(waiting)).isPositive();
  }

  @Test
  void aProcessInReserveThatDiesIsReplacedAndCostsNothing() {
    engine.configure(settings(1));
    long waiting = reserve();

    kill(waiting);

    assertThat(reserveBesides(waiting)).isPositive();
    assertThat(Parallel.map(List.of(1, 2), x -> x)).containsExactly(1, 2);
    assertThat(engine.deaths()).isEmpty();
  }

  @Test
  void theReserveIsStartedAsTheWorkersAre() throws Exception {
    engine.configure(settings(1));
    long first = reserve();
    engine.configure(new WorkerSettings(1, "processes", "64m", List.of("-Dcolor=red")));
    assertThat(Footprint.await(() -> ProcessHandle.of(first).isEmpty())).isTrue();
    long second = reserve();

    kill(pids().getFirst());

    assertThat(Parallel.submit(() -> System.getProperty("color")).get()).isEqualTo("red");
    assertThat(pids()).containsExactly(second);
  }

  // ---- memory

  /// Native memory that its worker keeps.
  private static final List<ByteBuffer> KEPT = new ArrayList<>();

  static long keep(int megabytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(megabytes << 20);
    for (int i = 0; i < buffer.capacity(); i += 4096) {
      buffer.put(i, (byte) 1);
    }
    KEPT.add(buffer);
    return ProcessHandle.current().pid();
  }

  private static WorkerSettings limited(long megabytes) {
    return new WorkerSettings(1, "processes", "64m", List.of("-XX:MaxDirectMemorySize=2g"))
        .withLimits(megabytes << 20, Duration.ZERO);
  }

  @Test
  void aWorkerThatGrowsIsReplacedBetweenTwoTasksAndNoTaskIsLost() throws Exception {
    engine.configure(limited(600));

    // More than four fifths of the limit.
    long pid = Parallel.submit(() -> keep(450)).get();

    // Nobody looks at it while nothing runs.
    assertThat(
            Footprint.await(() -> {
              workForAWhile();
              return ProcessHandle.of(pid).isEmpty();
            }))
        .isTrue();
    assertThat(Footprint.await(() -> !engine.deaths().isEmpty())).isTrue();
    assertThat(engine.deaths())
        .singleElement()
        .satisfies(death -> {
          assertThat(death.pid()).isEqualTo(pid);
          assertThat(death.reason()).contains("replaced between two tasks", "MB");
        });
  }

  static void workForAWhile() {
    List<Integer> results =
        Parallel.over(IntStream.range(0, 400))
            .map(x -> {
              Thread.sleep(2);
              return x;
            });
    assertThat(results).isEqualTo(IntStream.range(0, 400).boxed().toList());
  }

  @Test
  void aTaskThatTakesMoreThanItsWorkerMayHaveIsEndedAndToldTheFigures() {
    engine.configure(limited(400));

    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1),
                _ -> {
                  long pid = keep(600);
                  Thread.sleep(60_000);
                  return pid;
                }))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("MB of 400 MB")
        .hasMessageContaining("--memory");
    assertThat(Parallel.map(List.of(1, 2), x -> x)).containsExactly(1, 2);
  }

  /// {@return how many kilobytes of this process's memory are shared}
  static long touch(Shared.Doubles all) throws IOException {
    for (long i = 0; i < all.length(); i += 512) {
      all.set(i, 1);
    }
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("RssShmem:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  @Test
  void memoryThatIsSharedIsNotItsWorkersOwn() throws Exception {
    engine.configure(limited(400));
    long pid = Parallel.submit(() -> ProcessHandle.current().pid()).get();
    try (Shared.Doubles large = Shared.doubles(64 << 20)) {
      assertThat(Parallel.submit(() -> touch(large)).get()).isGreaterThan(500 << 10);

      workForAWhile();

      assertThat(Parallel.submit(() -> ProcessHandle.current().pid()).get()).isEqualTo(pid);
    }
    assertThat(engine.deaths()).isEmpty();
  }

  @Test
  void heapExhaustionIsExplainedWithTheFigures() {
    engine.configure(new WorkerSettings(1, "processes", "40m", List.of()));

    assertThatThrownBy(() -> Parallel.map(List.of(1), _ -> new long[10_000_000].length))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("java.lang.OutOfMemoryError: Java heap space")
        .hasMessageContaining("limited to 40m")
        .hasMessageContaining("--heap")
        .hasMessageContaining("input 0");
  }

  // ---- rest

  @Test
  void workersThatNobodyUsesRestUntilTheyAreNeeded() {
    engine.configure(settings(2).withLimits(0, Duration.ofMillis(200)));
    List<Long> before = pids();

    assertThat(Footprint.await(() -> javas().findAny().isEmpty() && engine.status().isEmpty()))
        .isTrue();
    assertThat(engine.deaths()).isEmpty();

    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).containsExactly(1, 2, 3);
    assertThat(before).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
  }

  /// Workers that leave after a millisecond, under callers that come and go.
  @Test
  void aStormOfIdleTimeoutsLosesNothing() throws Exception {
    engine.configure(settings(1).withLimits(0, Duration.ofMillis(1)));

    for (int i = 0; i < 12; i++) {
      int number = i;
      assertThat(Parallel.submit(() -> number).get()).isEqualTo(number);
      Thread.sleep(i % 4);
    }

    assertThat(engine.deaths()).isEmpty();
  }

  // ---- children

  private long child(boolean getsAway) throws Exception {
    return Parallel.submit(() ->
            getsAway
                ? OrphanIT.startOneThatGetsAway()
                : new ProcessBuilder("sleep", "600").start().pid())
        .get();
  }

  @Test
  void theChildrenOfAWorkerThatIsKilledDieWithIt() throws Exception {
    engine.configure(settings(1));
    long child = child(false);
    long away = child(true);
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isPresent();
    assertThat(ProcessHandle.of(away).filter(ProcessHandle::isAlive)).isPresent();

    kill(pids().getFirst());

    assertThat(Footprint.await(() -> ProcessHandle.of(child).isEmpty())).isTrue();
    assertThat(Footprint.await(() -> ProcessHandle.of(away).isEmpty())).isTrue();
  }

  @Test
  void theChildrenOfAWorkerThatIsStoppedDieWithIt() throws Exception {
    engine.configure(settings(1));
    long child = child(false);
    long away = child(true);

    engine.configure(settings(0));

    assertThat(Footprint.await(() -> ProcessHandle.of(child).isEmpty())).isTrue();
    assertThat(Footprint.await(() -> ProcessHandle.of(away).isEmpty())).isTrue();
  }

  // ---- sizes

  @Test
  void thePoolIsResizedUnderLoadWhileWorkersAreKilled() throws Exception {
    engine.configure(settings(2));
    List<Task<Integer>> tasks = new ArrayList<>();
    int kills = 0;
    for (int size : new int[] {4, 2, 1, 3, 2, 1}) {
      for (int i = 0; i < 40; i++) {
        int number = tasks.size();
        tasks.add(
            Parallel.with(
                Parallel.options().retries(2),
                () ->
                    Parallel.submit(() -> {
                      Thread.sleep(5);
                      return number;
                    })));
      }
      Task<Integer> last = tasks.getLast();
      boolean[] isKilled = new boolean[1];
      boolean _ =
          Footprint.await(() -> {
            isKilled[0] = killOneThatWorks();
            return isKilled[0] || last.isDone();
          });
      kills += isKilled[0] ? 1 : 0;
      engine.configure(settings(size));
    }

    for (int i = 0; i < tasks.size(); i++) {
      assertThat(tasks.get(i).get()).isEqualTo(i);
    }
    assertThat(kills).isPositive();
    assertThat(Footprint.await(() -> engine.status().size() == 1)).isTrue();
  }

  /// It may be one that leaves because there were too many.
  private boolean killOneThatWorks() {
    return engine.status().stream()
        .filter(worker -> worker.state().equals("busy"))
        .flatMap(worker -> ProcessHandle.of(worker.pid()).stream())
        .anyMatch(ProcessHandle::destroyForcibly);
  }

  // ---- what is remembered

  @Test
  void aTaskThatKillsThreeWorkersIsBlamedByName() {
    engine.configure(settings(2));

    assertThatThrownBy(() ->
            Parallel.over(Stream.iterate(0, x -> x + 1).limit(6))
                .batch(1)
                .retries(100)
                .map(x -> {
                  if (x == 4) {
                    Runtime.getRuntime().halt(9);
                  }
                  return x;
                }))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("input 4")
        .hasMessageContaining("three workers")
        .hasMessageContaining("exit code 9");

    assertThat(engine.deaths())
        .hasSize(3)
        .allSatisfy(death -> assertThat(death.reason()).startsWith("exit code 9 ("));
  }

  @Test
  void aWorkerThatIsKilledAndReplacedIsInTheHistory() {
    engine.configure(settings(1));
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).hasSize(3);
    long pid = pids().getFirst();

    kill(pid);

    assertThat(Footprint.await(() -> engine.deaths().size() == 1)).isTrue();
    WorkerDeath death = engine.deaths().getFirst();
    assertThat(death.pid()).isEqualTo(pid);
    assertThat(death.number()).isEqualTo(1);
    assertThat(death.tasksDone()).isEqualTo(3);
    assertThat(death.reason()).contains("signal 9 (SIGKILL)");
  }
}
