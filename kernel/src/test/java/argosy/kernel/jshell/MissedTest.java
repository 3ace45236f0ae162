package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a cell that failed was to declare, where later cells miss it.
@Timeout(120)
class MissedTest {

  private TestSession session;

  @BeforeEach
  void open() {
    session = TestSession.open();
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void isNamedWithTheCellThatFailed() {
    session.run("int kept = 1;\nString given = \"\" + kept / 0;\nint behind = 2;\nclass Behind {}");
    session
        .run("behind + 1")
        .says("cannot find symbol", "Cell [1], line 3, which makes it known, did not run");
    session.run("new Behind()").says("Cell [1], line 4, which makes it known, did not run");
    session
        .run("kept + given.length()")
        .fails("java.lang.NullPointerException")
        .says("given has no value, because Cell [1], line 2 did not give it one");
    session.run("int wrong = \"\";\nint after = 1;");
    session.run("wrong").says("Cell [5], line 1, which makes it known, did not run");
    session.run("after").says("Cell [5], line 2, which makes it known, did not run");
    session.run("int torn = ;\nint after = 1;");
    session.run("torn").says("Cell [8], line 1, which makes it known, did not run");
  }

  @Test
  void mayBeAnImport() {
    session.run("import no.such.Thing;\nimport java.time.LocalDate;");
    session.run("Thing t;").says("class Thing").doesNotSay("did not run");
    session.run("LocalDate.now()").says("Cell [1], line 2, which makes it known");
    session.run("import java.time.LocalDate;\nLocalDate.EPOCH").shows("1970-01-01");
  }

  @Test
  void isNamedNoLongerWhenItIsDeclaredAfterAll() {
    session.run("String given = \"\" + 1 / 0;\nint behind = 2;");
    session.run("String given = null;\nint behind = 2;").succeeds();
    session.run("given.length()").fails("java.lang.NullPointerException").doesNotSay("no value");
  }

  @Test
  void isNothingThatABlockDeclares() {
    session.run("for (int inner = 0; inner < 3; inner++) { int deep = inner / 0; }");
    session.run("inner").says("cannot find symbol").doesNotSay("did not run");
    session.run("deep").says("cannot find symbol").doesNotSay("did not run");
    session
        .run("String local = null; { String given = null; given.length(); }")
        .doesNotSay("no value");
  }
}
