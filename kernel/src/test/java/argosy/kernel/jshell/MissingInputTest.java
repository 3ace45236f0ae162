package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Nobody types anything here.
class MissingInputTest {

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
  void isToldOnceWithTheLineThatAsks() {
    session
        .run("int before = 1;\nString name = readLine(\"name? \");")
        .fails("NoInputException")
        .says("NoInputException: nobody types anything", "line 2")
        .doesNotSay("Caused by");
  }

  @Test
  void isToldWithoutTheFramesOfReaders() {
    session
        .run("Stream.generate(argosy.kernel.display.Display::readLine).findFirst()")
        .fails("NoInputException")
        .says("line 1")
        .doesNotSay("java.");
  }
}
