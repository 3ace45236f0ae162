package argosy.kernel.jshell;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Processes that a cell starts with its own streams.
@Timeout(120)
class InheritingProcessTest {

  private static final TestSession session = TestSession.open();

  @AfterAll
  static void end() {
    session.close();
  }

  @Test
  void printInTheCellBeforeItGoesOn() {
    session
        .run(
            """
            var sh = new ProcessBuilder("sh", "-c", "echo früh; echo wrong >&2; exit 3").inheritIO();
            int status = sh.start().waitFor();
            System.out.println("then " + status);
            """)
        .prints("früh\nthen 3\n")
        .notes("wrong");
    session
        .run("sh.redirectErrorStream(true).start().waitFor(1, TimeUnit.MINUTES)")
        .prints("früh\nwrong\n")
        .shows("true");
    session.run("sh.redirectOutput()").shows("INHERIT");
  }

  @Test
  void areReadByCodeThatKeepsTheirStreams() {
    session
        .run(
            """
            new String(new ProcessBuilder("echo", "kept").start().getInputStream().readAllBytes())
            """)
        .shows("kept\n")
        .prints("");
    session
        .run(
            """
            var half = new ProcessBuilder("sh", "-c", "echo out; echo err >&2");
            var started = half.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            String out = started.inputReader().readLine();
            started.onExit().get() == started && started.waitFor() == 0 && !started.isAlive()
                && started.errorReader().readLine() == null ? out : "other";
            """)
        .shows("out")
        .notes("err")
        .prints("");
  }

  @Test
  void areEndedWhileTheyPrint() {
    session
        .run(
            """
            var loop = new ProcessBuilder("sh", "-c", "while :; do echo on; done").inheritIO().start();
            loop.destroyForcibly().waitFor() != 0 && loop.toHandle().pid() == loop.pid()
            """)
        .shows("true");
  }
}
