package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

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
    engine.configure(new WorkerSettings(1, "processes", "1g", List.of(options)));
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

  private static int garbage(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += new int[20 + i % 2].length - 19 - i % 2;
    }
    return sum;
  }
}
