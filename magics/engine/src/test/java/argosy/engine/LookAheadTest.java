package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.Schedule;
import argosy.engine.schedule.SchedulePolicy;
import argosy.engine.schedule.TaskTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookAheadTest {

  private static TaskTimes times(long nanos) {
    TaskTimes times = new TaskTimes();
    Schedule<String> schedule = new Schedule<>(SchedulePolicy.DEFAULT, 1, 0);
    schedule.submit(new Job<>(JobLimits.NONE, times), 1, List.of("task"), 0);
    schedule.started(1, 0);
    assertThat(schedule.ended(1, 1, nanos, 0)).isEqualTo("task");
    return times;
  }

  private static LookAhead ahead(TaskTimes times, int batch, long size) {
    return new LookAhead(times, 2, batch, size, false);
  }

  @Test
  void triesTasksOfUnknownLengthOneByOne() {
    LookAhead unknown = ahead(new TaskTimes(), 0, 1_000_000);

    assertThat(unknown.chunk(0)).isEqualTo(1);
    assertThat(unknown.window()).isEqualTo(4);
  }

  @Test
  void readsFewInputsOfLongTasksAndSendsThemAlone() {
    LookAhead slow = ahead(times(1_000_000_000), 0, -1);

    assertThat(slow.chunk(0)).isEqualTo(1);
    assertThat(slow.window()).isEqualTo(4);
  }

  @Test
  void sendsShortTasksTogetherAndFewerTowardsTheEndButNotTooFew() {
    LookAhead fast = ahead(times(100), 0, 100_000);

    assertThat(fast.chunk(0)).isEqualTo(4_096);
    assertThat(fast.chunk(96_000)).isEqualTo(1_000);
    assertThat(fast.chunk(99_000)).isEqualTo(500);
    assertThat(fast.chunk(99_700)).isEqualTo(300);
    assertThat(fast.chunk(99_999)).isEqualTo(1);
    assertThat(fast.window()).isEqualTo(32_768);
  }

  @Test
  void obeysABatchAndKeepsTasksWithATimeoutAlone() {
    assertThat(ahead(times(100), 7, 100).chunk(99)).isEqualTo(7);
    assertThat(new LookAhead(times(100), 2, 7, 100, true).chunk(0)).isEqualTo(1);
  }
}
