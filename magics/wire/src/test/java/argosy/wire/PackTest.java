package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.NoSuchElementException;
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
