package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BufferCoderTest {

  private static final int SIZE = 64;

  /// One view of some bytes.
  record View(String name, Function<ByteBuffer, Buffer> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<View> views() {
    return List.of(
        new View("bytes", bytes -> bytes.duplicate().order(bytes.order())),
        new View("chars", ByteBuffer::asCharBuffer),
        new View("shorts", ByteBuffer::asShortBuffer),
        new View("ints", ByteBuffer::asIntBuffer),
        new View("longs", ByteBuffer::asLongBuffer),
        new View("floats", ByteBuffer::asFloatBuffer),
        new View("doubles", ByteBuffer::asDoubleBuffer),
        new View("read-only ints", bytes -> bytes.asIntBuffer().asReadOnlyBuffer()),
        new View("a part of the longs", bytes -> bytes.asLongBuffer().slice(2, 5)));
  }

  @ParameterizedTest
  @MethodSource("views")
  void keepsContentPlaceAndOrderOfEveryViewOfBytes(View view) {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      for (ByteBuffer bytes : List.of(ByteBuffer.allocate(SIZE), ByteBuffer.allocateDirect(SIZE))) {
        for (int i = 0; i < SIZE; i++) {
          bytes.put(i, (byte) (i * 37));
        }
        Buffer buffer = view.of().apply(bytes.order(order));
        buffer.limit(buffer.capacity() - 1).position(1);

        Buffer copy = copy(buffer);

        assertThat(copy).isEqualTo(buffer);
        assertThat(copy.capacity()).isEqualTo(buffer.capacity());
        assertThat(copy.position()).isEqualTo(1);
        assertThat(copy.isDirect()).isEqualTo(buffer.isDirect());
        assertThat(copy.isReadOnly()).isEqualTo(buffer.isReadOnly());
        assertThat(BufferElement.of(copy.getClass()).order(copy)).isEqualTo(order);
      }
    }
  }

  static Stream<Buffer> ofArrays() {
    return Stream.of(
        CharBuffer.wrap("text".toCharArray()),
        CharBuffer.wrap("a text of its own"),
        IntBuffer.wrap(new int[] {1, 2, 3, 4}, 1, 2).slice(),
        DoubleBuffer.wrap(new double[] {1.5, -0.0, Double.NaN}).asReadOnlyBuffer(),
        ByteBuffer.allocate(0),
        ByteBuffer.allocateDirect(0));
  }

  @ParameterizedTest
  @MethodSource("ofArrays")
  void keepsBuffersOfArrays(Buffer buffer) {
    Buffer copy = copy(buffer);

    assertThat(copy).isEqualTo(buffer);
    assertThat(copy.isReadOnly()).isEqualTo(buffer.isReadOnly());
  }

  @Test
  void keepsAViewConnectedToTheBytesThatItViews() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    List<?> copies =
        (List<?>) Objects.requireNonNull(Copies.copy(List.of(bytes, bytes.asIntBuffer())));

    ((IntBuffer) copies.get(1)).put(2, 77);

    assertThat(((ByteBuffer) copies.get(0)).getInt(8)).isEqualTo(77);
  }

  @Test
  void keepsTheMark() {
    Buffer copy = copy(ByteBuffer.allocate(8).position(3).mark().position(5));

    assertThat(copy.position()).isEqualTo(5);
    assertThat(copy.reset().position()).isEqualTo(3);
  }

  @Test
  void refusesEveryViewOfAMappedFile(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("mapped"), new byte[SIZE]);
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, SIZE);
      for (View view : views()) {
        assertThatThrownBy(() -> copy(view.of().apply(mapped)))
            .as(view.name())
            .isInstanceOf(UnshippableException.class)
            .hasMessageContaining("a mapped file");
      }
    }
  }

  private static Buffer copy(Buffer buffer) {
    return (Buffer) Objects.requireNonNull(Copies.copy(buffer));
  }
}
