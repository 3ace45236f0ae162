package argosy.wire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedFileTest {

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void createFile() throws IOException {
    path = Files.createFile(folder.resolve("memory"));
  }

  static Stream<Object> arrays() {
    Random random = new Random(7);
    byte[] bytes = new byte[1001];
    random.nextBytes(bytes);
    return Stream.of(
        bytes,
        "a shared string \u00e9\u4e2d".toCharArray(),
        new short[] {1, Short.MIN_VALUE, -1},
        random.ints(999).toArray(),
        random.longs(77).toArray(),
        new float[] {1.5f, Float.NaN, -0.0f},
        random.doubles(10_000).toArray(),
        new double[0]);
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void carriesEveryKindOfArrayFromOneMappingToAnother(Object array) throws IOException {
    try (SharedFile writer = SharedFile.open(path, true);
        SharedFile reader = SharedFile.open(path, false)) {
      writer.write(array, 64);
      Object copy = ArrayKind.of(array).newArray(Array.getLength(array));
      reader.read(64, copy);
      assertThat(copy).isEqualTo(array);
    }
  }

  @Test
  void seesWhatIsWrittenAfterItWasMapped() throws IOException {
    try (SharedFile writer = SharedFile.open(path, true);
        SharedFile reader = SharedFile.open(path, false)) {
      writer.write(new int[] {1, 2}, 0);
      reader.read(0, new int[2]);
      writer.write(new int[] {3, 4, 5, 6}, 0);
      int[] found = new int[4];
      reader.read(0, found);
      assertThat(found).containsExactly(3, 4, 5, 6);
    }
  }

  @Test
  void crossesFromOneWindowToTheNext() throws IOException {
    long justBeforeTheEdge = (1L << 30) - 3 * Long.BYTES;
    try (SharedFile writer = SharedFile.open(path, true);
        SharedFile reader = SharedFile.open(path, false)) {
      writer.write(new long[] {1, 2, 3, 4, 5}, justBeforeTheEdge);
      long[] found = new long[5];
      reader.read(justBeforeTheEdge, found);
      assertThat(found).containsExactly(1, 2, 3, 4, 5);
    }
  }

  @Test
  void refusesToReadBehindTheEnd() throws IOException {
    try (SharedFile reader = SharedFile.open(path, false)) {
      assertThatThrownBy(() -> reader.read(0, new double[1]))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("ends before");
    }
  }

  @Test
  void hasNoSharedFormOfObjects() {
    assertThatThrownBy(() -> ArrayKind.of(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("String");
  }
}
