package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import argosy.Scaling.Measurement;
import argosy.engine.LocalEngine;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xml.sax.InputSource;

@Timeout(120)
class ScalingTest {

  private final LocalEngine engine = new LocalEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  private static Scaling amdahl(String backend, double serial, double loop) {
    List<Measurement> measurements = new ArrayList<>();
    for (int n : new int[] {4, 2, 1, 8}) {
      measurements.add(new Measurement(backend, n, 2 * (serial + (1 - serial) / n)));
    }
    return new Scaling(10, loop, measurements, List.of());
  }

  @Test
  void findsTheSerialFractionThatItWasMadeWith() {
    assertThat(amdahl("threads", 0.25, 2).serialFraction("threads")).isEqualTo(0.25, within(1e-9));
    assertThat(amdahl("threads", 0, 2).serialFraction("threads")).isEqualTo(0, within(1e-9));
    assertThatThrownBy(() -> amdahl("threads", 0, 2).serialFraction("processes"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void advisesAsFewWorkersAsAreNearlyTheFastest() {
    Scaling scaling =
        new Scaling(
            10,
            1,
            List.of(
                new Measurement("processes", 1, 1.1),
                new Measurement("processes", 2, 0.61),
                new Measurement("threads", 1, 1),
                new Measurement("threads", 2, 0.51),
                new Measurement("threads", 3, 0.50)),
            List.of());

    assertThat(scaling.backend()).isEqualTo("threads");
    assertThat(scaling.workers()).isEqualTo(2);
    assertThat(scaling.overheadMicros("processes")).isEqualTo(10_000, within(1e-6));
    assertThat(scaling.toString())
        .contains("Use .backend(\"threads\").workers(2): 2.0 times as fast as a plain loop.")
        .contains("processes         2      610 ms       1.64");
  }

  @Test
  void advisesALoopWhereNothingIsFaster() {
    Scaling scaling = amdahl("processes", 1, 1.9);

    assertThat(scaling.backend()).isEqualTo("sequential");
    assertThat(scaling.workers()).isEqualTo(1);
    assertThat(scaling.advice()).isEqualTo("A plain loop is as fast; leave it.");
    assertThat(
            new Scaling(10, 0.001, List.of(new Measurement("threads", 1, 0.02)), List.of())
                .advice())
        .isEqualTo("A plain loop is faster; leave it.");
  }

  @Test
  void drawsAPictureThatIsXml() throws Exception {
    String svg = amdahl("threads", 0.1, 2).svg();

    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("circle")
                .getLength())
        .isEqualTo(4);
  }

  @SuppressWarnings("UnnecessaryStringBuilder") // an object that a lambda shares
  @Test
  void measuresWhatCanRunWhereItCan() {
    Engine.install(engine);
    StringBuilder here = new StringBuilder();
    Thread captured = Thread.currentThread();

    Scaling scaling =
        Parallel.choose(x -> captured.isAlive() ? x + here.length() : 0, List.of(1, 2, 3));

    assertThat(scaling.tasks()).isGreaterThanOrEqualTo(3);
    assertThat(scaling.measurements()).extracting(Measurement::backend).containsOnly("threads");
    assertThat(scaling.measurements()).extracting(Measurement::workers).startsWith(1);
    assertThat(scaling.notes())
        .singleElement()
        .asString()
        .startsWith("processes: ")
        .contains("java.lang.Thread");
  }

  @Test
  void wantsASample() {
    assertThatThrownBy(() -> Parallel.choose(x -> x, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the sample is empty");
  }
}
