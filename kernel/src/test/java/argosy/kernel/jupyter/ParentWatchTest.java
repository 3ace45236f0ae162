package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentWatchTest {

  private final AtomicInteger gone = new AtomicInteger();

  @Test
  void noticesAParentThatHasEndedAlready() {
    ParentWatch.start(Map.of("JPY_PARENT_PID", "999999999999"), gone::incrementAndGet);
    assertThat(gone).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "x", "99999999999999999999999999"})
  void ignoresWhatIsNoProcess(String pid) {
    ParentWatch.start(Map.of("JPY_PARENT_PID", pid), gone::incrementAndGet);
    assertThat(gone).hasValue(0);
  }

  @Test
  void watchesNobodyUnlessTold() {
    ParentWatch.start(Map.of(), gone::incrementAndGet);
    assertThat(gone).hasValue(0);
  }
}
