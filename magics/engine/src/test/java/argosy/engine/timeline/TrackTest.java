package argosy.engine.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.host.ClassPathHost;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class TrackTest {

  private static final long MILLI = 1_000_000;

  private final WrittenPlace place = WrittenPlace.of((Callable<Integer>) () -> 1);
  private final WrittenPlace other = WrittenPlace.of((Callable<Integer>) () -> 2);

  private final long start = -3 * MILLI;

  private final Track track = new Track(new ClassPathHost(), "processes", 1, start);

  private void sent(long number, int count, long at) {
    track.sent(new Work("Cell [1]", place, number, count, start + at));
  }

  private void ended(long number, int count, long nanos, long at) {
    track.ended(number, new WorkEnd(count, 0, nanos, false), start + at);
  }

  private List<Bar> bars() {
    return track.lane(start + 1000 * MILLI).bars();
  }

  private long begin(int bar) {
    return bars().get(bar).begin() - start;
  }

  private long end(int bar) {
    return bars().get(bar).end() - start;
  }

  @Test
  void aTaskIsAsLongAsItsWorkerSaysAndEndsWhenTheAnswerComes() {
    sent(7, 1, 0);
    ended(7, 1, 30 * MILLI, 40 * MILLI);

    assertThat(bars())
        .singleElement()
        .satisfies(bar -> {
          assertThat(bar.cell()).isEqualTo("Cell [1]");
          assertThat(bar.number()).isEqualTo(7);
          assertThat(bar.busyNanos()).isEqualTo(30 * MILLI);
          assertThat(bar.wayNanos()).isEqualTo(10 * MILLI);
        });
    assertThat(begin(0)).isEqualTo(10 * MILLI);
    assertThat(end(0)).isEqualTo(40 * MILLI);
  }

  @Test
  void answersThatTravelledTogetherDoNotOverlap() {
    sent(1, 1, 0);
    sent(2, 1, 0);
    sent(3, 1, 0);
    long together = 2_100_000;
    ended(1, 1, 700_000, together);
    ended(2, 1, 700_000, together);
    ended(3, 1, 700_000, together);

    assertThat(begin(0)).isEqualTo(0);
    assertThat(end(0)).isEqualTo(700_000).isEqualTo(begin(1));
    assertThat(end(1)).isEqualTo(1_400_000).isEqualTo(begin(2));
    assertThat(end(2)).isEqualTo(together);
  }

  @Test
  void whatRunsReachesUntilNow() {
    sent(1, 1, 0);
    sent(2, 4, 0);
    ended(1, 1, 5 * MILLI, 5 * MILLI);

    Bar running = bars().getLast();
    assertThat(running.isRunning()).isTrue();
    assertThat(running.count()).isEqualTo(4);
    assertThat(running.begin() - start).isEqualTo(5 * MILLI);
    assertThat(running.end() - start).isEqualTo(1000 * MILLI);
  }

  @Test
  void whatEndedBadlyIsMarkedAndWhatNeverBeganIsNot() {
    sent(1, 4, 0);
    sent(5, 1, 0);
    sent(6, 1, 0);
    sent(7, 3, 0);
    track.ended(1, new WorkEnd(2, 1, MILLI, false), start + MILLI);
    track.ended(6, new WorkEnd(1, 0, 0, true), start + MILLI);
    track.ended(5, new WorkEnd(1, 0, MILLI, true), start + 2 * MILLI);
    track.lost(8, start + 9 * MILLI);

    assertThat(bars())
        .extracting(Bar::ends)
        .containsExactly(new Bar.Ends(1, 0, 0), new Bar.Ends(0, 1, 0), new Bar.Ends(0, 1, 0));
    track.blameLast();
    assertThat(bars().getLast().ends()).isEqualTo(new Bar.Ends(0, 0, 1));
    assertThat(bars().getLast().count()).as("of three, the second ran").isEqualTo(2);
    assertThat(track.lane(start + 99 * MILLI).until() - start).isEqualTo(9 * MILLI);
  }

  @Test
  void ofAMillionTasksNeighborsBecomeOneBarAndNoneIsLost() {
    for (int i = 1; i <= 1_000_000; i++) {
      sent(i, 1, 1000L * i);
      ended(i, 1, 800, 1000L * i + 900);
    }

    assertThat(bars()).hasSizeBetween(Bars.CAPACITY / 4, Bars.CAPACITY);
    assertThat(bars().stream().mapToLong(Bar::count).sum()).isEqualTo(1_000_000);
    assertThat(bars().stream().mapToLong(Bar::busyNanos).sum()).isEqualTo(800_000_000);
    assertThat(bars())
        .allSatisfy(bar -> assertThat(bar.end() - bar.begin()).isLessThan(10 * MILLI));
    assertThat(track.lane(start).forgotten()).isZero();
  }

  @Test
  void theOldestOfAnotherCellGoFirstAndThoseOfThisOneStayAsTheyWere() {
    for (int i = 1; i <= Bars.CAPACITY; i++) {
      track.ran(
          new Work("Cell [1]", place, i, 1, start + i * MILLI),
          new WorkEnd(1, 0, MILLI, false),
          start + (i + 1) * MILLI);
    }
    track.ran(
        new Work("Cell [2]", place, 1, 1, start),
        new WorkEnd(1, 0, MILLI, false),
        start + 9000 * MILLI);

    assertThat(bars()).hasSizeLessThan(Bars.CAPACITY).allMatch(bar -> bar.count() == 1);
    assertThat(bars().getFirst().number()).isGreaterThan(1);
    assertThat(bars().getLast().cell()).isEqualTo("Cell [2]");
  }

  @Test
  void whatHasNoLikeBesideItIsForgottenAndCounted() {
    for (int i = 1; i <= Bars.CAPACITY + 1; i++) {
      track.ran(
          new Work("Cell [1]", i % 2 == 0 ? place : other, i, 1, start + i * MILLI),
          new WorkEnd(1, 0, MILLI, false),
          start + (i + 1) * MILLI);
    }

    Lane lane = track.lane(start);
    assertThat(lane.forgotten()).isEqualTo(Bars.CAPACITY / 4);
    assertThat(lane.bars().stream().mapToLong(Bar::count).sum() + lane.forgotten())
        .isEqualTo(Bars.CAPACITY + 1);
  }

  @Test
  void workersThatHaveEndedAreRememberedButNotAllForEver() {
    Timeline timeline = new Timeline(new ClassPathHost());
    for (int i = 1; i <= 1000; i++) {
      timeline.open("processes", i).lost(0, System.nanoTime());
    }
    timeline.open("threads", 1);
    timeline.open("processes", 1001);

    assertThat(timeline.lanes()).hasSizeBetween(60, 70);
    assertThat(timeline.lanes().getLast().backend()).isEqualTo("threads");
    assertThat(timeline.lanes().get(timeline.lanes().size() - 2).worker()).isEqualTo(1001);
  }
}
