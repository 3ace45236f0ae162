package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.interpreter.OutputReader;
import argosy.kernel.interpreter.ReadableFrame;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/// Here the frames of this class are the user's, and what is below them is the interpreter's.
class TraceTextTest {

  private final TraceText text =
      new TraceText(
          new OutputReader() {
            @Override
            public Optional<ReadableFrame> readable(StackTraceElement frame) {
              return frameOf(frame);
            }

            @Override
            public String readable(String line) {
              return line.replace("user$s.", "");
            }
          });

  private static Optional<ReadableFrame> frameOf(StackTraceElement frame) {
    if (frame.getClassName().startsWith("inside.")) {
      return Optional.of(new ReadableFrame("", true));
    }
    return frame.getClassName().equals(TraceTextTest.class.getName())
            || frame.getClassName().equals("user$s.Type")
        ? Optional.of(
            new ReadableFrame(
                "user's " + frame.getMethodName() + " " + frame.getFileName(),
                !frame.getMethodName().equals("failure")))
        : Optional.empty();
  }

  private static String printed(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private static Exception failure() {
    try {
      return new Exception("nothing failed: " + Integer.parseInt("x"));
    } catch (NumberFormatException e) {
      return new IllegalStateException("two\nlines", e);
    }
  }

  @Test
  void showsTheUsersFramesOnly() {
    assertThat(text.readable(printed(new Exception("one"))))
        .isEqualTo(
            "java.lang.Exception: one\n\tat user's showsTheUsersFramesOnly TraceTextTest.java\n");
  }

  @Test
  void countsOnlyTheUsersFramesThatACauseShares() {
    assertThat(text.readable(printed(failure())).replaceAll("\\(\\w+\\.java:\\d+\\)", ""))
        .isEqualTo(
            """
            java.lang.IllegalStateException: two
            lines
            \tat user's failure TraceTextTest.java
            \tat user's countsOnlyTheUsersFramesThatACauseShares TraceTextTest.java
            Caused by: java.lang.NumberFormatException: For input string: "x"
            \tat java.base/java.lang.NumberFormatException.forInputString
            \tat java.base/java.lang.Integer.parseInt
            \tat java.base/java.lang.Integer.parseInt
            \tat user's failure TraceTextTest.java
            \t... 1 more
            """);
  }

  @Test
  void leavesTheCountOutIfOnlyTheInterpretersFramesAreShared() {
    Exception cause = new Exception("inner");
    assertThat(text.readable(printed(new Exception("outer", cause))))
        .endsWith(
            "inner\n\tat user's leavesTheCountOutIfOnlyTheInterpretersFramesAreShared"
                + " TraceTextTest.java\n");
  }

  @Test
  void showsSuppressedOnesToo() {
    Exception thrown = new Exception("outer");
    thrown.addSuppressed(failure());
    assertThat(text.readable(printed(thrown)))
        .contains(
            "\tSuppressed: java.lang.IllegalStateException: two",
            "\t\tat user's failure TraceTextTest.java\n")
        .doesNotContain("junit");
  }

  @Test
  void readsWhatALoggerHasFormatted() {
    LogRecord entry = new LogRecord(Level.SEVERE, "it failed");
    entry.setThrown(failure());
    assertThat(text.readable(new SimpleFormatter().format(entry)))
        .contains("SEVERE: it failed\n", "\tat user's failure TraceTextTest.java\n")
        .doesNotContain("junit");
  }

  @Test
  void readsThePlaceFromWhichALoggerWasCalled() {
    LogRecord entry = new LogRecord(Level.INFO, "for $3");
    entry.setSourceClassName("user$s.Type");
    entry.setSourceMethodName("run");
    String formatted = new SimpleFormatter().format(entry);
    assertThat(text.readable(formatted))
        .contains(" user's run null\n", "INFO: for $3\n")
        .doesNotContain("user$s.Type");
    assertThat(text.readable("a list of user$s.Type run\n")).isEqualTo("a list of Type run\n");
    assertThat(text.readable("costs $3\n")).isEqualTo("costs $3\n");
    String strange = formatted.replace("user$s.Type", "a.Library$Type");
    assertThat(text.readable(strange)).isEqualTo(strange);
  }

  @Test
  void readsATraceThatArrivesInPieces() {
    String trace = printed(failure());
    String whole = text.readable(trace);
    int cuts = 0;
    for (int i = 1; i < trace.length(); i++) {
      if (trace.substring(trace.lastIndexOf('\n', i - 1) + 1, i).startsWith("\tat ")) {
        String shown = text.readable(trace.substring(0, i)) + text.readable(trace.substring(i));
        assertThat(shown + text.rest()).isEqualTo(whole);
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(100);
  }

  @Test
  void readsATraceThatAnotherStreamHasMarked() {
    Exception thrown = new Exception("one");
    assertThat(text.readable(printed(thrown).replace("\tat ", "worker 2: \tat ")))
        .isEqualTo(
            "java.lang.Exception: one\nworker 2: \tat user's"
                + " readsATraceThatAnotherStreamHasMarked TraceTextTest.java\n");
  }

  @Test
  void readsATraceThatArrivesLineByLine() {
    String trace = printed(failure());
    StringBuilder shown = new StringBuilder();
    trace.lines().forEach(line -> shown.append(text.readable(line + "\n")));
    assertThat(shown.toString()).endsWith("\t... 1 more\n").isEqualTo(text.readable(trace));
  }

  @Test
  void tellsStacksOfSeveralWorkersApart() {
    assertThat(
            text.readable(
                """
                [worker 1] java.lang.Exception: one
                [worker 2] java.lang.Exception: two
                [worker 2] \tat argosy.kernel.jupyter.TraceTextTest.two(Cell:2)
                [worker 1] \tat argosy.kernel.jupyter.TraceTextTest.failure(Cell:1)
                [worker 1] \tat java.base/java.util.List.forEach(List.java:1)
                [worker 2] \tat java.base/java.util.List.forEach(List.java:1)
                [worker 1] \tat inside.Loop.run(Loop.java:1)
                [worker 1] done
                [worker 2] \tat inside.Loop.run(Loop.java:1)
                [worker 1] \tat java.base/java.util.List.forEach(List.java:1)
                """))
        .isEqualTo(
            """
            [worker 1] java.lang.Exception: one
            [worker 2] java.lang.Exception: two
            [worker 2] \tat user's two Cell
            [worker 1] \tat user's failure Cell
            [worker 1] \tat java.base/java.util.List.forEach(List.java:1)
            [worker 1] done
            [worker 1] \tat java.base/java.util.List.forEach(List.java:1)
            """);
  }

  @Test
  void showsTheInterpretersFramesWhereTheUserHasNone() {
    String trace = "java.lang.Error\n\tat inside.Loop.run(Loop.java:1)\n\tat a.B.c(B.java:2)\n";
    assertThat(text.readable(trace)).isEqualTo(trace);
  }

  @Test
  void leavesAStackAloneThatOthersMade() {
    String trace =
        """
        java.lang.Exception: foreign
        \tat a.B.c(B.java:3)
        \tat d.E.<init>(Unknown Source)
        Caused by: x.Y
        \tat x.Y.z(Native Method)
        \t... 1 more
        """;
    assertThat(text.readable(printed(new Exception("own")) + trace)).endsWith(trace);
  }

  @Test
  void passesWhatIsNoTraceAsItIs() {
    for (String shown :
        new String[] {
          "x", "\tat", "\tat home", "\n\t... and so on\n", "10%\r20%\r", "at \tat \n"
        }) {
      assertThat(text.readable(shown) + text.rest()).isEqualTo(shown);
    }
  }

  @Test
  void keepsWhatMayBecomeAFrameUntilItIsAskedFor() {
    assertThat(text.readable("table:\n\tat noon")).isEqualTo("table:\n");
    assertThat(text.rest()).isEqualTo("\tat noon");
    assertThat(text.rest()).isEmpty();
  }

  @Test
  void readsWhatAThrowableTellsAPrintStream() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    failure().printStackTrace(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(text.readable(bytes.toString(StandardCharsets.UTF_8)))
        .contains("\tat user's failure TraceTextTest.java\n", "\t... 1 more\n");
  }
}
