package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArrayTextTest {

  @Test
  void saysWhatAnArrayIs() {
    assertThat(ArrayText.of(new double[3])).isEqualTo("double[3]");
    assertThat(ArrayText.of(new int[2][5])).isEqualTo("int[2][]");
    assertThat(ArrayText.of(new String[0])).isEqualTo("String[0]");
  }

  @Test
  void leavesOtherValuesTheirWords() {
    assertThat(ArrayText.of(null)).isEqualTo("null");
    assertThat(ArrayText.of(List.of(1))).isEqualTo("[1]");
  }
}
