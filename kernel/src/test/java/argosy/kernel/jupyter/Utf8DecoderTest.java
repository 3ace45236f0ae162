package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8DecoderTest {

  private final Utf8Decoder decoder = new Utf8Decoder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7})
  void putsCharactersTogetherThatWereCutAnywhere(int size) {
    String text = "aé漢😀z".repeat(20);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder decoded = new StringBuilder();
    for (int i = 0; i < bytes.length; i += size) {
      decoded.append(decoder.decode(bytes, i, Math.min(size, bytes.length - i)));
    }
    assertThat(decoded).hasToString(text);
  }

  @Test
  void keepsWhatIsNotCompleteForTheNextCall() {
    byte[] bytes = "é".getBytes(StandardCharsets.UTF_8);
    assertThat(decoder.decode(bytes, 0, 1)).isEmpty();
    bytes[0] = 'x';
    assertThat(decoder.decode(bytes, 1, 1)).isEqualTo("é");
  }

  @Test
  void replacesWhatIsNoCharacter() {
    byte[] bytes = {'a', (byte) 0xFF, 'b', (byte) 0xC3, 'c'};
    assertThat(decoder.decode(bytes, 0, bytes.length)).isEqualTo("a\uFFFDb\uFFFDc");
  }
}
