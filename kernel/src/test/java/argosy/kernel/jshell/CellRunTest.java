package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.CodeTime;
import org.junit.jupiter.api.Test;

class CellRunTest {

  private final CellRun run = new CellRun(new RecordingIo(1), Thread.currentThread());

  @Test
  void timePassesOnlyWhileTheUsersCodeRuns() {
    assertThat(run.codeTime()).isEqualTo(new CodeTime(0, 0));
    run.enterUserCode();
    run.enterUserCode();
    untilTimeHasPassed();
    run.leaveUserCode();
    CodeTime inside = run.codeTime();
    assertThat(inside.wallNanos()).isPositive();
    run.leaveUserCode();
    CodeTime after = run.codeTime();
    assertThat(after.since(inside).wallNanos()).isNotNegative();
    untilTimeHasPassed();
    assertThat(run.codeTime()).isEqualTo(after);
    run.enterUserCode();
    untilTimeHasPassed();
    assertThat(run.codeTime().since(after).wallNanos()).isPositive();
    run.leaveUserCode();
  }

  private static void untilTimeHasPassed() {
    long now = System.nanoTime();
    while (System.nanoTime() == now) {
      Thread.onSpinWait();
    }
  }
}
