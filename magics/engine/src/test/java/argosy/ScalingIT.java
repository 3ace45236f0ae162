package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Scaling.Measurement;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A function is measured in this process, too, so what it does there must be harmless.
@Timeout(180)
class ScalingIT {

  @BeforeEach
  void start() {
    LocalEngine engine = new LocalEngine();
    engine.configure(new WorkerSettings(2, "processes", null, List.of()));
    Engine.install(engine);
  }

  @AfterEach
  void stop() {
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x + 1)).containsExactly(2, 3, 4);
    Engine.current().close();
  }

  @Test
  void measuresBothBackends() {
    Scaling scaling = Parallel.choose(x -> x + 1, List.of(1, 2, 3));

    assertThat(scaling.measurements())
        .extracting(Measurement::backend)
        .contains("threads", "processes");
    assertThat(scaling.notes()).isEmpty();
  }

  @Test
  void throwsWhatTheFunctionThrows() {
    assertThatThrownBy(() ->
            Parallel.choose(
                x -> {
                  throw new IOException("no " + x);
                },
                List.of(1)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("no 1");
  }

  @Test
  void survivesAFunctionThatEndsItsProcess() {
    assertThatThrownBy(() ->
            Parallel.choose(
                x -> {
                  if (x == 3) {
                    Runtime.getRuntime().halt(7);
                  }
                  return x;
                },
                List.of(1, 2, 3)))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("exit code 7");
  }
}
