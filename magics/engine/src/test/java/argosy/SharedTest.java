package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.pool.Footprint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.DoubleBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
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
  void coversEveryElementType() throws Exception {
    try (Shared.Doubles doubles = Shared.of(new double[] {1.5});
        Shared.Floats floats = Shared.of(new float[] {2.5f});
        Shared.Longs longs = Shared.of(new long[] {3});
        Shared.Ints ints = Shared.of(new int[] {4});
        Shared.Shorts shorts = Shared.of(new short[] {5});
        Shared.Chars chars = Shared.of(new char[] {'6'});
        Shared.Bytes bytes = Shared.of(new byte[] {7});
        Shared.Booleans booleans = Shared.of(new boolean[] {false, true})) {
      for (Shared each : List.of(doubles, floats, longs, ints, shorts, chars, bytes, booleans)) {
        Shared copy = copyAsAWorkerSeesIt(each);
        assertThat(copy).hasSameClassAs(each);
        Object expected = ((SharedArray<?, ?>) each).toArray();
        Object found = ((SharedArray<?, ?>) copy).toArray();
        assertThat(Objects.deepEquals(found, expected)).isTrue();
      }
      assertThat(booleans.get(1)).isTrue();
      assertThat(chars.get(0)).isEqualTo('6');
    }
  }

  @Test
  void isWrittenArrayByArray() {
    try (Shared.Shorts shared = Shared.shorts(5);
        Shared.Booleans truths = Shared.booleans(3)) {
      shared.setAll(2, new short[] {1, 2});
      truths.setAll(1, new boolean[] {true, true});

      assertThat(shared.toArray())
          .containsExactly((short) 0, (short) 0, (short) 1, (short) 2, (short) 0);
      assertThat(truths.toArray()).containsExactly(false, true, true);
      assertThatThrownBy(() -> shared.setAll(4, new short[2]))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> shared.readOnly().setAll(0, new short[1]))
          .isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @Test
  void countsForManyAtOnce() throws Exception {
    try (Shared.Longs longs = Shared.longs(1);
        Shared.Ints ints = Shared.ints(1)) {
      try (var threads = Executors.newFixedThreadPool(4)) {
        for (int thread = 0; thread < 4; thread++) {
          Shared.Longs view = copyAsAWorkerSeesIt(longs);
          threads.execute(() -> {
            for (int i = 0; i < 10_000; i++) {
              view.getAndAdd(0, 2);
              ints.getAndAdd(0, 1);
            }
          });
        }
      }
      assertThat(longs.get(0)).isEqualTo(80_000);
      assertThat(ints.getAndAdd(0, -1)).isEqualTo(40_000);
    }
  }

  @Test
  void livesAsLongAsAnyPartOfItsMemoryIsReferredTo() throws Exception {
    DoubleBuffer buffer = Shared.of(new double[] {1, 2, 3}).asByteBuffer().asDoubleBuffer();
    for (int i = 0; i < 5; i++) {
      System.gc();
      Shared.bytes(1).close();
    }
    assertThat(buffer.get(2)).isEqualTo(3);
  }

  @Test
  void isFreeWhenNothingRefersToIt() throws Exception {
    byte[] travelling = written(Shared.doubles(4));
    assertThat(
            Footprint.await(() -> {
              System.gc();
              return isGone(travelling);
            }))
        .isTrue();
  }

  private static boolean isGone(byte[] travelling) {
    try {
      Shared attached = (Shared) read(travelling);
      attached.close();
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesMoreThanTheMachineHas() {
    assertThatThrownBy(() -> Shared.bytes(1L << 50))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the machine has room for");
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
    assertThatThrownBy(() -> Shared.bytes(Long.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("more than any machine has");
  }

  static <T> T copyAsAWorkerSeesIt(T value) throws Exception {
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
