package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodePointsTest {

  @ParameterizedTest
  @CsvSource({
    "abc,0,0",
    "abc,3,3",
    "abc,9,3",
    "abc,-1,0",
    "'',0,0",
    "a😀b,2,3",
    "😀😀,1,2",
    "é,1,1"
  })
  void translatesPositionsToIndexes(String code, int position, int index) {
    assertThat(CodePoints.toIndex(code, position)).isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource({"abc,2,2", "abc,9,3", "abc,-1,0", "a😀b,3,2", "😀😀,4,2"})
  void translatesIndexesToPositions(String code, int index, int position) {
    assertThat(CodePoints.toPosition(code, index)).isEqualTo(position);
  }
}
