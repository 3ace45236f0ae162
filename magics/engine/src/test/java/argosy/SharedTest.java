package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class SharedTest {

  @Test
  void holdsACopyOfAnArrayReadOnly() {
    double[] array = {1.5, 2.5, 3.5};
    try (Shared.Doubles shared = Shared.of(array)) {
      array[0] = 0;
      assertThat(shared.length()).isEqualTo(3);
      assertThat(shared.toArray()).containsExactly(1.5, 2.5, 3.5);
      assertThatThrownBy(() -> shared.set(0, 9))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("Shared.doubles(n)");
    }
  }

  @Test
  void isWrittenThroughEveryViewOfIt() throws Exception {
    try (Shared.Longs shared = Shared.longs(10)) {
      Shared.Longs other = copyAsAWorkerSeesIt(shared);
      other.set(9, 42);
      assertThat(shared.get(9)).isEqualTo(42);
      assertThat(shared.readOnly().isReadOnly()).isTrue();
    }
  }

  @Test
  void slicesWithoutACopy() throws Exception {
    try (Shared.Ints shared = Shared.ints(10)) {
      Shared.Ints slice = copyAsAWorkerSeesIt(shared.slice(4, 8).slice(1, 3));
      slice.set(0, 7);
      assertThat(shared.get(5)).isEqualTo(7);
      assertThat(slice.length()).isEqualTo(2);
      assertThatThrownBy(() -> slice.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> shared.slice(5, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void coversEveryElementType() {
    try (Shared.Floats floats = Shared.of(new float[] {1f});
        Shared.Bytes bytes = Shared.of(new byte[] {2});
        Shared.Ints ints = Shared.of(new int[] {3});
        Shared.Longs longs = Shared.of(new long[] {4})) {
      assertThat(floats.get(0) + bytes.get(0) + ints.get(0) + longs.get(0)).isEqualTo(10f);
    }
  }

  @Test
  void saysThatItWasClosed() throws Exception {
    Shared.Doubles shared = Shared.doubles(4);
    byte[] travelling = written(shared);
    shared.close();
    shared.close();
    assertThat(shared).hasToString("Shared.Doubles[4, closed]");
    assertThatThrownBy(() -> shared.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> read(travelling))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void isNotTakenForLaterMemoryOfTheSameDescriptor() throws Exception {
    Shared.Doubles shared = Shared.doubles(4);
    byte[] travelling = written(shared);
    shared.close();
    try (Shared.Doubles later = Shared.doubles(4)) {
      later.set(0, 7);
      assertThatThrownBy(() -> read(travelling))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("closed");
    }
  }

  @Test
  void isABufferForOlderInterfaces() {
    try (Shared.Doubles shared = Shared.doubles(4);
        Shared.Ints fixed = Shared.of(new int[] {1, 2})) {
      shared.slice(1, 3).asByteBuffer().asDoubleBuffer().put(1, 2.5);

      assertThat(shared.get(2)).isEqualTo(2.5);
      assertThat(fixed.asByteBuffer().asIntBuffer().get(1)).isEqualTo(2);
      assertThat(fixed.asByteBuffer().isReadOnly()).isTrue();
      assertThatThrownBy(() -> shared.asByteBuffer().putDouble(25, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void refusesANegativeLength() {
    assertThatThrownBy(() -> Shared.doubles(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static <T> T copyAsAWorkerSeesIt(T value) throws Exception {
    @SuppressWarnings("unchecked")
    T copy = (T) read(written(value));
    return copy;
  }

  private static byte[] written(Object value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return bytes.toByteArray();
  }

  @SuppressWarnings("BanSerializableRead") // what the test itself has just written
  private static Object read(byte[] bytes) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }
}
