package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Broadcast;
import argosy.Engine;
import argosy.NotShippableException;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import argosy.engine.pool.WorkerSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ProcessBackendIT implements BackendContract, TailContract {

  private final LocalEngine engine = new LocalEngine(new RecordingHost());

  @BeforeAll
  void start() {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "processes", null, List.of()));
  }

  @Test
  void anInputThatCannotShipIsNamedByItsNumber() {
    List<Object> inputs = List.of(1, 2, List.of(new Thread(() -> {})), 4);

    for (int batch : new int[] {1, 3}) {
      assertThatThrownBy(() -> Parallel.over(inputs).batch(batch).map(x -> x))
          .isInstanceOf(NotShippableException.class)
          .hasMessageStartingWith("input 2 -> element[0] -> java.lang.Thread: ");
    }

    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);
  }

  @Test
  void aBroadcastThatWasClosedIsRefused() {
    Broadcast<String> value = Parallel.broadcast("text");
    value.close();

    assertThatThrownBy(() -> Parallel.map(List.of(1), _ -> value.get()))
        .isInstanceOf(NotShippableException.class)
        .hasMessageMatching("task -> .*argosy.Broadcast: it was closed, .* broadcast it again");
  }

  @AfterAll
  void stop() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}
