package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Parallel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CapacityTest {

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(new RecordingHost());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          66     | processes  | 10_000 | ''
          67     | processes  | 10_000 | '67 workers would occupy about 4 GB without a task, and this machine has 4 GB'
          50     | processes  | 1_000  | ''
          51     | processes  | 1_000  | '51 workers with about 1,020 threads are too many: this system allows 1,000 threads for all programs'
          5_000  | threads    | 10_000 | ''
          5_001  | threads    | 10_000 | '5,001 threads are too many: this system allows 10,000 threads for all programs'
          70_000 | sequential | 10_000 | ''
          """)
  void saysWhyThereCannotBeSoMany(String count, String backend, String threads, String expected) {
    Capacity capacity = new Capacity(4_000_000_000L, number(threads));

    assertThat(capacity.refusal(backend, number(count))).isEqualTo(expected);
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("_", ""));
  }

  @Test
  void thisMachineHasRoomForTheTestsThemselves() {
    assertThat(Capacity.here().refusal("processes", 4)).isEmpty();
    assertThat(Capacity.here().refusal("threads", 100)).isEmpty();
  }

  @Test
  void aJobThatWantsMoreThanThereIsRoomForDoesNotStart() {
    assertThatThrownBy(() -> Parallel.over(List.of(1, 2)).workers(1_000_000).map(x -> x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("1,000,000 workers would occupy about 60,000 GB without a task")
        .hasMessageEndingWith("; without workers(1000000), those that there are do the work");
    assertThatThrownBy(() ->
            Parallel.over(List.of(1, 2)).backend("threads").workers(2_000_000_000).map(x -> x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("2,000,000,000 threads are too many");
    assertThat(Parallel.over(List.of(1)).backend("sequential").workers(1_000_000).map(x -> x))
        .containsExactly(1);
    assertThat(fresh.engine().status()).isEmpty();
  }
}
