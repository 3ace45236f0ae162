package argosy.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.schedule.Instruction.Abandon;
import argosy.engine.schedule.Instruction.Expire;
import argosy.engine.schedule.Instruction.Interrupt;
import argosy.engine.schedule.Instruction.Kill;
import argosy.engine.schedule.Instruction.Launch;
import argosy.engine.schedule.Instruction.Lose;
import argosy.engine.schedule.Instruction.Recall;
import argosy.engine.schedule.Instruction.Refuse;
import argosy.engine.schedule.Instruction.Rest;
import argosy.engine.schedule.Instruction.Run;
import argosy.engine.schedule.Instruction.Skip;
import argosy.engine.schedule.Instruction.Stop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final SchedulePolicy POLICY = new SchedulePolicy(500, 1_000, 10_000, 20_000, 8, 4);

  private final Schedule<String> schedule = new Schedule<>(POLICY, 2, 0);
  private final Job<String> job = new Job<>(JobLimits.NONE, new TaskTimes());
  private long lastId;

  private long submit(Job<String> to, String... tasks) {
    long first = lastId + 1;
    lastId += tasks.length;
    schedule.submit(to, first, List.of(tasks), 0);
    return first;
  }

  private List<Instruction<String>> startBoth() {
    schedule.resize(2);
    schedule.take();
    schedule.started(1, 0);
    schedule.started(2, 0);
    return schedule.take();
  }

  @Test
  void startsWorkersOnlyWithTheFirstTask() {
    assertThat(schedule.take()).isEmpty();

    submit(job, "a");

    assertThat(schedule.take()).containsExactly(new Launch<>(1), new Launch<>(2));
  }

  @Test
  void givesEachReadyWorkerOneTaskOfUnknownLength() {
    submit(job, "a", "b", "c");
    schedule.take();

    schedule.started(1, 0);
    schedule.started(2, 0);

    assertThat(schedule.take())
        .containsExactly(new Run<>(1, List.of("a")), new Run<>(2, List.of("b")));
    assertThat(schedule.ended(1, 1, 50_000, 10)).isEqualTo("a");
    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("c")));
  }

  private void submitTo(int worker, String task) {
    schedule.submitTo(worker, new Job<>(JobLimits.NONE, new TaskTimes()), ++lastId, task, 0);
  }

  @Test
  void aTaskForOneWorkerWaitsForThatWorker() {
    startBoth();
    submit(job, "a", "b");
    schedule.take();

    submitTo(2, "x");
    assertThat(schedule.take()).containsExactly(new Run<>(2, List.of("x")));

    schedule.ended(1, 1, 100, 0);
    assertThat(schedule.take()).isEmpty();
    schedule.ended(2, 2, 100, 0);
    assertThat(schedule.ended(2, 3, 100, 0)).isEqualTo("x");
    Invariants.check(schedule);
  }

  @Test
  void aTaskForOneWorkerIsLostWithIt() {
    startBoth();
    submit(job, "a", "b");
    submitTo(2, "x");
    schedule.take();

    schedule.lost(2, 2, 0);

    assertThat(schedule.take())
        .containsExactly(new Lose<>("b", 2, 2), new Lose<>("x", 2, 3), new Launch<>(3));
    submitTo(2, "y");
    submitTo(3, "z");
    assertThat(schedule.take()).containsExactly(new Lose<>("y", 2, 4), new Lose<>("z", 3, 5));
  }

  @Test
  void sendsShortTasksAheadAndLongOnesNot() {
    startBoth();
    job.times.add(100, 1);
    submit(job, "a");
    submit(job, "b");
    submit(job, "c");

    assertThat(schedule.take())
        .containsExactly(
            new Run<>(1, List.of("a")), new Run<>(2, List.of("b")), new Run<>(1, List.of("c")));

    Job<String> slow = new Job<>(JobLimits.NONE, new TaskTimes());
    slow.times.add(1_000_000, 1);
    submit(slow, "x");
    assertThat(schedule.take()).isEmpty();
  }

  @Test
  void batchesShortTasksByTheirMeasuredLength() {
    startBoth();
    job.times.add(250, 1);
    String[] tasks = new String[40];
    java.util.Arrays.fill(tasks, "t");

    submit(job, tasks);

    assertThat(schedule.take()).first().isEqualTo(new Run<>(1, List.of("t", "t", "t", "t")));
  }

  @Test
  void keepsToTheBatchAndTheWorkersAskedFor() {
    startBoth();
    Job<String> limited = new Job<>(new JobLimits(1, 2, 0), new TaskTimes());

    submit(limited, "a", "b", "c");

    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("a", "b")));
    schedule.ended(1, 1, 1_000_000, 0);
    assertThat(schedule.take()).isEmpty();
    schedule.ended(1, 2, 1_000_000, 0);
    assertThat(schedule.take()).hasSize(1);
  }

  @Test
  void servesJobsInTurn() {
    startBoth();
    Job<String> other = new Job<>(JobLimits.NONE, new TaskTimes());
    submit(job, "a1", "a2", "a3", "a4");
    submit(other, "b1", "b2");
    schedule.take();

    List<Instruction<String>> runs = new ArrayList<>();
    schedule.ended(1, 1, 1_000_000, 0);
    runs.addAll(schedule.take());
    schedule.ended(2, 2, 1_000_000, 0);
    runs.addAll(schedule.take());

    assertThat(runs)
        .containsExactlyInAnyOrder(new Run<>(1, List.of("a3")), new Run<>(2, List.of("b1")));
  }

  @Test
  void aDeadWorkerTakesOnlyTheTaskDownThatItRan() {
    startBoth();
    Job<String> batched = new Job<>(new JobLimits(1, 3, 0), new TaskTimes());
    submit(batched, "a", "b", "c");
    schedule.take();
    schedule.ended(1, 1, 100, 0);

    schedule.lost(1, 2, 0);

    assertThat(schedule.take())
        .containsExactly(new Lose<>("b", 1, 2), new Launch<>(3), new Run<>(2, List.of("c")));
  }

  @Test
  void theWorkerOfAChunkTakesTheCallDownThatItRan() {
    startBoth();
    Job<String> chunks = new Job<>(JobLimits.NONE, new TaskTimes(), String::length);
    schedule.submit(chunks, 11, List.of("abcd", "ef"), 0);
    assertThat(schedule.take())
        .containsExactly(new Run<>(1, List.of("abcd")), new Run<>(2, List.of("ef")));

    schedule.lost(1, 13, 0);

    assertThat(schedule.take()).containsExactly(new Lose<>("abcd", 1, 13), new Launch<>(3));
    assertThat(schedule.find(16)).isEqualTo("ef");
    assertThat(schedule.ended(2, 15, 100, 0)).isEqualTo("ef");
  }

  @Test
  void theCallsOfAChunkCountInABatch() {
    startBoth();
    Job<String> chunks = new Job<>(new JobLimits(1, 3, 0), new TaskTimes(), String::length);
    schedule.submit(chunks, 11, List.of("abcd", "e", "f", "gh"), 0);
    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("abcd")));

    schedule.ended(1, 11, 100, 0);

    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("e", "f", "gh")));
  }

  @Test
  void aTaskIsBlamedTheThirdTimeThatItsWorkerDiesForNoKnownReason() {
    startBoth();
    submit(job, "a");
    schedule.take();

    schedule.lost(1, 0, 0);
    assertThat(schedule.take()).containsExactly(new Launch<>(3), new Run<>(2, List.of("a")));
    schedule.lost(2, 0, 0);
    schedule.take();
    schedule.started(3, 0);
    assertThat(schedule.take()).containsExactly(new Run<>(3, List.of("a")));
    schedule.lost(3, 0, 0);
    assertThat(schedule.take()).contains(new Lose<>("a", 3, 1));
  }

  @Test
  void aQueuedTaskIsCancelledWithoutAWord() {
    startBoth();
    submit(job, "a", "b", "c");
    schedule.take();

    assertThat(schedule.cancel(3, true, 0)).isTrue();
    assertThat(schedule.cancel(3, true, 0)).isFalse();
    schedule.ended(1, 1, 1_000_000, 0);

    assertThat(schedule.take()).isEmpty();
  }

  @Test
  void aRunningTaskThatDoesNotGiveInCostsItsWorker() {
    startBoth();
    submit(job, "a");
    schedule.take();

    schedule.cancel(1, true, 1_000);
    assertThat(schedule.take()).containsExactly(new Interrupt<>(1, "a"));
    assertThat(schedule.nextDeadline()).isEqualTo(1_500);
    schedule.tick(1_499);
    assertThat(schedule.take()).isEmpty();
    schedule.tick(1_500);
    assertThat(schedule.take()).containsExactly(new Kill<>(1));
    schedule.lost(1, 1, 1_600);
    assertThat(schedule.take()).containsExactly(new Launch<>(3));
  }

  @Test
  void aTaskThatIsNotToBeInterruptedRunsOnUntilThatIsDecidedOtherwise() {
    startBoth();
    submit(job, "a");
    schedule.take();

    assertThat(schedule.cancel(1, false, 1_000)).isTrue();
    assertThat(schedule.cancel(1, false, 1_000)).isFalse();
    // Only its worker knows whether it has begun.
    assertThat(schedule.take()).containsExactly(new Skip<>(1, "a"));
    assertThat(schedule.standings())
        .extracting(Standing::phase)
        .containsExactly(Standing.Phase.ABANDONED);

    assertThat(schedule.cancel(1, true, 2_000)).isTrue();
    assertThat(schedule.cancel(1, true, 2_000)).isFalse();
    assertThat(schedule.take()).containsExactly(new Interrupt<>(1, "a"));
    assertThat(schedule.standings())
        .extracting(Standing::phase)
        .containsExactly(Standing.Phase.ENDING);
    assertThat(schedule.ended(1, 1, -1, 2_100)).isNull();
    assertThat(schedule.standings()).isEmpty();
  }

  @Test
  void aCancelledTaskThatGivesInKeepsItsWorker() {
    startBoth();
    submit(job, "a");
    schedule.cancel(1, true, 1_000);
    schedule.take();

    assertThat(schedule.ended(1, 1, -1, 1_100)).isNull();

    assertThat(schedule.hasDeadline()).isFalse();
    submit(job, "b", "c");
    assertThat(schedule.take())
        .containsExactlyInAnyOrder(new Run<>(1, List.of("b")), new Run<>(2, List.of("c")));
  }

  @Test
  void theTimeoutOfATaskCountsFromWhenItRuns() {
    startBoth();
    Job<String> timed = new Job<>(new JobLimits(1, 2, 10_000), new TaskTimes());
    submit(timed, "a", "b");
    schedule.take();
    assertThat(schedule.nextDeadline()).isEqualTo(10_000);

    schedule.ended(1, 1, 100, 9_000);
    assertThat(schedule.nextDeadline()).isEqualTo(19_000);
    schedule.tick(19_000);

    assertThat(schedule.take())
        .containsExactly(new Expire<>("b", 1, 10_000), new Interrupt<>(1, "b"));
    assertThat(schedule.ended(1, 2, 100, 19_100)).isNull();
    assertThat(schedule.hasDeadline()).isFalse();
  }

  @Test
  void tasksAreRefusedWhenNoWorkerCanStart() {
    submit(job, "a");
    schedule.take();

    schedule.failedToStart(1);
    assertThat(schedule.take()).isEmpty();
    schedule.failedToStart(2);
    assertThat(schedule.take()).containsExactly(new Refuse<>("a", 2));

    submit(job, "b");
    assertThat(schedule.take()).containsExactly(new Launch<>(3), new Launch<>(4));
  }

  @Test
  void aSmallerPoolLosesFreeWorkersAtOnceAndBusyOnesLater() {
    startBoth();
    submit(job, "a", "b");
    schedule.take();

    schedule.resize(1);
    assertThat(schedule.take()).isEmpty();
    assertThat(schedule.ended(2, 2, 100, 0)).isEqualTo("b");
    assertThat(schedule.take()).containsExactly(new Stop<>(2));
    schedule.lost(2, 0, 0);
    assertThat(schedule.take()).isEmpty();
  }

  @Test
  void stoppingAbandonsWhatHasNotEndedUntilTheNextUse() {
    startBoth();
    submit(job, "a");
    submit(job, "b");
    submit(job, "c");
    schedule.take();

    schedule.stop();

    assertThat(schedule.take())
        .containsExactlyInAnyOrder(
            new Abandon<>("a"),
            new Abandon<>("b"),
            new Abandon<>("c"),
            new Kill<>(1),
            new Kill<>(2));
    schedule.lost(1, 1, 0);
    schedule.lost(2, 2, 0);
    assertThat(schedule.take()).isEmpty();
    submit(job, "d");
    assertThat(schedule.take()).containsExactly(new Launch<>(3), new Launch<>(4));
  }

  @Test
  void moreWorkersAreAddedForAJobThatAsksForThem() {
    schedule.require(3);
    assertThat(schedule.take()).isEmpty();

    submit(job, "a");

    assertThat(schedule.take()).hasSize(3);
  }

  // ---- what lives on workers

  @Test
  void whereSomethingLivesNobodyRestsUntilItIsGone() {
    schedule.restAfter(1_000, 0);
    startBoth();
    assertThat(schedule.settle(2, false)).isTrue();

    schedule.tick(1_000);
    assertThat(schedule.take()).containsExactly(new Stop<>(1), new Rest<>());
    schedule.lost(1, 0, 1_100);
    assertThat(schedule.take()).isEmpty();
    assertThat(schedule.hasDeadline()).isFalse();

    submitTo(2, "x");
    assertThat(schedule.take()).containsExactly(new Run<>(2, List.of("x")));
    assertThat(schedule.ended(2, lastId, 10, 1_200)).isEqualTo("x");
    schedule.vacate(2, 0);
    assertThat(schedule.take()).containsExactly(new Stop<>(2));
  }

  @Test
  void theNextTaskWakesThoseThatRestBesideTheOthers() {
    schedule.restAfter(1_000, 0);
    startBoth();
    assertThat(schedule.settle(1, true)).isTrue();
    schedule.tick(1_000);
    schedule.take();
    schedule.lost(2, 0, 1_100);

    submit(job, "a");

    assertThat(schedule.take()).containsExactly(new Launch<>(3), new Run<>(1, List.of("a")));
  }

  @Test
  void aWorkerIsReplacedIfWhatLivesThereCanBeRebuiltAndElseNot() {
    startBoth();
    assertThat(schedule.settle(1, true)).isTrue();
    assertThat(schedule.settle(2, false)).isTrue();

    assertThat(schedule.retire(2, 0)).isFalse();
    assertThat(schedule.take()).isEmpty();
    assertThat(schedule.retire(1, 0)).isTrue();
    assertThat(schedule.take()).containsExactlyInAnyOrder(new Stop<>(1), new Launch<>(3));

    schedule.vacate(2, 0);
    assertThat(schedule.retire(2, 0)).isTrue();
  }

  @Test
  void aWorkerIsRenewedIfNothingLivesThere() {
    startBoth();
    assertThat(schedule.settle(1, true)).isTrue();

    assertThat(schedule.renew(1, 0)).isFalse();
    assertThat(schedule.renew(2, 0)).isTrue();

    assertThat(schedule.take()).containsExactlyInAnyOrder(new Stop<>(2), new Launch<>(3));
  }

  @Test
  void nothingSettlesOnAWorkerThatIsAboutToLeave() {
    startBoth();
    submitTo(1, "x");
    assertThat(schedule.retire(1, 0)).isTrue();
    schedule.take();

    assertThat(schedule.settle(1, false)).isFalse();
    assertThat(schedule.available()).containsExactly(2);
  }

  @Test
  void aTaskForAWorkerThatRetiresStillRunsThere() {
    startBoth();
    submitTo(1, "x");
    assertThat(schedule.retire(1, 0)).isTrue();
    schedule.take();

    submitTo(1, "y");
    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("y")));
    assertThat(schedule.ended(1, 1, 10, 0)).isEqualTo("x");
    assertThat(schedule.take()).isEmpty();
    assertThat(schedule.ended(1, 2, 10, 0)).isEqualTo("y");
    assertThat(schedule.take()).containsExactly(new Stop<>(1));
  }

  @Test
  void aSmallerPoolKeepsThoseOnWhomSomethingLives() {
    startBoth();
    assertThat(schedule.settle(2, false)).isTrue();

    schedule.resize(1);

    assertThat(schedule.take()).containsExactly(new Stop<>(1));
  }

  @Test
  void aWorkerThatIsApartGetsWhatIsMeantForItAndAnotherOneTakesItsPlace() {
    startBoth();
    assertThat(schedule.settle(1, false)).isTrue();

    assertThat(schedule.setApart(1, 0)).isTrue();
    assertThat(schedule.take()).containsExactly(new Launch<>(3));

    submit(job, "a", "b");
    submitTo(1, "x");
    assertThat(schedule.take())
        .containsExactly(new Run<>(2, List.of("a")), new Run<>(1, List.of("x")));
    schedule.started(3, 0);
    assertThat(schedule.take()).containsExactly(new Run<>(3, List.of("b")));
    assertThat(schedule.available()).containsExactly(1, 2, 3);
  }

  @Test
  void aWorkerThatIsApartForNobodyAnyMoreTakesAllTasksAndTheNewestGoes() {
    startBoth();
    assertThat(schedule.settle(1, false)).isTrue();
    assertThat(schedule.setApart(1, 0)).isTrue();
    schedule.take();
    schedule.started(3, 0);
    schedule.resize(2);
    assertThat(schedule.take()).isEmpty();

    schedule.vacate(1, 0);

    assertThat(schedule.take()).containsExactly(new Stop<>(3));
    submit(job, "a", "b");
    assertThat(schedule.take())
        .containsExactly(new Run<>(2, List.of("a")), new Run<>(1, List.of("b")));
  }

  @Test
  void aWorkerOnWhichNothingLivesIsNotSetApart() {
    startBoth();

    assertThat(schedule.setApart(1, 0)).isFalse();
    assertThat(schedule.take()).isEmpty();
  }

  /// Both workers were sent short tasks ahead, and the second has ended all that it had: "c" and
  /// what was sent behind it is with the first.
  private void leaveTheFirstAlone() {
    startBoth();
    submit(job, "a", "b");
    schedule.ended(1, 1, 100, 0);
    schedule.ended(2, 2, 100, 0);
    schedule.take();
    submit(job, "c", "d", "e", "f");
    assertThat(schedule.take())
        .containsExactly(
            new Run<>(2, List.of("c")),
            new Run<>(1, List.of("d")),
            new Run<>(2, List.of("e")),
            new Run<>(1, List.of("f")));
    schedule.ended(1, 4, 100, 10);
    schedule.ended(1, 6, 100, 20);
    assertThat(schedule.take()).isEmpty();
  }

  @Test
  void takesBackWhatWaitsBehindALongTask() {
    leaveTheFirstAlone();
    assertThat(schedule.nextDeadline()).isEqualTo(10 + 10 + 20_000);

    schedule.tick(20_019);
    assertThat(schedule.take()).isEmpty();
    schedule.tick(20_020);
    assertThat(schedule.take()).containsExactly(new Recall<>(2, List.of("e")));
    schedule.recalled(2, List.of(5L), 0, 20_030);

    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("e")));
    submit(job, "g");
    assertThat(schedule.take())
        .as("not behind the long one")
        .containsExactly(new Run<>(1, List.of("g")));
    assertThat(schedule.ended(2, 3, 40_000, 40_000)).isEqualTo("c");
    assertThat(schedule.ended(1, 5, 100, 40_000)).isEqualTo("e");
  }

  private void runOneChunk(JobLimits limits) {
    startBoth();
    submit(job, "a", "b");
    schedule.ended(1, 1, 100, 0);
    schedule.ended(2, 2, 100, 0);
    schedule.take();
    Job<String> chunks = new Job<>(limits, new TaskTimes(), _ -> 4);
    schedule.submit(chunks, 3, List.of("c"), 0);
    assertThat(schedule.take()).containsExactly(new Run<>(2, List.of("c")));
  }

  @Test
  void takesBackWhatALongTaskOfAChunkHoldsUp() {
    runOneChunk(JobLimits.NONE);

    schedule.tick(20_000);
    assertThat(schedule.take()).containsExactly(new Recall<>(2, List.of("c")));
    schedule.recalled(2, List.of(), 5, 20_010);

    assertThat(schedule.take()).containsExactly(new Instruction.GiveBack<>("c", 2));
    assertThat(schedule.find(4)).isEqualTo("c");
    assertThat(schedule.find(5)).isNull();
    schedule.submit(new Job<>(JobLimits.NONE, new TaskTimes(), _ -> 2), 7, List.of("d"), 20_020);
    assertThat(schedule.take()).containsExactly(new Run<>(1, List.of("d")));
    assertThat(schedule.ended(1, 7, 100, 20_030)).isEqualTo("d");
    assertThat(schedule.ended(2, 3, 100, 40_000)).isEqualTo("c");
  }

  @Test
  void leavesAChunkTogetherThatSomebodyAskedFor() {
    runOneChunk(new JobLimits(0, 4, 0));

    schedule.tick(20_000);

    assertThat(schedule.take()).isEmpty();
  }

  @Test
  void giveBackThatComesTooLateChangesNothing() {
    runOneChunk(JobLimits.NONE);
    schedule.tick(20_000);
    schedule.take();

    assertThat(schedule.ended(2, 3, 100, 20_005)).isEqualTo("c");
    schedule.recalled(2, List.of(), 5, 20_010);

    assertThat(schedule.take()).isEmpty();
    assertThat(schedule.available()).containsExactly(1, 2);
  }

  @Test
  void aWorkerThatIsSetApartChangesNothingOfThat() {
    startBoth();
    schedule.resize(3);
    schedule.take();
    schedule.started(3, 0);
    schedule.settle(3, false);
    schedule.setApart(3, 0);
    schedule.take();
    submit(job, "a", "b");
    schedule.ended(1, 1, 100, 0);
    schedule.ended(2, 2, 100, 0);
    submit(job, "c", "d", "e");
    schedule.ended(1, 4, 100, 10);
    schedule.take();

    schedule.tick(20_010);

    assertThat(schedule.take()).containsExactly(new Recall<>(2, List.of("e")));
  }

  @Test
  void sendsNothingToAWorkerThatHasNotSaidWhatItGivesBack() {
    leaveTheFirstAlone();
    schedule.tick(20_020);
    schedule.take();
    schedule.ended(2, 3, 100, 20_025);
    schedule.ended(2, 5, 100, 20_026); // it had begun that too
    submit(job, "g", "h");

    assertThat(schedule.take())
        .containsExactly(new Run<>(1, List.of("g")), new Run<>(1, List.of("h")));
    schedule.recalled(2, List.of(), 0, 20_030);
    submit(job, "i");
    assertThat(schedule.take()).containsExactly(new Run<>(2, List.of("i")));
  }

  @Test
  void takesNothingBackWhileEveryoneIsBusy() {
    startBoth();
    submit(job, "a", "b");
    schedule.ended(1, 1, 100, 0);
    schedule.ended(2, 2, 100, 0);
    submit(job, "c", "d", "e", "f");
    schedule.take();

    schedule.tick(1_000_000);

    assertThat(schedule.take()).isEmpty();
  }
}
