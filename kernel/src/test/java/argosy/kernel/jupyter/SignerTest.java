package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignerTest {

  private static final List<byte[]> PARTS =
      List.of(bytes("what do ya want "), bytes("for nothing?"));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Test case 2 of RFC 4231.
  @Test
  void signsAsTheStandardSays() throws KernelStartException {
    assertThat(Signer.of("hmac-sha256", "Jefe").sign(PARTS))
        .asString(StandardCharsets.US_ASCII)
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha1", "hmac-sha512", "hmac-sha3_256", "hmac-sha512_256", "sha256"})
  void knowsTheDigestsByPythonsNames(String scheme) throws KernelStartException {
    Signer signer = Signer.of(scheme, "kéy");
    byte[] signature = signer.sign(PARTS);
    assertThat(signer.accepts(signature, PARTS)).isTrue();
    signature[3]++;
    assertThat(signer.accepts(signature, PARTS)).isFalse();
    assertThat(signer.accepts(new byte[0], PARTS)).isFalse();
  }

  @Test
  void saysWhichSchemeItDoesNotKnow() {
    assertThatThrownBy(() -> Signer.of("hmac-rot13", "key"))
        .isInstanceOf(KernelStartException.class)
        .hasMessageContaining("hmac-rot13");
  }

  @Test
  void signsNothingWithoutAKey() throws KernelStartException {
    Signer signer = Signer.of("hmac-sha256", "");
    assertThat(signer.signs()).isFalse();
    assertThat(signer.sign(PARTS)).isEmpty();
    assertThat(signer.accepts(bytes("anything"), PARTS)).isTrue();
  }
}
