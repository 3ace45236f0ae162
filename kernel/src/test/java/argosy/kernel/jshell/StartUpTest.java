package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpTest {

  @TempDir private Path folder;

  @Test
  void runsACodeOfTheEnvironmentBeforeTheFirstCell() {
    StartUp startUp = StartUp.of(Map.of("JJAVA_STARTUP_SCRIPT", "int started = 5;"));
    try (TestSession session = TestSession.openWith(startUp)) {
      session.run("started").shows("5");
      session.run("started = 6;");
      session.run("started").shows("6");
    }
  }

  @Test
  void runsFilesInTheirOrder() throws IOException {
    Files.writeString(folder.resolve("b.jshell"), "int second = first + 1;");
    Files.writeString(folder.resolve("a.jshell"), "int first = 1;");
    Path last = Files.writeString(folder.resolve("last.java"), "int third = second + 1;");
    String files = folder.resolve("*.jshell") + File.pathSeparator + last;
    try (TestSession session =
        TestSession.openWith(StartUp.of(Map.of("IJAVA_STARTUP_SCRIPTS_PATH", files)))) {
      session.run("third").shows("3").notesNothing();
    }
  }

  @Test
  void addsLibraries() throws IOException {
    Files.writeString(folder.resolve("greeting.txt"), "hello");
    StartUp startUp = StartUp.of(Map.of("ARGOSY_CLASSPATH", folder.toString()));
    try (TestSession session = TestSession.openWith(startUp)) {
      session
          .run(
              "new String(Thread.currentThread().getContextClassLoader()"
                  + ".getResourceAsStream(\"greeting.txt\").readAllBytes())")
          .shows("hello");
    }
  }

  @Test
  void takesThePatternsThatMagicsTake() throws IOException {
    Files.createDirectories(folder.resolve("one/deep"));
    Files.createDirectories(folder.resolve("two"));
    Files.writeString(folder.resolve("one/deep/a.jshell"), "int a = 1;");
    Files.writeString(folder.resolve("two/b.jshell"), "int b = 2;");
    Files.writeString(folder.resolve("two/c.txt"), "int c = 3;");
    StartUp startUp =
        new StartUp(
            List.of(), List.of(folder + "/**.jshell", folder + "/{one,two}/*.txt"), "int d = 4;");
    try (TestSession session = TestSession.openWith(startUp)) {
      session.run("a + b + c + d").shows("10").notesNothing();
    }
  }

  @Test
  void tellsWhatFailsAndGoesOn() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.jshell"), "int fine = 1;\nint wrong = fin;");
    StartUp startUp =
        new StartUp(List.of(folder + "/none/*.jar"), List.of(bad.toString()), "int later = fine;");
    try (TestSession session = TestSession.openWith(startUp)) {
      session
          .run("later")
          .shows("1")
          .notes("none/*.jar, which is not there", "bad.jshell", "line 2", "cannot find symbol");
      session.run("later").notesNothing();
    }
  }

  @Test
  void takesOurOwnNamesFirst() {
    Map<String, String> environment =
        Map.of(
            "IJAVA_STARTUP_SCRIPT", "a", "JJAVA_STARTUP_SCRIPT", "b", "ARGOSY_STARTUP_SCRIPT", "c");
    assertThat(StartUp.of(environment).code()).isEqualTo("c");
    assertThat(StartUp.of(Map.of())).isEqualTo(StartUp.NONE);
  }

  @Test
  void takesTheCompilerOptionsOfOtherKernels() {
    assertThat(CompilerOptions.of(Map.of("JJAVA_COMPILER_OPTS", "-parameters")).given())
        .containsExactly("-parameters");
    assertThat(CompilerOptions.of(Map.of("IJAVA_COMPILER_OPTS", "-none")))
        .isEqualTo(CompilerOptions.NONE);
  }
}
