package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerOptionsTest {

  /// Request: preview features without another JVM, which runs without any flag for them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "String f(Object o) { return switch (o) { case int i -> \"int\"; default -> \"\"; }; }",
        "import java.util.concurrent.StructuredTaskScope;",
        "StructuredTaskScope<Object, Void> scope = null;",
        "package p;\nclass A { boolean f(Object o) { return o instanceof int i; } }",
      })
  void aPreviewIsAllowedByTheEnvironmentAsTheMessageSays(String cell) {
    try (TestSession session = TestSession.open()) {
      session
          .run(cell)
          .says("ARGOSY_JAVAC_OPTIONS=--enable-preview", "kernel.json")
          .doesNotSay("(use");
    }
    try (TestSession session = TestSession.openWith("--enable-preview")) {
      session.run(cell).succeeds();
    }
  }

  @Test
  void whatAnOldReleaseDoesNotHaveIsAllowedWithoutIt() {
    try (TestSession session = TestSession.openWith("--release 21")) {
      session
          .run("for (var _ : List.of(1)) {}")
          .says("no --release below 22 in ARGOSY_JAVAC_OPTIONS")
          .doesNotSay("(use");
    }
  }

  @Test
  void allowPreviewFeatures() {
    try (TestSession session = TestSession.openWith("--enable-preview")) {
      session.run("Object o = 42;\no instanceof int i ? i + 1 : 0").shows("43");
      session
          .run(
              "String size(int n) { return switch (n) { case int m when m > 9 -> \"big\"; case int"
                  + " m -> \"small\"; }; }\n"
                  + "size(10) + size(1)")
          .shows("bigsmall");
    }
    try (TestSession session = TestSession.open()) {
      session.run("Object o = 42;\no instanceof int i").fails("CompilationError").says("preview");
    }
  }

  @Test
  void allowAnOlderLanguage() {
    try (TestSession session = TestSession.openWith("--release 17")) {
      session.run("record R(int x) {}\nvar r = new R(3);\nr.x() + List.of(1).size()").shows("4");
      session.run("List.of(1).getFirst()").fails("CompilationError").says("getFirst");
      session
          .run("import module java.sql;")
          .fails("SyntaxError")
          .says("module imports are not supported in -source 17", "import module java.sql;");
      session.run("Object o = r;\nswitch (o) { case R(int x) -> x; default -> 0; }").failure();
    }
  }

  @Test
  void sayWhichLanguageCellsMayUse() {
    assertThat(CompilerOptions.NONE.release()).isEqualTo(Runtime.version().feature());
    assertThat(CompilerOptions.of("-Xlint:all --release 21").release()).isEqualTo(21);
    assertThat(CompilerOptions.of("-source 1.8 -Xlint:all").release()).isEqualTo(8);
  }

  @Test
  void mustBeKnownToTheCompiler() {
    assertThat(CompilerOptions.of("-Xlint:all  --enable-preview").given())
        .containsExactly("-Xlint:all", "--enable-preview", "--release", "25");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CompilerOptions.of("--no-such-option"))
        .withMessageContaining("--no-such-option");
  }
}
