package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.kernel.extension.CodeTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellRunTest {

  private final CellRun run =
      new CellRun(new RecordingIo(1), Thread.currentThread(), CellRun.Watch.NONE);

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

  @Test
  void onlyTheStatementThatIsWatchedCanOverrun() {
    List<Long> begun = new ArrayList<>();
    List<Long> over = new ArrayList<>();
    CellRun watched =
        new CellRun(
            new RecordingIo(1),
            Thread.currentThread(),
            (_, statement) -> {
              begun.add(statement);
              return () -> over.add(statement);
            });
    watched.enterUserCode();
    watched.enterUserCode();
    watched.leaveUserCode();
    watched.leaveUserCode();
    watched.enterUserCode();
    assertThat(begun).hasSize(2).doesNotHaveDuplicates();
    assertThat(over).containsExactly(begun.getFirst());
    StopReason reason = new StopReason("Late", "");
    assertThat(watched.overrun(begun.getFirst(), reason)).isFalse();
    assertThat(watched.isStopped()).isFalse();
    assertThat(watched.overrun(begun.getLast(), reason)).isTrue();
    assertThat(watched.stopReason()).contains(reason);
    watched.leaveUserCode();
    watched.end();
  }

  private static void untilTimeHasPassed() {
    long now = System.nanoTime();
    while (System.nanoTime() == now) {
      Thread.onSpinWait();
    }
  }
}
