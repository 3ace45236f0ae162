package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Parallel;
import argosy.Task;
import argosy.engine.FreshEngine;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What lives on a worker keeps it: the pool ends no worker by itself whose loss somebody would
/// see.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ResidentsIT {

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(new RecordingHost());

  private final LocalEngine engine = fresh.engine();

  private static WorkerSettings settings(int count, long memory, Duration idle) {
    return new WorkerSettings(count, "processes", "64m", List.of("-XX:MaxDirectMemorySize=2g"))
        .withLimits(memory, idle);
  }

  private List<Long> pids() {
    return engine.status().stream().map(WorkerStatus::pid).toList();
  }

  /// State whose loss shows.
  static final class Counter {
    private int count;

    long pidAfterCounting() {
      count++;
      return ProcessHandle.current().pid();
    }
  }

  @Test
  void anActorSaysThatItsWorkerIsLost() {
    engine.configure(settings(1, 0, Duration.ZERO));
    try (Actor<Counter> actor = Parallel.actor(Counter::new)) {
      assertThat(actor).hasToString("Actor[on worker 1]");

      Parallel.waitAll(actor.run(_ -> Runtime.getRuntime().halt(3)));

      assertThat(actor).hasToString("Actor[lost with worker 1]");
    }
  }

  @Test
  void aTaskThatIsCancelledCallsNoActorAnyMore() throws Exception {
    engine.configure(settings(1, 0, Duration.ZERO));
    try (Actor<List<Integer>> log = Parallel.actor(() -> new ArrayList<Integer>())) {
      Task<Integer> task =
          Parallel.submit(() -> {
            Object _ = log.run(list -> list.add(1)).get();
            try {
              Thread.sleep(600_000);
            } catch (InterruptedException e) {
              Task<?> _ = log.run(list -> list.add(2));
            }
            return 1;
          });
      assertThat(Footprint.await(() -> log.call(list -> list.size()).join() == 1)).isTrue();

      assertThat(task.cancel(true)).isTrue();

      assertThat(Footprint.await(() -> engine.tasks().isEmpty())).isTrue();
      assertThat(log.call(list -> List.copyOf(list)).get()).containsExactly(1);
    }
  }

  @Test
  void aWorkerWithALiveActorDoesNotRestAndTheOthersDo() throws Exception {
    engine.configure(settings(3, 0, Duration.ofMillis(200)));
    long home;
    try (Actor<Counter> actor = Parallel.actor(Counter::new)) {
      home = actor.call(Counter::pidAfterCounting).get();

      assertThat(Footprint.await(() -> pids().equals(List.of(home)))).isTrue();
      assertThat(actor.call(Counter::pidAfterCounting).get()).isEqualTo(home);
      assertThat(actor.call(counter -> counter.count).get()).isEqualTo(2);

      // Those that rest come back beside it.
      assertThat(Parallel.map(List.of(1, 2, 3), x -> x + 1)).containsExactly(2, 3, 4);
      assertThat(Footprint.await(() -> pids().equals(List.of(home)))).isTrue();
    }
    assertThat(Footprint.await(() -> engine.status().isEmpty())).isTrue();
    assertThat(engine.deaths()).isEmpty();
  }

  /// Native memory that its worker keeps.
  private static final List<ByteBuffer> KEPT = new ArrayList<>();

  static int keep(int megabytes) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(megabytes << 20);
    for (int i = 0; i < buffer.capacity(); i += 4096) {
      buffer.put(i, (byte) 1);
    }
    KEPT.add(buffer);
    return KEPT.size();
  }

  @Test
  void aWorkerThatHasGrownIsNotReplacedBeforeItsActorIsGone() throws Exception {
    engine.configure(settings(1, 600L << 20, Duration.ZERO));
    long home;
    try (Actor<Counter> actor = Parallel.actor(Counter::new)) {
      home = actor.call(Counter::pidAfterCounting).get();
      assertThat(actor.call(_ -> keep(450)).get()).isEqualTo(1);
      SupervisionIT.workForAWhile();

      assertThat(pids()).containsExactly(home);
      assertThat(engine.status().getFirst().residentBytes()).isGreaterThan(480L << 20);
      assertThat(engine.deaths()).isEmpty();
      assertThat(actor.call(counter -> counter.count).get()).isEqualTo(1);
    }

    // Nobody looks at it while nothing runs.
    assertThat(
            Footprint.await(() -> {
              SupervisionIT.workForAWhile();
              return ProcessHandle.of(home).isEmpty();
            }))
        .isTrue();
    assertThat(Footprint.await(() -> !engine.deaths().isEmpty())).isTrue();
    assertThat(engine.deaths())
        .singleElement()
        .satisfies(death -> assertThat(death.reason()).contains("replaced between two tasks"));
  }
}
