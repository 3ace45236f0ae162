package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Engine;
import argosy.Parallel;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A killer picks workers at random while they compute.
///
/// `magics/benchmarks/soak` runs this for minutes; the system properties `argosy.chaos.tasks` and
/// `argosy.chaos.seconds` say how much.
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ChaosIT {

  private static final int TASKS = Integer.getInteger("argosy.chaos.tasks", 20_000);
  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("argosy.chaos.seconds", 0));

  /// However short it is meant to be.
  private static final int LEAST_KILLS = 5;

  /// Among some hundred kills, one task may be hit three times in a row by chance, and is given up.
  /// That is no reason to doubt the engine as long as it is rare.
  private static final int MOST_UNLUCKY_ROUNDS = 10;

  private static final List<String> SIGNALS = List.of("-KILL", "-SEGV", "-TERM", "-KILL");

  /// Crash files are written here.
  @TempDir static Path temporary;

  private static String usual = "";

  private final LocalEngine engine = new LocalEngine(new RecordingHost());
  private final AtomicInteger kills = new AtomicInteger();
  private final Thread killer = Thread.ofPlatform().name("killer").unstarted(this::kill);
  private volatile boolean isOver;

  @BeforeAll
  static void meetElsewhere() {
    usual = System.setProperty("java.io.tmpdir", temporary.toString());
  }

  @AfterAll
  static void meetAsUsual() {
    System.setProperty("java.io.tmpdir", usual);
  }

  /// Some microseconds of work whose result tells whether it was done. Once in a while it is so
  /// long that what waits behind it is taken back.
  static long compute(int x) {
    long z = x + 0x9e3779b97f4a7c15L;
    int turns = x % 700 == 0 ? 10_000_000 : 20_000;
    for (int i = 0; i < turns; i++) {
      z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
      z ^= z >>> 27;
    }
    return z;
  }

  @Test
  void theResultsAreThoseOfALoopWhoeverIsKilled() throws Exception {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "processes", "64m", List.of()));
    List<Long> expected = IntStream.range(0, TASKS).mapToObj(ChaosIT::compute).toList();
    killer.start();
    long start = System.nanoTime();
    int rounds = 0;
    int unlucky = 0;
    while (rounds == 0
        || kills.get() < LEAST_KILLS
        || System.nanoTime() - start < LENGTH.toNanos()) {
      try {
        List<Long> results =
            Parallel.over(IntStream.range(0, TASKS)).retries(3).map(x -> compute(x));
        assertThat(results).isEqualTo(expected);
        rounds++;
      } catch (WorkerLostException e) {
        assertThat(e).hasMessageContaining("three workers");
        unlucky++;
        assertThat(unlucky).isLessThanOrEqualTo(Math.max(MOST_UNLUCKY_ROUNDS, rounds));
      }
    }
    stopKilling();
    System.Logger.Level info = System.Logger.Level.INFO;
    System.getLogger("chaos")
        .log(info, "%,d kills in %d rounds of %,d tasks".formatted(kills.get(), rounds, TASKS));

    assertThat(Footprint.await(() -> !engine.deaths().isEmpty())).isTrue();
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    stopKilling();
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  private void stopKilling() throws InterruptedException {
    isOver = true;
    killer.join();
  }

  private void kill() {
    SplittableRandom random = new SplittableRandom(66);
    // By progress, not by time: on a slow machine nothing would ever be done.
    int done = random.nextInt(10, 1_000);
    while (!isOver) {
      int least = done;
      List<WorkerStatus> busy =
          engine.status().stream().filter(worker -> worker.tasksDone() > least).toList();
      if (busy.isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        continue;
      }
      long victim = busy.get(random.nextInt(busy.size())).pid();
      String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
      try {
        Process killing = new ProcessBuilder("kill", signal, Long.toString(victim)).start();
        if (killing.waitFor() == 0) {
          kills.incrementAndGet();
        }
        done = random.nextInt(10, 1_000);
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
