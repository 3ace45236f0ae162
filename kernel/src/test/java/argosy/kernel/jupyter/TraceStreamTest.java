package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Here the frames of this class are the user's, and what is below them is the interpreter's.
class TraceStreamTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new TraceStream(bytes, TraceStreamTest::readable);

  private static List<String> readable(StackTraceElement[] stack) {
    List<StackTraceElement> frames = List.of(stack);
    long last =
        frames.stream().filter(TraceStreamTest::isUsers).reduce((one, other) -> other).stream()
            .mapToInt(frames::lastIndexOf)
            .findFirst()
            .orElse(-1);
    return frames.stream()
        .limit(last + 1)
        .map(frame -> isUsers(frame) ? "user's " + frame.getMethodName() : frame.getMethodName())
        .toList();
  }

  private static boolean isUsers(StackTraceElement frame) {
    return frame.getClassName().equals(TraceStreamTest.class.getName());
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
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
    new Exception("one").printStackTrace(stream);
    assertThat(printed())
        .isEqualTo("java.lang.Exception: one\n\tat user's showsTheUsersFramesOnly\n");
  }

  @Test
  void countsOnlyTheUsersFramesThatACauseShares() {
    failure().printStackTrace(stream);
    assertThat(printed())
        .isEqualTo(
            """
            java.lang.IllegalStateException: two
            lines
            \tat user's failure
            \tat user's countsOnlyTheUsersFramesThatACauseShares
            Caused by: java.lang.NumberFormatException: For input string: "x"
            \tat forInputString
            \tat parseInt
            \tat parseInt
            \tat user's failure
            \t... 1 more
            """);
  }

  @Test
  void leavesTheCountOutIfOnlyTheInterpretersFramesAreShared() {
    Exception cause = new Exception("inner");
    new Exception("outer", cause).printStackTrace(stream);
    assertThat(printed())
        .endsWith("inner\n\tat user's leavesTheCountOutIfOnlyTheInterpretersFramesAreShared\n");
  }

  @Test
  void showsSuppressedOnesToo() {
    Exception thrown = new Exception("outer");
    thrown.addSuppressed(failure());
    thrown.printStackTrace(stream);
    assertThat(printed())
        .contains("\tSuppressed: java.lang.IllegalStateException: two", "\t\tat user's failure\n")
        .doesNotContain("junit");
  }

  @Test
  void leavesAStackAloneThatOthersMade() {
    Exception thrown = new Exception("foreign");
    thrown.setStackTrace(new StackTraceElement[] {new StackTraceElement("a.B", "c", "B.java", 3)});
    thrown.printStackTrace(
        new TraceStream(bytes, stack -> Stream.of(stack).map(String::valueOf).toList()));
    assertThat(printed()).isEqualTo("java.lang.Exception: foreign\n\tat a.B.c(B.java:3)\n");
  }

  @Test
  void printsWhatOnlyLooksLikeAFrame() {
    Exception thrown = new Exception("one");
    thrown.printStackTrace(stream);
    bytes.reset();
    String frame = "\tat " + thrown.getStackTrace()[1];
    stream.println((Object) frame);
    stream.println((Object) thrown);
    stream.println(frame);
    stream.println((Object) null);
    stream.println((String) null);
    assertThat(printed())
        .isEqualTo(frame + "\njava.lang.Exception: one\n" + frame + "\nnull\nnull\n");
  }

  @Test
  void survivesAThrowableThatFailsToTell() {
    new Exception("hostile") {
      @Override
      public synchronized Throwable getCause() {
        throw new IllegalStateException();
      }

      @Override
      public void printStackTrace(PrintStream to) {
        to.println((Object) this);
        to.println("own text");
      }
    }.printStackTrace(stream);
    assertThat(printed()).endsWith("hostile\nown text\n");
  }
}
