package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// Which lines an error names, and how much of them.
class ErrorPlacesTest {

  private static final TestSession session = TestSession.open();

  @AfterAll
  static void end() {
    session.close();
  }

  @Test
  void theLineThatUsesWhatIsOutOfScope() {
    session
        .run(
            """
            class Scoped {
              static void show() {
                if (Math.random() > 2) { int depth = 2; }
                System.out.println("depth " + depth);
              }
              static void main() {
                show();
              }
            }
            Scoped.main()\
            """)
        .fails("UndeclaredException")
        .says("line 4, in Scoped\n        System.out.println(", "line 10")
        .doesNotSay("line 1\n", "line 1,");
    session
        .run(
            "class Wide extends Narrow {\n  void f() {\n    { int n = 1; }\n    int m = n;\n  }\n}")
        .says("line 4: cannot find variable n");
    session
        .run("int early2() {\n  int a = 1;\n  return late2(a);\n}\nearly2()")
        .says("line 3, in early2\n        return late2(a);");
  }

  @Test
  void theFirstMistakeOfEachLineAndNotTheInsideOfTheJdk() {
    session
        .run("Dies gibt einen Fehler, und viele mehr\nint a = 2 int b;")
        .says("line 1: ';' expected", "line 2: ';' expected")
        .doesNotSay("line 1: <identifier>");
    String lines = "one two three four\n".repeat(30);
    assertThat(session.run(lines).text().split("line \\d+: ")).hasSizeLessThan(14);
    session.run("\"iterate\".substring(5, 8)").says("substring").doesNotSay("jdk.internal");
    session.run("int none = null;").says("null cannot be converted to int");
  }

  @Test
  void theEndOfABodyThatReturnsNothing() {
    session
        .run("class Purse {\n  int in(int more) {\n    more++;\n  }\n}")
        .says("line 4: missing return statement", "\n      }\n      ^");
  }
}
