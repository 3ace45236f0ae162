package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.dependency.Dependencies;
import argosy.kernel.dependency.TestRepository;
import argosy.kernel.magic.BuiltInMagics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The kernel's own magics in real cells.
class MagicsInCellsTest {

  @TempDir Path folder;
  private TestSession session;

  @BeforeEach
  void open() {
    TestRepository repository =
        new TestRepository(folder.resolve("remote"))
            .library(
                "greeting",
                "1",
                "lib.Greeting",
                "package lib; public class Greeting {"
                    + " public static String to(String name) { return \"Hello, \" + name; } }");
    session =
        TestSession.open(
            new BuiltInMagics(new Dependencies(folder.resolve("local"), "test", repository.url())));
  }

  @AfterEach
  void close() {
    session.close();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void whereNoSessionIsAMagicSaysThatItBelongsToTheNotebook() {
    assertThatThrownBy(() -> EmbeddedMagics.call(-1, "time", "x", 1))
        .hasMessage("%time runs in the notebook itself, not in a task on a worker");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%maven test:greeting:1",
        "%classpath add mvn test greeting 1",
        "%dependency /add test:greeting:1\n%dependency /resolve"
      })
  void aLibraryIsImportedInTheCellThatFetchesIt(String magic) {
    session
        .run("int before = 1;\n" + magic + "\nimport lib.Greeting;\nGreeting.to(\"cell\") + before")
        .shows("Hello, cell1");
  }

  @Test
  void aLibraryIsFetchedInFrontOfAPackage() {
    String cell =
        """
        // a remark
        %classpath add mvn test greeting 1
        %classpath add mvn test greeting 1

        package tools;
        import lib.Greeting;
        public class Door { public String open() { return Greeting.to("door"); } }
        """;
    session
        .run(cell.replace("String open", "int open"))
        .fails("CompilationError")
        .says("line 7: incompatible types", "return Greeting.to(\"door\");");
    session.run(cell).succeeds();
    session.run("new tools.Door().open()").shows("Hello, door");
    session
        .run("%nothing\npackage tools;\npublic class Axe { }")
        .fails("UsageError")
        .says("there is no magic %nothing");
  }

  @Test
  void oneIsFoundBehindAStatementWithoutASemicolonUnlessAVariableHasItsName() {
    session.run("int first = 7\n%who").prints("first\n");
    session.run("first\n%time first + 1").shows("8");
    session.run("int time = 4;").succeeds();
    session.run("first\n%time").shows("3");
  }

  @Test
  void oneSaysThatACellIsJavaOrAsksForItsVariables() {
    session.run("%%java\nint made = 7;\nmade + 1").shows("8");
    session.run("%%java\nmade + 1;\nint n = made.x;").fails("CompilationError").says("line 3");
    assertThat(session.run("%%java").showsNothing().io().displayed()).asString().contains("made");
    session.run("%%java -x\n1").fails("UsageError");
  }

  @Test
  void aPomFillsTheClassPathOfLaterCells() {
    session
        .run(
            """
            %%loadFromPOM
            <dependency>
              <groupId>test</groupId><artifactId>greeting</artifactId><version>1</version>
            </dependency>
            """)
        .showsNothing();
    session.run("lib.Greeting.to(\"pom\")").shows("Hello, pom");
  }

  @Test
  void whatIsMissingIsNamedAndTheSessionGoesOn() {
    session.run("%maven test:nothing:1").says("cannot get test:nothing:1", "does not have it");
    session.run("1 + 1").shows("2");
  }

  @Test
  void jarsIsAnExpression() throws IOException {
    Files.createDirectories(folder.resolve("jars"));
    Files.write(folder.resolve("jars/x.jar"), emptyJar());
    session.run("List<String> l = %jars \"" + folder + "/jars/*.jar\"").succeeds();
    session.run("l.size()").shows("1");
    session.run("%jars " + folder + "/none/*.jar").shows("[]");
  }

