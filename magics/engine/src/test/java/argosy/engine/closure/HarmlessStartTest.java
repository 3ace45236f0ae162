package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessStartTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @BeforeEach
  void forget() {
    NOTEBOOK.forget();
  }

  private static boolean isHarmless(String declaration) {
    NOTEBOOK.run(declaration);
    Class<?> type = (Class<?>) Objects.requireNonNull(NOTEBOOK.run("K.class"));
    byte[] raw = NOTEBOOK.host().classBytes(type).orElseThrow();
    return HarmlessStart.in(CellClass.of(type, raw));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enum K { A, B }",
        "enum K { A(1, \"a\"), B(2, \"b\"); final int v; final String s; K(int v, String s) { this.v = v; this.s = s; } }",
        "class K { static final int N = Integer.parseInt(\"3\"); static final String S = \"a\" + N; }",
        "class K { static final java.math.BigDecimal D = new java.math.BigDecimal(\"1.5\").pow(3); }",
        "class K { static final java.util.regex.Pattern P = java.util.regex.Pattern.compile(\"a+\"); static final double R = Math.sqrt(2); }",
        "class K { static int f(int x) { assert x > 0; return x; } }"
      })
  void isOneThatOnlyMakesConstants(String declaration) {
    assertThat(isHarmless(declaration)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enum K { A; int count; }",
        "enum K { A; final List<Integer> l = new ArrayList<>(); }",
        "class K { static int n = 3; }",
        "class K { static final int[] A = {1}; }",
        "class K { static final List<Integer> L = new ArrayList<>(); }",
        "class K { static final long T = System.nanoTime(); }",
        "class K { static final LocalDate D = LocalDate.now(); }",
        "class K { static final double R = Math.random(); }",
        "class K { static { System.out.println(); } static final int N = Integer.parseInt(\"1\"); }",
        "class K { static final String S = System.getProperty(\"user.dir\"); }",
        "class K { static final Integer I = Integer.getInteger(\"x\", 3); }"
      })
  void isNotOneThatATaskCouldNotice(String declaration) {
    assertThat(isHarmless(declaration)).isFalse();
  }
}
