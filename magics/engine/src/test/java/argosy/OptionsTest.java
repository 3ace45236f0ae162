package argosy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void sayOnlyWhatIsSet() {
    Options none = Parallel.options();

    assertThat(none).hasToString("Options[]");
    assertThat(none.workers(3).timeout(Duration.ofMillis(1_500)))
        .hasToString("Options[workers=3, timeout=1.5 s]");
    assertThat(none.backend("threads").retries(0).retryOn(IOException.class).unordered().seed(7))
        .hasToString(
            "Options[backend=threads, retries=0, retryOn=[IOException], unordered=true, seed=7]");
  }
}