  private static byte[] emptyJar() {
    byte[] jar = new byte[22];
    System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, jar, 0, 4);
    return jar;
  }

  @Test
  void wrongUseShowsTheUsage() {
    session.run("%maven nothing").fails("UsageError").says("group:artifact", "%mavenRepo");
    session.run("%timeit").says("there is no code to run", "-n calls");
    session.run("%classpath add").says("%classpath add jar path");
  }

  @Test
  void aMissingJarIsNamed() {
    session
        .run("%jars " + folder + "/zz.jar")
        .says("%jars: there is no file or folder " + folder + "/zz.jar");
  }

  @Test
  void timeGivesTheValueAndKeepsVariables() {
    TestSession.Ran line = session.run("%time 6 * 7").shows("42");
    assertThat(line.io().out()).startsWith("Wall time: ");
    session.run("%%time\nint a = 20;\nint b = a + 1;").succeeds();
    session.run("%time int c = a + b;").succeeds();
    session.run("c").shows("41");
  }

  @Test
  void errorsInTimedCodeNameTheLinesOfTheCell() {
    session.run("%%time\nint a = 1;\nint b = a / 0;").says("Cell [1], line 3");
    session.run("int a = 1;\n%time a / 0").says("Cell [2], line 2");
    session.run("%%time\n\nint c = \"x\";").says("Cell [3], line 3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%timeit -n 5 -r 2 f(3)",
        "%timeit -n 5 -r 2 f(3) + 1;",
        "%timeit -n 5 -r 2 g(3)",
        "%%timeit -r2 -n5\nint z = f(3);\ng(z);",
        "%%timeit -n5 -r2\nfor (int i = 0; i < 3; i++) {\n  f(i); // three\n}",
        "%%timeit -n5 -r2\nif (f(1) > 5) throw new java.io.IOException();"
      })
  void timeitMeasuresExpressionsCallsAndStatements(String code) {
    session.run("int f(int x) { return x * x; }\nvoid g(int x) { f(x); }").succeeds();
    TestSession.Ran ran = session.run(code).showsNothing();
    assertThat(ran.io().out()).startsWith("best ").contains("(2 runs of 5 calls,");
  }

  @Test
  void aMagicWithoutAValueIsNoNumber() {
    session
        .run("int before = 1;\nint result = %timeit -n 1 -r 1 5\nint after = 2;")
        .fails("NoValueException")
        .says("this magic has no value, and int needs one", "Cell [1], line 2", "%timeit -n 1");
    session.run("Object result = %timeit -n 1 -r 1 5\nresult").shows("null");
    session.run("Integer none = null; int n = none;").fails("java.lang.NullPointerException");
  }

  @Test
  void errorsInMeasuredCodeNameTheLinesOfTheCell() {
    session.run("%%timeit\nint a = 1;\nint b = nothing;").says("Cell [1], line 3", "nothing");
    session.run("%%timeit\nint a = 0;\na / a").says("ArithmeticException", "Cell [2], line 3");
  }

  @Test
  void aFileRunsAsIfItStoodInTheCell() throws IOException {
    file("setup.jsh", "int base = 40;\nint plus(int x) {\n  return base + x;\n}\n");
    session.run("%load " + folder + "/setup\nplus(2)").shows("42");
    session.run("%who").prints("base\n");
  }

  @Test
  void errorsInAFileNameItsLines() throws IOException {
    file("late.jsh", "int fail(int x) {\n  return 1 / x;\n}\nfail(0);\n");
    session
        .run("int a = 1;\n%load " + folder + "/late.jsh")
        .says(
            "ArithmeticException",
            "late.jsh, line 2, in fail",
            "return 1 / x;",
            "late.jsh, line 4");
    file("typo.jsh", "int ok = 1;\nint bad = \"x\";\n");
    session.run("%load " + folder + "/typo.jsh").says("typo.jsh, line 2", "incompatible types");
    session.run("ok").shows("1");
  }

  @Test
  void aNotebookRunsWithItsMagicsAndNestedLoads() throws IOException {
    file("inner.jsh", "String name = \"inner\";");
    file(
        "book.ipynb",
        """
        {"cells": [
          {"cell_type": "markdown", "source": "# Title"},
          {"cell_type": "code", "source": ["%maven test:greeting:1\\n", "import lib.Greeting;"]},
          {"cell_type": "code", "source": "%load inner"},
          {"cell_type": "code", "source": ["String hello = Greeting.to(name);"]}]}
        """);
    session.run("%load " + folder + "/book.ipynb").succeeds();
    session.run("hello").shows("Hello, inner");
  }

  @Test
  void shellCommandsPrintIntoTheCell() {
    session.run("%%bash\necho one\necho two >&2").prints("one\n").notes("two\n");
    session.run("%sh exit 4").says("sh ended with exit code 4");
  }

  @Test
  void whatAShellCommandPrintsIsItsValueInCode() throws IOException {
    session.run("String said = %sh echo \"one\ttwo\"; echo three\nsaid").shows("one\ttwo\nthree");
    file("read_me.txt", "text");
    String listing = "String said = %sh ls " + folder + "/rea";
    assertThat(session.interpreter().complete(listing, listing.length()).matches())
        .extracting(match -> match.text())
        .containsExactly(folder + "/read_me.txt");
    session.run("%jshell /list").prints("String said = %sh echo \"one\ttwo\"; echo three;\n");
    session.run("%jshell /reset").succeeds();
    session.run("String path = %sh printf %s 'a\\\\tb'").succeeds();
    session.run("%jshell /list").prints("String path = %sh printf %s 'a\\\\tb';\n");
  }

  @Test
  void onlyMagicsOfTheSameKindAreProposed() {
    session.run("%%whoss\nx").says("%lsmagic lists them all").doesNotSay("is it");
    session.run("%htlm").doesNotSay("is it");
  }

  @Test
  void theFolderOfMagicsIsAValueAndCompleted() throws IOException {
    file("read_me.txt", "text");
    session.run("%cd " + folder).prints(folder + "\n").notes("Java code still works in");
    session
        .run("String here = %pwd\nFiles.readString(Path.of(here, \"read_me.txt\"))")
        .shows("text");
    session.run("%%bash\npwd; cat read_me.txt").prints(folder + "\ntext");
    assertThat(session.interpreter().complete("%load rea", 9).matches())
        .extracting(match -> match.text())
        .containsExactly("read_me.txt");
  }

  @Test
  void variablesAreListedWithTypesAndValues() {
    session.run("int a = 5;\nvar words = List.of(\"x\");\n1 + 1").succeeds();
    session.run("words.get(a)").fails("java.lang.IndexOutOfBoundsException");
    TestSession.Ran ran = session.run("%whos");
    assertThat(ran.io().displayed().getFirst().get("text/plain"))
        .isEqualTo(
            """
            variable  type          value
            a         int           5
            words     List<String>  [x]\
            """);
  }

  @Test
  void aMagicIsFoundInOtherLettersToo() {
    assertThat(session.run("%%HTML\n<b>x</b>").io().displayed().getFirst())
        .containsEntry("text/html", "<b>x</b>");
    session
        .run("%lsmagics")
        .fails("UsageError")
        .says("there is no magic %lsmagics; is it %lsmagic?");
    session.run("%%htm\nx").fails("UsageError").says("is it %%html?");
  }

  @Test
  void aCommentMayFollowAMagic() {
    session
        .run("%maven test:greeting:1 // says hello\nlib.Greeting.to(\"you\")")
        .shows("Hello, you");
  }

  @Test
  void aQuestionMarkAsksForJavaToo() {
    session.run("/** Doubles it. */\nint twice(int x) { return 2 * x; }\nint n = 1;").succeeds();
    assertThat(help("String.valueOf?")).contains("String String.valueOf(int i)");
    assertThat(help("?twice")).contains("int twice(int x)");
    assertThat(help("List?")).contains("List<E>");
    assertThat(help("n?")).contains("n:int");
    assertThat(help("%maven?")).contains("group:artifact");
    assertThat(help("noSuchThing?")).contains("nothing is known about noSuchThing");
  }

  private String help(String question) {
    return String.valueOf(
        session.run(question).showsNothing().io().displayed().getFirst().get("text/plain"));
  }

  @Test
  void allMagicsAreListed() {
    TestSession.Ran ran = session.run("%lsmagic");
    assertThat(ran.io().displayed().getFirst().get("text/plain"))
        .asString()
        .contains("%maven ", "%%bash");
  }

  @Test
  void aMagicInATextBlockIsText() {
    session.run("String s = \"\"\"\n%time 1\n\"\"\";\ns").shows("%time 1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "one +", "int two = one", "System.out.println(one)", "one;;\none"})
  void saysThatALineIsNoMagicBehindOneWithoutItsEnd(String above) {
    session.run("int one = 1, time = 3, maven2 = 0;").succeeds();
    session
        .run(above + "\n%mavn a:b:c")
        .says("%mavn goes on with the line above", "no magic %mavn; is it %maven?");
    session
        .run(above + "\n  %time one")
        .says("a cell declares time: with the ; it is the magic")
        .doesNotSay("no magic");
  }

  @Test
  void saysThatALineIsNoMagicWhoseNameItsCellDeclares() {
    session
        .run("int one = 1, time = 3;\none\n%time one")
        .says("a cell declares time: with the ; it is the magic");
  }

  @Test
  void saysNothingOfMagicsWhereADivisionGoesOn() {
    session.run("int whole = 7;").succeeds();
    session.run("whole\n % prt").doesNotSay("magic");
    session.run("int rest = whole\n %whole + prt;").doesNotSay("magic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "%uname -a@%sh uname runs the program of that name",
        "%%uname\\nx@%%script uname gives the cell to the program of that name",
        "%%spark\\nspark.read()@%maven org.apache.spark:spark-sql_2.13:version",
        "%%plantUMLFile drawing@display(text, \"svg\") shows what it draws",
        "%%mermaid\\ngraph TD@JupyterLab draws it",
      })
  void saysWhatDoesTheWorkOfWhatIsNoMagicHere(String code, String advice) {
    session.run(code.replace("\\n", "\n")).fails("UsageError").says("there is no magic", advice);
  }
}
