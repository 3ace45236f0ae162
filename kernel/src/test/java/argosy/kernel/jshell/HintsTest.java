package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the compiler's message lacks for someone who misspelled a name or forgot an import.
@Timeout(120)
class HintsTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
    session
        .run(
            """
            int counter = 1;
            int compute(int x) { return x; }
            class Animal { void speak() {} }
            """)
        .succeeds();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "string s = \"x\";@is it String?",
        "sytem.out.println(1);@is it System?",
        "System.out.printn(1);@is it print",
        "counnter + 1@is it counter?",
        "comptue(3)@is it compute?",
        "new Animal().speek();@is it speak?",
        "Aniaml a = null;@is it Animal?",
        "{ int total = 1; int other = totl; }@is it total?",
        "\"x\".lenght()@is it length?",
        "List.of(1).ad(2)@is it add?",
        "println(5)@it is a method of IO: IO.println(…) calls it",
        "sqrt(2)@it is a method of Math: Math.sqrt(…) calls it",
        "String toString() { return null; }@outside of a class no method can have the name",
        "new ArrayLst<String>()@is it ArrayList",
      })
  void misspelledNames(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "LocalDate.now()@import java.time.LocalDate; makes it known",
        "HttpClient client = null;@import java.net.http.HttpClient; makes it known",
        "class Event { LocalDate day; }@import java.time.LocalDate; makes it known",
        "var format = new SimpleDateFormat();@import java.text.SimpleDateFormat; makes it known",
      })
  void typesThatAreNotImported(String code, String hint) {
    session.run(code).fails("CompilationError").says(hint);
  }

  @Test
  void methodsThatAreNotCalledAndLambdasWithoutAType() {
    session.run("compute").fails("CompilationError").says("it is a method: compute(…) calls it");
    session.run("() -> 5").fails("CompilationError").says("a lambda has the type of the variable");
  }

  @Test
  void namesThatADeclarationWaitsFor() {
    TestSession.Ran ran =
        session.run("int total(int[] xs) { int sum = 0; for (int x : xs) sum += x; return summ; }");
    assertThat(ran.io().err())
        .contains("total(int[]) waits for a declaration of variable summ [is it sum?]");
    session
        .run("total(new int[0])")
        .fails("UndeclaredException")
        .says("needs what no cell has declared: variable summ [is it sum?]");
    assertThat(session.run("void when() { LocalDate day = null; }").io().err())
        .contains("class LocalDate [import java.time.LocalDate; makes it known]");
    session
        .run("class Bat extends Animall {}")
        .fails("CompilationError")
        .says("cannot find class Animall; Bat can be used", "is it Animal?");
  }

  @Test
  void nothingIsSaidOfWhatIsLikeNothing() {
    session.run("x + qwertyuiop").fails("CompilationError").doesNotSay("is it", "import");
    session.run("counter.foo").fails("CompilationError").doesNotSay("is it", "import");
  }
}
