package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.Setting;
import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The magics that list, save and forget what the session holds, in real cells.
class SessionMagicsTest {

  @TempDir Path folder;
  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new BuiltInMagics());
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Nested
  class Reset {

    @ParameterizedTest
    @ValueSource(strings = {"%reset", "%reset -f", "%jshell /reset"})
    void forgetsEverythingThatCellsDeclared(String magic) {
      session.run("import java.awt.*;\nimport java.sql.Timestamp;").succeeds();
      session
          .run("int x = 1; String s = \"\";\nint f() { return x; }\nrecord P(int a) {}")
          .succeeds();
      session.run(magic).succeeds().notesNothing();
      session.run("%who").prints("There are no variables yet.\n");
      session.run("%jshell /list").prints("");
      session.run("x").says("cannot find symbol");
      session.run("f()").says("cannot find symbol");
      session.run("new P(1)").says("cannot find symbol");
      session.run("new Timestamp(1)").says("cannot find symbol");
      session.run("new Point()").says("cannot find symbol");
      session.run("List.of(Math.max(1, 2))").shows("[2]");
      session.run("String x = \"again\";\nrecord P(String b) {}\nnew P(x)").shows("P[b=again]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%reset", "%jshell /reset"})
    void tellsExtensions(String magic) {
      AtomicInteger told = new AtomicInteger();
      try (TestSession asking =
          TestSession.open(new BuiltInMagics(), kernel -> kernel.onReset(told::incrementAndGet))) {
        asking.run("int x = 1;").succeeds();
        asking.run("%jshell /drop x").succeeds();
        assertThat(told).hasValue(0);

        asking.run(magic).succeeds();

        assertThat(told).hasValue(1);
      }
    }

    @Test
    void takesNoArguments() {
      session.run("%reset x").says("it takes no arguments", "%reset");
    }
  }

  @Nested
  class JShell {

    @BeforeEach
    void declare() {
      session.run("import java.awt.*;\nimport java.sql.Timestamp;").succeeds();
      session
          .run(
              """
              int x = 41;
              List<String> names = List.of("a", "b");
              int next(int n) {
                return n + x;
              }
              record P(int a) {}
              """)
          .succeeds();
    }

    @Test
    void listsWhatIsDeclared() {
      session.run("%jshell /vars").prints("int x = 41\nList<String> names = [a, b]\n");
      session.run("%jshell /methods").prints("int next(int n) {\n");
      session.run("%jshell /types").prints("record P(int a) {}\n");
      session.run("%jshell /imports").prints("import java.awt.*;\nimport java.sql.Timestamp;\n");
      assertThat(session.run("%jshell /list").io().out())
          .contains("int x = 41", "return n + x;", "record P(int a) {}")
          .doesNotContain("import java.util.List;");
    }

    @Test
    void listsTheCellsThatRan() {
      assertThat(session.run("%jshell /history").io().out())
          .startsWith("// [1]\nimport java.awt.*;")
          .contains("// [2]\nint x = 41;");
      assertThat(session.run("%history 2").io().out()).startsWith("// [2]\nint x = 41;");
      assertThat(session.run("%history").io().out()).contains("%jshell /history\n");
      session.run("%history two").fails("UsageError");
    }

    @Test
    void dropsWhatIsNamedAndSaysWhatNeededIt() {
      session.run("%jshell /drop x").succeeds().notes("next(int)");
      session.run("x").says("cannot find symbol");
      session.run("int x = 1;").succeeds();
      session.run("next(1)").shows("2");
      session.run("%jshell /drop next names").succeeds();
      session.run("%jshell /methods").prints("");
      session.run("%jshell /drop nothing").says("nothing is called nothing");
    }

    @Test
    void takesCommandsFromVariables() {
      session.run("String command = \"/types\";").succeeds();
      session.run("%jshell \\{command}").prints("record P(int a) {}\n");
    }

    @Test
    void takesShortenedCommands() {
      session.run("%jshell /v").prints("int x = 41\nList<String> names = [a, b]\n");
      session.run("%jshell /t").prints("record P(int a) {}\n");
      session.run("%jshell /x").says("there is no command /x");
      session.run("%jshell /h").says("there is no command /h");
    }

    @Test
    void opensAndSavesFiles() throws IOException {
      Path file = Files.writeString(folder.resolve("more.jsh"), "int loaded = x + 1;");
      session.run("%jshell /open " + file).succeeds();
      session.run("loaded").shows("42");
      Path saved = folder.resolve("saved.jsh");
      session.run("%jshell /save " + saved + " 3").succeeds();
      assertThat(saved).hasContent("%jshell /open " + file);
    }
  }

  @Nested
  class Save {

    @Test
    void writesCellsByTheirNumbers() throws IOException {
      session.run("int a = 1;\n").succeeds();
      session.run("int b = 2;").succeeds();
      session.run("int c = 3;").succeeds();
      Path file = folder.resolve("cells.jsh");
      session.run("%save " + file + " 1 3").prints("saved 2 cells to " + file + "\n");
      assertThat(file).hasContent("int a = 1;\n\nint c = 3;\n");
      session.run("%save -a " + file + " 2-3").succeeds();
      assertThat(Files.readString(file))
          .isEqualTo("int a = 1;\n\nint c = 3;\n\nint b = 2;\n\nint c = 3;\n");
      session.run("%save " + folder.resolve("all.jsh")).succeeds();
      assertThat(folder.resolve("all.jsh")).content().startsWith("int a = 1;").contains("%save");
    }

    @Test
    void saysWhichCellIsMissing() {
      session.run("%save " + folder.resolve("x") + " 9").says("there is no cell [9]");
      session.run("%save " + folder.resolve("x") + " one").says("one is no number");
      session.run("%save").says("it takes the path of a file");
    }
  }

  @Nested
  class Run {

    @Test
    void callsMainWithTheArguments() throws IOException {
      Path file =
          Files.writeString(
              folder.resolve("Hello.java"),
              """
              import java.util.stream.Stream;

              public class Hello {
                static class Helper {}

                public static void main(String[] args) {
                  System.out.println(Stream.of(args).toList());
                }
              }
              """);
      session
          .run("%run " + file + " one 'two three' \"C:\\temp\"")
          .prints("[one, two three, C:\\temp]\n");
      session.run("new Hello() != null").shows("true");
    }

    @Test
    void runsAScriptThatHasNoMain() throws IOException {
      Path file =
          Files.writeString(folder.resolve("script.jsh"), "int s = 5;\nSystem.out.println(s);");
      session.run("%run " + file).prints("5\n");
      session.run("%run").says("it takes the path of a file");
    }
  }

  @Nested
  class Config {

    @AfterEach
    void putBack() {
      Setting.all().forEach(setting -> setting.set(setting.initial()));
    }

    @Test
    void showsAndChangesSettings() {
      Setting.of("test.rows", "rows that a test shows", 20, 1);
      assertThat(session.run("%config").io().displayed().getFirst().get("text/plain"))
          .asString()
          .contains("test.rows", "20", "rows that a test shows");
      session.run("%config test.rows=1_000").succeeds();
      session.run("int rows = %config test.rows").succeeds();
      session.run("rows").shows("1000");
      session.run("%config test.rows 7").succeeds();
      session.run("%config test.rows").shows("7");
      session.run("%config test.rows = default").succeeds();
      session.run("%config test.rows").shows("20");
    }

    @Test
    void saysWhatIsWrong() {
      Setting.of("test.rows", "rows that a test shows", 20, 1);
      session.run("%config test.rows=0").says("test.rows is 1 at least, not 0");
      session.run("%config test.rows=many").says("takes a whole number, not many");
      session.run("%config no.such=1").says("there is no setting no.such");
    }
  }

  @Test
  void typesOfVariablesAreListedAsReadersKnowThem() {
    session.run(
        """
        var lambda = (Runnable & java.io.Serializable) () -> {};
        var numbers = new ArrayList<>(List.of(1, 2.5));
        var task = new Runnable() { public void run() {} };
        var same = task;
        """);
    session
        .run("%who Serializable\n%who Number\n%who Runnable")
        .prints("lambda\nThere are no variables of type Number.\nlambda  task  same\n");
  }
}
