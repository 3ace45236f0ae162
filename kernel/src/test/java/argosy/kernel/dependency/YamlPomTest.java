package argosy.kernel.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlPomTest {

  @Test
  void listsBecomeElements() {
    assertThat(
            YamlPom.toXml(
                """
                ---
                repositories:   # where
                  - id: mine
                    url: "https://example.org/a?b&c"
                dependencies:
                  - a.b:c:1
                  - a.b:d:jar:linux:2

                  - groupId: e
                    artifactId: 'f'
                    version: LATEST
                """))
        .isEqualTo(
            "<repository><id>mine</id><url>https://example.org/a?b&amp;c</url></repository>"
                + "<dependency><groupId>a.b</groupId><artifactId>c</artifactId>"
                + "<version>1</version><type>jar</type></dependency>"
                + "<dependency><groupId>a.b</groupId><artifactId>d</artifactId>"
                + "<version>2</version><type>jar</type><classifier>linux</classifier></dependency>"
                + "<dependency><groupId>e</groupId><artifactId>f</artifactId>"
                + "<version>LATEST</version></dependency>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "- a:b:1",
        "dependencies:\n  groupId: a",
        "dependencies:\n- a:b",
        "repositories:\n- mine",
        "plugins:\n- a:b:1"
      })
  void anythingElseIsSaid(String text) {
    assertThatThrownBy(() -> YamlPom.toXml(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
