package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.magic.BuiltInMagics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.rapaio.jupyter.kernel.global.Global;

/// What notebooks written for rapaio's kernel do.
class RapaioTest {

  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open(new BuiltInMagics(), new Global());
  }

  @AfterEach
  void close() {
    Global.options().reset();
    session.close();
  }

  @Test
  void optionsChangeTheSettingsOfThisKernel() {
    session.run("options().display().maxSeqItems(3);").succeeds().notesNothing();
    session.run("List.of(1, 2, 3, 4, 5)").shows("[1, 2, 3, … 2 more of 5]");
    session.run("options().get(\"display.maxSeqItems\")").shows("3");
    session.run("%config text.elements").shows("3");
    session
        .run("options().set(\"display.maxSeqItems\", \"0\"); options().display().maxSeqItems()")
        .shows("0");
    session.run("IntStream.range(0, 300).boxed().toList().toString().length()").succeeds();
    assertThat(session.run("IntStream.range(0, 300).boxed().toList()").value().get("text/plain"))
        .asString()
        .endsWith("299]");
  }

  @Test
  void anOptionThatHasNoEffectIsKeptAndSaysSo() {
    session
        .run("options().display().format().precision(3);")
        .succeeds()
        .notes("display.format.precision has no effect in this kernel");
    session.run("options().display().format().precision()").shows("3");
    session
        .run(
            "import org.rapaio.jupyter.kernel.global.*;\nOptions all = Global.options();\nall.get(\"no.such\")")
        .fails("java.lang.IllegalArgumentException")
        .says("display.maxRows");
  }

  @Test
  void aNotebookMayHaveOptionsOfItsOwn() {
    session.run("int options() { return 7; }\noptions()").shows("7");
    session.run("int options = 8;\noptions").shows("8");
  }

  @Test
  void theNameOfAMagicMayBeAValueOfTheNotebook() {
    session.run("String command = \"env\";").succeeds();
    session.run("%\\{command} ARGOSY_NAMED=1").succeeds();
    session.run("%env ARGOSY_NAMED").shows("1");
    session.run("String got = %\\{ command } ARGOSY_NAMED\ngot").shows("1");
    session.run("%%\\{\"html\"}\n<b>x</b>").succeeds();
    session.run("int n = 7 %\n  4;\nn").shows("3");
  }

  @Test
  void aValueThatNamesNoMagicIsNamedWithWhereItComesFrom() {
    session.run("String wrong = \"nosuch\";").succeeds();
    session
        .run("int ran = 1;\n%\\{wrong} x")
        .fails("UsageError")
        .says("no magic %nosuch", "which \\{wrong} stands for");
    session.run("ran").shows("1");
    session.run("%\\{undeclared}").fails("CompilationError").says("cannot find symbol");
  }
}
