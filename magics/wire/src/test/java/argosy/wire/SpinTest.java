package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SpinTest {

  private int looks;

  private boolean never() {
    looks++;
    return false;
  }

  @Test
  void looksUntilItIsThere() throws IOException {
    Spin spin = new Spin(Long.MAX_VALUE);

    assertThat(spin.until(() -> ++looks == 5)).isTrue();

    assertThat(looks).isEqualTo(5);
  }

  @Test
  void givesUpWhenItsTimeIsUp() throws IOException {
    Spin spin = new Spin(1);

    assertThat(spin.until(this::never)).isFalse();

    assertThat(looks).isPositive();
  }

  @Test
  void triesLessOftenTheMoreOftenItWasInVain() throws IOException {
    Spin spin = new Spin(0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(spin.until(this::never)).isFalse();
    }

    // After 1, 2, 4, … 64 others, and then after 64 each time.
    assertThat(looks).isBetween(15, 25);
  }

  @Test
  void triesEveryTimeAgainOnceItWasThere() throws IOException {
    Spin spin = new Spin(0);
    for (int i = 0; i < 200; i++) {
      assertThat(spin.until(this::never)).isFalse();
    }
    for (int i = 0; i < 64; i++) {
      boolean unused = spin.until(() -> true);
    }

    for (int i = 0; i < 10; i++) {
      assertThat(spin.until(() -> true)).isTrue();
    }
  }
}
