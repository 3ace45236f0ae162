package argosy.commands.px;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.MagicUsageException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetsTest {

  private static final List<Integer> WORKERS = List.of(2, 3, 5, 8, 9);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all     | 2 3 5 8 9",
        "5       | 5",
        "9,2     | 2 9",
        "3-8     | 3 5 8",
        "-1      | 9",
        "-5      | 2",
        "::2     | 2 5 9",
        "1:3     | 3 5",
        ":2      | 2 3",
        "-2:     | 8 9",
        "::-2    | 2 5 9",
        "3:0:-1  | 3 5 8",
        "2,-1    | 2 9",
        "0:99    | 2 3 5 8 9",
      })
  void choosesWorkersInOrder(String text, String expected) {
    assertThat(Targets.of(text, WORKERS))
        .isEqualTo(Arrays.stream(expected.split(" ")).map(Integer::valueOf).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "-6", "x", "", "1,,2", "::0", "6-7", "5:1", "1:2:3:4"})
  void saysWhatItCannotChoose(String text) {
    assertThatThrownBy(() -> Targets.of(text, WORKERS)).isInstanceOf(MagicUsageException.class);
  }
}
