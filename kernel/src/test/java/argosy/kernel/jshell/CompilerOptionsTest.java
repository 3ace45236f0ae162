package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CompilerOptionsTest {

  /// Request: preview features without another JVM, which runs without any flag for them.
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
