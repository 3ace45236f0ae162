package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PackTest {

  @Test
  void givesBackWhatWasPutInWithItsTags() {
    Pack.Writer writer = new Pack.Writer();
    Payload large = Payload.of(new byte[10_000]);
    writer.add(1, Payload.of(new byte[] {5, 6}));
    writer.add(0, Payload.EMPTY);
    writer.add(2, large);

    Pack.Reader reader = new Pack.Reader(writer.payload());

    assertThat(writer.count()).isEqualTo(3);
    assertThat(writer.size()).isEqualTo(writer.payload().size());
    assertThat(reader.next().bytes()).containsExactly(5, 6);
    assertThat(reader.tag()).isEqualTo(1);
    assertThat(reader.next()).isEqualTo(Payload.EMPTY);
    assertThat(reader.tag()).isEqualTo(0);
    assertThat(reader.next()).isEqualTo(large);
    assertThat(reader.tag()).isEqualTo(2);
    assertThat(reader.hasNext()).isFalse();
    assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
  }

  static List<@Nullable Object> plainValues() {
    return Arrays.asList(
        null,
        true,
        false,
        (byte) -1,
        (short) 300,
        'ä',
        Integer.MIN_VALUE,
        -0.0f,
        Long.MAX_VALUE,
        Double.longBitsToDouble(0x7ff8_0000_0000_0123L));
  }

  @Test
  void keepsPlainValuesBitByBitBetweenPayloads() {
    Pack.Writer writer = new Pack.Writer();
    Payload payload = Payload.of(new byte[] {5, 6});
    for (Object value : plainValues()) {
      assertThat(writer.addPlain(value)).isTrue();
      writer.add(1, payload);
    }

    Pack.Reader reader = new Pack.Reader(writer.payload());

    for (Object value : plainValues()) {
      assertThat(reader.isPlain()).isTrue();
      Object back = reader.nextPlain();
      assertThat(back).isEqualTo(value);
      if (value instanceof Double number && back instanceof Double copy) {
        assertThat(Double.doubleToRawLongBits(copy)).isEqualTo(Double.doubleToRawLongBits(number));
      }
      assertThat(reader.isPlain()).isFalse();
      assertThat(reader.next()).isEqualTo(payload);
    }
    assertThat(reader.isPlain()).isFalse();
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void takesNoValueThatHasAnIdentityOrAClassOfItsOwn() {
    Pack.Writer writer = new Pack.Writer();

    for (Object value : List.of("text", new int[1], List.of(1), Thread.State.NEW)) {
      assertThat(writer.addPlain(value)).isFalse();
    }

    assertThat(writer.count()).isZero();
    assertThat(writer.size()).isZero();
  }

  @Test
  void isCutAnywhere() {
    Pack.Writer writer = new Pack.Writer();
    for (int i = 0; i < 10; i++) {
      if (i % 3 == 0) {
        writer.add(i, Payload.of(new byte[i]));
      } else {
        assertThat(writer.addPlain(i)).isTrue();
      }
    }

    Pack.Reader part = new Pack.Reader(Pack.part(writer.payload(), 2, 5));

    assertThat(part.nextPlain()).isEqualTo(2);
    assertThat(part.next().size()).isEqualTo(3);
    assertThat(part.nextPlain()).isEqualTo(4);
    assertThat(part.hasNext()).isFalse();
    assertThat(Pack.part(writer.payload(), 0, 10)).isEqualTo(writer.payload());
    assertThat(Pack.part(writer.payload(), 7, 7)).isEqualTo(Payload.EMPTY);
  }

  @Test
  void refusesDamagedPlainValues() {
    for (byte[] damaged : new byte[][] {{0x46, 0, 0}, {0x7f}, {0x49}}) {
      Pack.Reader reader = new Pack.Reader(Payload.of(damaged));
      assertThat(reader.isPlain()).isTrue();
      assertThatThrownBy(reader::nextPlain)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void refusesDamagedBytesBeforeItAllocates() {
    Pack.Writer writer = new Pack.Writer();
    writer.add(0, Payload.of(new byte[20]));
    byte[] bytes = writer.payload().bytes();
    byte[] huge = bytes.clone();
    huge[1] = 0x7f;
    byte[] negative = bytes.clone();
    negative[1] = (byte) 0xff;

    for (byte[] damaged : new byte[][] {huge, negative, Arrays.copyOf(bytes, 24), {0, 0}}) {
      assertThatThrownBy(() -> new Pack.Reader(Payload.of(damaged)).next())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("damaged");
    }
  }
}
