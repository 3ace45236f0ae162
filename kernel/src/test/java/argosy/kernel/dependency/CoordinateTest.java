package argosy.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinateTest {

  @ParameterizedTest
  @ValueSource(strings = {"a.b:c:1", "a.b:c:pom:1", "a.b:c:jar:linux-x86_64:1", "a:b:[1,2)"})
  void isWrittenAsItIsRead(String text) {
    assertThat(Coordinate.parse(text)).hasToString(text);
  }

  @Test
  void aJarIsTheDefault() {
    assertThat(Coordinate.parse("a:b:jar:1")).isEqualTo(Coordinate.parse("a:b:1"));
  }

  @Test
  void isReadAsIvyWritesItToo() {
    assertThat(Coordinate.parse("a.b#c;1.0")).hasToString("a.b:c:1.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a:b:1;", "a:b:1,", "a:b:1;;", "a#b;1;"})
  void theEndOfAStatementOrOfAnItemIsNoPartOfIt(String text) {
    assertThat(Coordinate.parse(text)).hasToString("a:b:1");
  }

  @Test
  void aMissingVersionIsSaid() {
    assertThatThrownBy(() -> Coordinate.parse("a:b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'a:b' has no version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "a:b:c:d:e:f",
        "a::1",
        ":b:1",
        "a:b:",
        "a:b c:1",
        "a#b",
        "a#b;",
        "a#b;c;d"
      })
  void anythingElseIsRejected(String text) {
    assertThatThrownBy(() -> Coordinate.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
