package argosy.kernel.extension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaBodyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x * 2                              | return x * 2;
          x * 2;                             | return x * 2;
          x                                  | return x;
          int y = 2; y + x                   | int y = 2; return y + x;
          int[] a = {1}; a[0];               | int[] a = {1}; return a[0];
          "a;}" + x                          | return "a;}" + x;
          x > 2 ? 1 : 2                      | return x > 2 ? 1 : 2;
          a -> a + x                         | return a -> a + x;
          String::valueOf                    | return String::valueOf;
          a < b                              | return a < b;
          (int) x                            | return (int) x;
          new int[] {1, 2}                   | return new int[] {1, 2};
          new P(x)                           | return new P(x);
          y = x                              | return y = x;
          n++                                | return n++;
          switch (x) { default -> "b"; }     | return switch (x) { default -> "b"; };
          x + 1 // more                      | return x + 1; // more
          x + 1; // more                     | return x + 1; // more
          x + 1 /* ; */ ; /* ; */            | return x + 1; /* ; */  /* ; */
          for (var i : x) { s += i; } s      | for (var i : x) { s += i; } return s;
          record R(int a) {} new R(x)        | record R(int a) {} return new R(x);
          if (x > 2) return 1; x * 2         | if (x > 2) return 1; return x * 2;
          if (x > 2) return 1; f(x);         | if (x > 2) return 1; return f(x);
          if (x > 2) return a -> 1; a -> 2   | if (x > 2) return a -> 1; return a -> 2;
          """)
  void aLastExpressionIsTheValue(String text, String value) {
    LambdaBody body = LambdaBody.of(text);
    assertThat(body.value()).isEqualTo(value);
    assertThat(body.isCertain()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          f(x)                               | f(x);         | return f(x);
          f(x);                              | f(x);         | return f(x);
          var y = g(); y.f(x) // end         | var y = g(); y.f(x); // end | var y = g(); return y.f(x); // end
          switch (x) { default -> f(); }     | switch (x) { default -> f(); }; | return switch (x) { default -> f(); };
          """)
  void aLastCallMayHaveAValue(String text, String statements, String value) {
    LambdaBody body = LambdaBody.of(text);
    assertThat(body).isEqualTo(new LambdaBody(statements, value, false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return x;",
        "if (x > 2) return 1; return 2;",
        "while (true) { if (f()) { return x; } }",
        "switch (x) { case 1: return 1; default: return 2; }",
        "if (x > 2) return 1; throw new IllegalStateException();",
        "try { return f(x); } finally { g(); }"
      })
  void anExplicitReturnStaysAsItIs(String text) {
    assertThat(LambdaBody.of(text)).isEqualTo(new LambdaBody(text, text, true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "// nothing",
        "int y = x;",
        "for (int i = 0; i < x; i++) { f(i); }",
        "if (x > 2) { f(); }",
        "throw new IllegalStateException();",
        "while (true) {}",
        "if (x) return; f();;return;",
        "Runnable r = () -> { return; };",
        "class A { int f() { return 1; } }"
      })
  void statementsHaveNoValue(String text) {
    assertThat(LambdaBody.of(text)).isEqualTo(new LambdaBody(text, null, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"int z = ", "f(", "}", "x +", "if (", "} int f() {"})
  void whatDoesNotParseIsLeftToTheCompiler(String text) {
    assertThat(LambdaBody.of(text)).isEqualTo(new LambdaBody(text, text, true));
  }

  @Test
  void aReturnInsideAnotherLambdaIsNotTheBodys() {
    LambdaBody body = LambdaBody.of("Supplier<Integer> s = () -> { return 1; };\ns.get() + 1");
    assertThat(body.value())
        .isEqualTo("Supplier<Integer> s = () -> { return 1; };\nreturn s.get() + 1;");
  }

  @Test
  void linesStayWhereTheyAre() {
    String text = "int a = 1;\n\n// two\na\n  + x\n";
    LambdaBody body = LambdaBody.of(text);
    assertThat(body.value()).isEqualTo("int a = 1;\n\n// two\nreturn a\n  + x;\n");
  }
}
