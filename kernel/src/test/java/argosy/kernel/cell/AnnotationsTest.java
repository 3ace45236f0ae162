package argosy.kernel.cell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnotationsTest {

  @Test
  void areThoseInFrontOfADeclaration() {
    assertThat(Annotations.of("@A int x = 1;")).isEqualTo(Map.of(1, "A"));
    assertThat(Annotations.of("final @a.b.C(text = \"(\", n = (1)) static @D\nint x;"))
        .isEqualTo(Map.of(7, "a.b.C", 42, "D"));
    assertThat(Annotations.of("List<@A String> x;")).isEmpty();
    assertThat(Annotations.of("@interface Mark { }")).isEmpty();
    assertThat(Annotations.of("@A(")).isEqualTo(Map.of(1, "A"));
    assertThat(Annotations.of("@")).isEmpty();
    assertThat(Annotations.of("")).isEmpty();
  }
}
