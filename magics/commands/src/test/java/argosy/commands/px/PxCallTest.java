package argosy.commands.px;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.commands.px.PxCall.Grouping;
import argosy.kernel.extension.MagicUsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PxCallTest {

  @Test
  void withoutOptionsEverythingIsCode() {
    assertThat(PxCall.parse("x + 1"))
        .isEqualTo(new PxCall("all", true, false, false, false, Grouping.LIVE, "", "x + 1"));
  }

  @Test
  void takesOptionsBeforeTheCode() {
    assertThat(
            PxCall.parse(
                "--targets 1,2 --noblock --local --once --group type --out r f(\"--x\", a)"))
        .isEqualTo(
            new PxCall("1,2", false, true, true, false, Grouping.TYPE, "r", "f(\"--x\", a)"));
    assertThat(PxCall.parse("-t ::2 -a -o r --group-outputs=engine"))
        .isEqualTo(new PxCall("::2", false, false, false, false, Grouping.WORKER, "r", ""));
  }

  @Test
  void canBeAskedToForgetAlone() {
    assertThat(PxCall.parse("--forget"))
        .isEqualTo(new PxCall("all", true, false, false, true, Grouping.LIVE, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--x", "-x + 1", "--counter;", "-1", "- b"})
  void codeMayStartWithAMinus(String code) {
    assertThat(PxCall.parse(code).code()).isEqualTo(code);
    assertThat(PxCall.parse("--once " + code).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--targets", "--out", "--out 1a x", "--group colour x", "--verbose x = 1"})
  void saysWhatIsWrong(String arguments) {
    assertThatThrownBy(() -> PxCall.parse(arguments)).isInstanceOf(MagicUsageException.class);
  }
}
