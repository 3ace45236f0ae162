package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT0.0005S, 0.5 ms",
    "PT0.15S, 150 ms",
    "PT1S, 1 s",
    "PT1.5S, 1.5 s",
    "PT20S, 20 s",
    "PT90S, 90 s",
    "PT10M, 10 min",
    "PT2H, 2 h",
    "PT2H30M, 150 min",
    "PT-0.5S, -0.5 s"
  })
  void saysATimeInAUnitThatSuitsIt(Duration time, String text) {
    assertThat(TimeText.of(time)).isEqualTo(text);
  }
}
