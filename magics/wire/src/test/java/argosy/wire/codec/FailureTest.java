package argosy.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.StopPoint;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void leavesOutTheFramesThatNobodyHasWritten() {
    StackTraceElement own = new StackTraceElement("Cell", "deep", "Cell.java", 3);
    Exception thrown = new IllegalStateException("too deep");
    thrown.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("Cell", StopPoint.METHOD, "Cell.java", -1),
          own,
          new StackTraceElement("Cell", StopPoint.METHOD, "Cell.java", -1),
          own,
          new StackTraceElement("argosy.worker.TaskLoop", "run", "TaskLoop.java", 7),
          own
        });

    Failure failure = Failure.decode(Copies.BY_NAME, Failure.encode(Copies.BY_NAME, thrown));

    Throwable copy = (Throwable) Objects.requireNonNull(failure.thrown());
    assertThat(copy).hasMessage("too deep");
    assertThat(copy.getStackTrace()).containsExactly(own, own);
  }
}
