package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A `return` at top level ends the cell.
@Timeout(120)
class ReturnsTest {

  private final TestSession session = TestSession.open();

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void endsTheCellWhateverItReturns() {
    session
        .run("int n = 0;\nif (n == 0) return null;\nSystem.out.println(\"on\");")
        .showsNothing()
        .prints("");
    session
        .run(
            """
            String none() { return null; }
            for (int i = 0; i < 3; i++) { if (i == 1) return none(); System.out.println(i); }
            System.out.println("on");
            """)
        .showsNothing()
        .prints("0\n");
    session.run("if (n == 0) return n + 1; else return null;").shows("1");
    session.run("return new Object[] {\"a\"};").shows("Object[1] {a}");
  }

  @Test
  void mayHaveNoValue() {
    session
        .run("int n = 0;\nif (n == 0) return;\nSystem.out.println(\"on\");")
        .showsNothing()
        .prints("");
    session.run("if (n == 1) return;\n\"on\"").shows("on");
    session.run("return;").showsNothing();
  }

  @Test
  void thoseOfLambdasAndClassesAreTheirOwn() {
    session
        .run(
            """
            for (int i = 0; i < 2; i++) {
              Supplier<Integer> s = () -> { return 1; };
              var a = new Object() { int two() { return 2; } };
              class Local { int three() { return 3; } void none() { return; } }
              System.out.println(s.get() + a.two() + new Local().three());
            }
            System.out.println("on");
            """)
        .showsNothing()
        .prints("6\n6\non\n");
  }

  @Test
  void anErrorInOneIsShownWhereItStands() {
    session
        .run("if (true) {\n  return missing + 1;\n}")
        .fails("CompilationError")
        .says("line 2", "      return missing + 1;\n             ^^^^^^^\n");
  }
}
