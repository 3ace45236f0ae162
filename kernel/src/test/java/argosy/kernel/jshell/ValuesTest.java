package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ValuesTest {

  private static TestSession session;

  @BeforeAll
  static void open() {
    session = TestSession.open();
  }

  @AfterAll
  static void close() {
    session.close();
  }

  @Test
  void areShownWithAndWithoutASemicolon() {
    session.run("1 + 1").shows("2");
    session.run("1 + 1;").shows("2");
    session.run("\"a\" + 1 // why\n").shows("a1");
  }

  @Test
  void ofAssignmentsAreShownAndOfDeclarationsNot() {
    session.run("int assigned = 5").showsNothing();
    session.run("assigned = 6").shows("6");
    session.run("assigned++;").shows("6");
    session.run("assigned").shows("7");
  }

  @Test
  void mayBeNull() {
    session.run("String missing = null; missing").shows("null");
    session.run("new HashMap<String, String>().put(\"a\", \"b\");").showsNothing();
  }

  @Test
  void mayBeReturned() {
    session.run("return 5; int never = 1;").shows("5");
    session
        .run("if (true) { return \"early\"; }\nSystem.out.println(\"late\");")
        .shows("early")
        .prints("");
    session.run("never").fails("CompilationError");
  }

  @Test
  void areNotThereInCommentsAndEmptyCells() {
    session.run("").showsNothing();
    session.run("  \n// nothing\n/* at all */").showsNothing();
  }

  /// The shell gives the value to a variable of a type that does not fit.
  @Test
  void mayHaveATypeThatCannotBeWritten() {
    session.run("List.of(1, \"s\", 2.5)").shows("[1, s, 2.5]");
    session.run("Stream.of(1, \"s\").toList()").shows("[1, s]");
  }

  @Test
  void mayThrowInTheirToString() {
    session
        .run(
            """
            class Mute { public String toString() { throw new IllegalStateException("no"); } }
            new Mute()
            """)
        .shows("Mute (its toString threw java.lang.IllegalStateException: no)");
    session.run("1").shows("1");
  }

  @Test
  void leaveNoTemporaryVariables() {
    session.run("40 + 2").shows("42");
    session.run("$1").fails("CompilationError");
  }
}
