package argosy.kernel.jshell;

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
  void nothingIsSaidOfWhatIsLikeNothing() {
    session.run("x + qwertyuiop").fails("CompilationError").doesNotSay("is it", "import");
    session.run("counter.foo").fails("CompilationError").doesNotSay("is it", "import");
  }
}
