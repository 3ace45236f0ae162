package argosy.engine.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.TaskTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DispatcherTest {

  private static final int WORKER = 1;

  private static final int RACES = 5_000;

  private final Sent fleet = new Sent();
  private final Dispatcher<String> dispatcher = new Dispatcher<>(fleet, 1);

  @BeforeEach
  void startTheWorker() {
    fleet.dispatcher = dispatcher;
    dispatcher.require(1);
  }

  @AfterEach
  void close() {
    dispatcher.close();
  }

  private long submit(String task) {
    long id = dispatcher.reserve(1);
    dispatcher.submit(new Job<>(JobLimits.NONE, new TaskTimes()), id, List.of(task));
    if (fleet.launched.poll() != null) {
      dispatcher.started(WORKER);
    }
    return id;
  }

  private boolean noteEnd(long id) {
    return dispatcher.noteEnd(WORKER, id, 1, dispatcher.withdrawals());
  }

  @Test
  void aNotedEndIsHeardOfBeforeWhatIsAskedNext() {
    long first = submit("first");

    assertThat(noteEnd(first)).isTrue();

    assertThat(dispatcher.standings()).isEmpty();
  }

  @Test
  void aWorkerWhoseEndWasNotedGetsTheNextTask() {
    long first = submit("first");
    boolean _ = noteEnd(first);

    long _ = submit("second");

    assertThat(fleet.run).containsExactly("first", "second");
  }

  @Test
  void aWorkerThatWasToGoWhenItIsFreeGoesWithoutAnotherEvent() {
    long first = submit("first");
    assertThat(dispatcher.retire(WORKER)).isTrue();
    boolean _ = noteEnd(first);
    assertThat(fleet.stopped).isEmpty();

    dispatcher.catchUp();

    assertThat(fleet.stopped).containsExactly(WORKER);
  }

  @Test
  void theEndOfATaskThatNobodyWantsIsNot() {
    long first = submit("first");
    long since = dispatcher.withdrawals();
    assertThat(dispatcher.cancel(first, false)).isTrue();

    assertThat(dispatcher.noteEnd(WORKER, first, 1, since)).isFalse();
  }

  @Test
  void aTaskWhoseOnlyWorkerCannotBeLaunchedIsRefused() {
    fleet.launchFailure = new OutOfMemoryError("unable to create native thread");

    long _ = submit("first");

    assertThat(fleet.unlaunched).containsExactly(WORKER);
    assertThat(fleet.refused).containsExactly("first");
    assertThat(dispatcher.standings()).isEmpty();
  }

  @Test
  void aWorkerThatCannotBeLaunchedLeavesTheOthersTheirTasks() {
    long _ = submit("first");
    fleet.launchFailure = new OutOfMemoryError("unable to create native thread");

    dispatcher.resize(3);

    assertThat(fleet.unlaunched).containsExactly(2, 3);
    assertThat(fleet.refused).isEmpty();
    assertThat(dispatcher.available()).containsExactly(WORKER);
  }

  @Test
  void anInstructionThatFailsLosesNoOther() {
    dispatcher.resize(3);
    fleet.launched.forEach(dispatcher::started);
    fleet.stopFailure = new StackOverflowError();
    fleet.flushFailure = new StackOverflowError();

    assertThatThrownBy(() -> dispatcher.stopAll()).isSameAs(fleet.stopFailure);

    assertThat(fleet.stopped).containsExactly(1, 2, 3);
    assertThat(fleet.flushed).containsExactly(1, 2, 3);
    fleet.stopFailure = null;
    fleet.flushFailure = null;
  }

  @Test
  void eitherTheEndCountsOrTheCancel() throws Exception {
    Race race = new Race();
    for (int i = 0; i < RACES; i++) {
      long id = submit("task");
      long since = dispatcher.withdrawals();

      boolean isCancelled =
          race.first(
              () -> dispatcher.cancel(id, false), () -> dispatcher.noteEnd(WORKER, id, 1, since));

      assertThat(isCancelled).isNotEqualTo(race.second());
    }
    race.end();
  }

  @Test
  void whatIsSubmittedWhileATaskEndsIsNotForgotten() throws Exception {
    Race race = new Race();
    for (int i = 0; i < RACES; i++) {
      long id = submit("first");
      fleet.run.clear();

      boolean _ = race.first(() -> submit("second") > 0, () -> noteEnd(id));
      boolean _ = race.second();

      assertThat(fleet.run).containsExactly("second");
      dispatcher.standings().forEach(standing -> noteEnd(standing.number()));
    }
    race.end();
  }

  /// Runs two things at a time, again and again.
  private static final class Race {

    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private final Thread other = Thread.ofPlatform().daemon().start(this::run);
    private volatile BooleanSupplier task = () -> false;
    private volatile boolean result;
    private volatile boolean isOver;

    boolean first(BooleanSupplier mine, BooleanSupplier others) throws Exception {
      task = others;
      barrier.await();
      return mine.getAsBoolean();
    }

    boolean second() throws Exception {
      barrier.await();
      return result;
    }

    private void run() {
      try {
        while (true) {
          barrier.await();
          if (isOver) {
            return;
          }
          result = task.getAsBoolean();
          barrier.await();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void end() throws Exception {
      isOver = true;
      barrier.await();
      other.join();
    }
  }

  /// Remembers what it is told.
  private static final class Sent implements Fleet<String> {

    private final Queue<Integer> launched = new ConcurrentLinkedQueue<>();
    private final Queue<String> run = new ConcurrentLinkedQueue<>();
    private final List<Integer> flushed = new ArrayList<>();
    private final Queue<Integer> stopped = new ConcurrentLinkedQueue<>();

    /// What the next ones of these throw.
    private @Nullable Error launchFailure;

    private @Nullable Error stopFailure;
    private @Nullable Error flushFailure;

    private final List<Integer> unlaunched = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    /// What hears of workers that could not be launched.
    private @Nullable Dispatcher<String> dispatcher;

    @Override
    public void launch(int worker) {
      if (launchFailure != null) {
        throw launchFailure;
      }
      launched.add(worker);
    }

    @Override
    public void failedToLaunch(int worker, Throwable why) {
      assertThat(why).isEqualTo(launchFailure);
      unlaunched.add(worker);
      requireNonNull(dispatcher).failedToStart(worker);
    }

    @Override
    public void run(int worker, List<String> calls) {
      run.addAll(calls);
    }

    @Override
    public void interrupt(int worker, String call) {}

    @Override
    public void skip(int worker, String call) {}

    @Override
    public void recall(int worker, List<String> calls) {}

    @Override
    public void flushRecall(int worker) {}

    @Override
    public void stop(int worker) {
      stopped.add(worker);
      if (stopFailure != null) {
        throw stopFailure;
      }
    }

    @Override
    public void kill(int worker) {}

    @Override
    public void rest() {}

    @Override
    public void flush(int worker) {
      flushed.add(worker);
      if (flushFailure != null) {
        throw flushFailure;
      }
    }

    @Override
    public void givenBack(String call, int kept) {}

    @Override
    public void expired(String call, int worker, long timeoutNanos) {}

    @Override
    public void died(String call, int worker, long number) {}

    @Override
    public void refused(String call, int worker) {
      refused.add(call);
    }

    @Override
    public void abandoned(String call) {}
  }
}
