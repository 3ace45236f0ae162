package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.DeadlineExceededException;
import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import argosy.engine.pool.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SequentialBackendTest implements BackendContract {

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @BeforeAll
  void start() {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "sequential", null, List.of()));
  }

  @Test
  void whatWasSaidOfWorkersIsKeptForTheNextBackend() {
    WorkerSettings said = new WorkerSettings(2, "sequential", "64m", List.of("-Da=b"));
    engine.configure(said);
    engine.configure(said.withCount(0));

    assertThat(engine.settings()).isEqualTo(said);
  }

  @Test
  void anInterruptDuringATaskIsTheLastOfItsJob() {
    List<Integer> begun = new ArrayList<>();

    assertThatThrownBy(() ->
            Parallel.map(
                List.of(1, 2, 3, 4),
                x -> {
                  begun.add(x);
                  if (x == 2) {
                    Thread.currentThread().interrupt();
                  }
                  return x;
                }))
        .isInstanceOf(CancellationException.class)
        .hasMessageStartingWith("interrupted");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(begun).containsExactly(1, 2);
  }

  @AfterAll
  void stop() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  @Test
  void aTimeoutStopsTheTaskAndNotWhatItsThreadRunsNext() {
    int before = host.withdrawn();

    assertThatThrownBy(() ->
            Parallel.over(List.of(1))
                .timeout(Duration.ofMillis(50))
                .map(x -> {
                  Thread.sleep(60_000);
                  return x;
                }))
        .isInstanceOf(DeadlineExceededException.class);

    assertThat(host.withdrawn()).isEqualTo(before + 1);
    assertThat(host.isStopping(Thread.currentThread())).isFalse();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
