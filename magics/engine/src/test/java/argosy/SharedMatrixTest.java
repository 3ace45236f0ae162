package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedMatrixTest {

  @Test
  void copiesRowsReadOnly() {
    double[][] rows = {{1, 2, 3}, {4, 5, 6}};
    try (SharedMatrix.Doubles matrix = Shared.of(rows)) {
      rows[1][2] = 0;
      assertThat(matrix.rows()).isEqualTo(2);
      assertThat(matrix.columns()).isEqualTo(3);
      assertThat(matrix.length()).isEqualTo(6);
      assertThat(matrix.get(1, 2)).isEqualTo(6);
      assertThat(matrix.toArray()).isDeepEqualTo(new double[][] {{1, 2, 3}, {4, 5, 6}});
      assertThat(matrix).hasToString("SharedMatrix.Doubles[2 x 3, read-only]");
      assertThatThrownBy(() -> matrix.set(0, 0, 1))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void givesRowsAndGroupsOfRowsWithoutACopy() {
    try (SharedMatrix.Ints matrix = Shared.ints(5, 4)) {
      matrix.rows(2, 4).row(1).set(3, 7);
      matrix.elements().set(4, 8);

      assertThat(matrix.get(3, 3)).isEqualTo(7);
      assertThat(matrix.get(1, 0)).isEqualTo(8);
      assertThat(matrix.eachRow()).hasSize(5);
      assertThat(matrix.eachRow().get(3).get(3)).isEqualTo(7);
      assertThat(matrix.rows(2, 4)).hasToString("SharedMatrix.Ints[2 x 4]");
      assertThat(matrix.readOnly().row(0).isReadOnly()).isTrue();
    }
  }

  @Test
  void isDividedIntoPartsThatTogetherAreTheWhole() {
    try (SharedMatrix.Longs matrix = Shared.longs(7, 2);
        Shared.Longs array = Shared.longs(3)) {
      List<SharedMatrix.Longs> parts = matrix.parts(3);

      assertThat(parts).extracting(SharedMatrix::rows).containsExactly(3L, 2L, 2L);
      parts.forEach(part -> part.elements().setAll(0, new long[] {part.rows()}));
      assertThat(matrix.get(0, 0)).isEqualTo(3);
      assertThat(matrix.get(3, 0)).isEqualTo(2);
      assertThat(matrix.get(5, 0)).isEqualTo(2);
      assertThat(array.parts(8)).extracting(Shared::length).containsExactly(1L, 1L, 1L);
      assertThat(Shared.longs(0).parts(8)).isEmpty();
      assertThatThrownBy(() -> matrix.parts(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void checksEveryIndex() {
    try (SharedMatrix.Doubles matrix = Shared.doubles(2, 3)) {
      assertThatThrownBy(() -> matrix.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.set(-1, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.row(2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.rows(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> matrix.row(0).get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void hasRowsOfOneLength() {
    assertThatThrownBy(() -> Shared.of(new int[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has 1 elements");
    assertThatThrownBy(() -> Shared.doubles(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Shared.of(new int[][] {{1, 2}, null}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 1 is null");
    assertThatThrownBy(() -> Shared.doubles(1L << 40, 1L << 40))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than any machine has");
  }

  @Test
  void coversEveryElementType() throws Exception {
    try (SharedMatrix.Doubles doubles = Shared.of(new double[][] {{1.5}});
        SharedMatrix.Floats floats = Shared.of(new float[][] {{2.5f}});
        SharedMatrix.Longs longs = Shared.of(new long[][] {{3}});
        SharedMatrix.Ints ints = Shared.of(new int[][] {{4}});
        SharedMatrix.Shorts shorts = Shared.of(new short[][] {{5}});
        SharedMatrix.Chars chars = Shared.of(new char[][] {{'6'}});
        SharedMatrix.Bytes bytes = Shared.of(new byte[][] {{7}});
        SharedMatrix.Booleans booleans = Shared.of(new boolean[][] {{false, true}})) {
      for (Shared each : List.of(doubles, floats, longs, ints, shorts, chars, bytes, booleans)) {
        Shared copy = SharedTest.copyAsAWorkerSeesIt(each);
        assertThat(copy).hasSameClassAs(each);
        Object[] expected = ((SharedMatrix<?, ?, ?>) each).toArray();
        Object[] found = ((SharedMatrix<?, ?, ?>) copy).toArray();
        assertThat(Arrays.deepEquals(found, expected)).isTrue();
      }
      assertThat(booleans.get(0, 1)).isTrue();
      assertThat(chars.get(0, 0)).isEqualTo('6');
    }
  }

  /// Pages that nobody touches take no memory.
  @Test
  void isLargerThanAnArrayCanBe() throws Exception {
    long rows = 300_000;
    long columns = 10_000;
    try (SharedMatrix.Bytes matrix = Shared.bytes(rows, columns)) {
      matrix.set(rows - 1, columns - 1, (byte) 42);
      SharedMatrix.Bytes copy = SharedTest.copyAsAWorkerSeesIt(matrix.rows(rows - 2, rows));

      assertThat(copy.get(1, columns - 1)).isEqualTo((byte) 42);
      assertThat(matrix.segment().byteSize()).isEqualTo(rows * columns);
      assertThat(matrix.row(rows - 1).asByteBuffer().order(ByteOrder.nativeOrder()).get(9_999))
          .isEqualTo((byte) 42);
      assertThatThrownBy(matrix::asByteBuffer)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("take a slice");
      assertThatThrownBy(() -> matrix.elements().toArray())
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
