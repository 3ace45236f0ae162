package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.ProtocolMismatchException;
import argosy.wire.Hello;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompatibilityTest {

  private static Hello hello(int version, String java) {
    return new Hello(version, Payload.of(new byte[] {1}), Hello.Channel.DATA, 42, java);
  }

  @Test
  void acceptsThisJavaAndLaterOnes() {
    String here = System.getProperty("java.version");
    String later = Runtime.version().feature() + 1 + ".0.1";
    assertThatCode(() -> Compatibility.check("worker 1", hello(Protocol.VERSION, here)))
        .doesNotThrowAnyException();
    assertThatCode(() -> Compatibility.check("worker 1", hello(Protocol.VERSION, later)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"17.0.18", "24", "1.8.0_402", "", "unknown"})
  void refusesAnOlderJavaAndSaysBoth(String java) {
    assertThatThrownBy(() -> Compatibility.check("worker 3", hello(Protocol.VERSION, java)))
        .isInstanceOf(ProtocolMismatchException.class)
        .hasMessageContaining("worker 3 runs on Java " + java + ", this process on Java ");
  }

  @Test
  void refusesAnotherProtocol() {
    String here = System.getProperty("java.version");
    assertThatThrownBy(() -> Compatibility.check("worker 2", hello(Protocol.VERSION + 1, here)))
        .isInstanceOf(ProtocolMismatchException.class)
        .hasMessageContaining("worker 2 speaks version " + (Protocol.VERSION + 1));
  }
}
