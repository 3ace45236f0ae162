package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same promises, as far as they can be kept, in a process without the agent.
class WithoutAgentTest {

  private final TestSession session = TestSession.openWithoutAgent();

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void variablesSurviveAndCallersSeeTheNewBody() {
    session.run(
        "int f(int x) { return x + 1; }\nint v = f(1);\nint g(int x) { return f(x) + v; }\nvar all = new ArrayList<>(List.of(v));");
    session.run("int f(int x) { return x * 100; }");
    session.run("g(3) + \" \" + v + all").shows("302 2[2]");
    session.run("import java.awt.*;\nint w = v;");
    session.run("v + w").shows("4");
  }

  @Test
  void aNewShapeResetsItsVariablesOnly() {
    session.run(
        "class P { int x = 1; }\nP p = new P(); int kept = 5; int use(P q) { return q.x + kept; }");
    session.run("class P { int x = 2; int y; }").notes("p was reset");
    session.run("use(new P())").shows("7");
  }

  @Test
  void aRejectedSnippetChangesNothing() {
    session.run("int f() { return 1; }\nint v = 4;");
    session.run("int f() { return \"no\"; }").fails("CompilationError");
    session.run("int v = \"no\";").fails("CompilationError");
    session.run("f() + v").shows("5");
  }
}
