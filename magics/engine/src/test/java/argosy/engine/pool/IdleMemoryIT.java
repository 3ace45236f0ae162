package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a worker that has nothing to do keeps.
@EnabledOnOs(OS.LINUX)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class IdleMemoryIT {

  private static final long MEGABYTE = 1 << 20;
  private static final int LARGE = 40_000_000;

  private final LocalEngine engine = new LocalEngine(new RecordingHost());

  @BeforeEach
  void install() {
    Engine.install(engine);
  }

  @AfterEach
  void end() {
    engine.close();
  }

  private void start(String... options) {
    startWithHeap("1g", options);
  }

  private void startWithHeap(String heap, String... options) {
    engine.configure(new WorkerSettings(1, "processes", heap, List.of(options)));
  }

  /// What the worker has of its own: memory that it shares with this process is the pool's.
  private long ownBytes() {
    return ProcessTable.memoryOf(engine.status().getFirst().pid());
  }

  private void awaitLessThan(long bytes) {
    assertThat(Footprint.await(() -> ownBytes() < bytes)).as("it has given memory back").isTrue();
  }

  @Test
  void givesBackWhatItsTasksHaveUsed() throws Exception {
    start();
    int sum = Parallel.submit(() -> new int[LARGE].length + garbage(2_000_000)).get();
    long used = ownBytes();

    awaitLessThan(used - 150 * MEGABYTE);

    assertThat(sum).isEqualTo(LARGE + 2_000_000);
    assertThat(Parallel.submit(() -> new int[LARGE].length).get()).isEqualTo(LARGE);
  }

  @Test
  void givesBackWhateverItsCollector() throws Exception {
    start("-XX:+UseG1GC");
    int sum = Parallel.submit(() -> new int[LARGE].length + garbage(2_000_000)).get();
    long used = ownBytes();

    awaitLessThan(used - 150 * MEGABYTE);

    assertThat(sum).isEqualTo(LARGE + 2_000_000);
  }

  /// Where objects are moved to make room, a part of the garbage may stay where it is.
  @ParameterizedTest
  @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
  void isSmallAgainHoweverMuchItHasHeld(String collector) throws Exception {
    startWithHeap("3g", collector);
    assertThat(Parallel.submit(IdleMemoryIT::mostBytes).get()).isGreaterThan(2048 * MEGABYTE);

    awaitLessThan(150 * MEGABYTE);

    assertThat(Parallel.submit(IdleMemoryIT::mostBytes).get()).isGreaterThan(2048 * MEGABYTE);
    awaitLessThan(150 * MEGABYTE);
  }

  /// {@return what the process has while it holds more than two gigabytes, in pieces that become
  /// old}
  private static long mostBytes() throws IOException {
    List<byte[]> held = new ArrayList<>();
    while (held.size() * 100_000L < 2100 * MEGABYTE) {
      held.add(new byte[100_000]);
    }
    long pages = Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1]);
    return held.isEmpty() ? 0 : pages * 4096;
  }

  @Test
  void keepsWhatLivesThere() throws Exception {
    start();
    try (Actor<double[]> actor =
        Parallel.actor(() -> DoubleStream.iterate(0, x -> x + 1).limit(2_000_000).toArray())) {
      assertThat(actor.call(numbers -> numbers[7] + garbage(2_000_000)).get()).isEqualTo(2_000_007);
      assertThat(actor.call(_ -> new int[LARGE].length).get()).isEqualTo(LARGE);

      awaitLessThan(ownBytes() - 100 * MEGABYTE);

      assertThat(actor.call(numbers -> DoubleStream.of(numbers).sum()).get())
          .isEqualTo(1_999_999e6);
    }
  }

  @Test
  void forgetsWhatWasCapturedAndNobodyHasAnyMore() throws Exception {
    start();
    // Of a chunk whose results are large, a worker gives a part back.
    assertThat(Parallel.map(IntStream.range(0, 5000), x -> new byte[20_000])).hasSize(5000);
    assertThat(useOfLarge()).isEqualTo(LARGE + 1);
    long used = ownBytes();

    awaitLessThan(used - 150 * MEGABYTE);

    assertThat(useOfLarge()).isEqualTo(LARGE + 1);
  }

  private static int useOfLarge() throws Exception {
    int[] large = new int[LARGE];
    large[7] = 1;
    return Parallel.submit(() -> large[7] + large.length).get();
  }

  private static int garbage(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += new int[20 + i % 2].length - 19 - i % 2;
    }
    return sum;
  }
}
