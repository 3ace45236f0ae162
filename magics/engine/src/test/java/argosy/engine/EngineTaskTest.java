package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Parallel;
import argosy.Task;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.backend.Chunk;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.schedule.TaskTimes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTaskTest {

  private static final String CANCELLED = "the task was cancelled";

  private final LocalEngine engine = new LocalEngine();

  @AfterEach
  void close() {
    engine.close();
  }

  /// Answers 42 while somebody waits for it, and makes that thread give up in the same moment.
  private static final class AnswersTooLate implements Batch, Call {

    private @Nullable CallListener listener;

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      this.listener = listener;
      return this;
    }

    @Override
    public void start(List<Call> calls) {}

    @Override
    public void help(BooleanSupplier isDone, long nanos) {
      if (isDone.getAsBoolean()) {
        return;
      }
      CallListener waiting = listener;
      if (waiting != null) {
        waiting.ended(new CallEnd.Value(42));
      }
      assertThat(isDone.getAsBoolean()).as("the answer is there").isTrue();
      throw new IllegalStateException("the waiter gives up");
    }

    @Override
    public @Nullable Object value(CallEnd end) {
      return ((CallEnd.Value) end).value();
    }

    @Override
    public Chunk chunk(long index) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TaskTimes times() {
      return new TaskTimes();
    }

    @Override
    public void cancel(boolean interrupts) {}

    @Override
    public int count() {
      return 1;
    }

    @Override
    public List<CallEnd> ends(CallEnd end) {
      return List.of(end);
    }

    @Override
    public Call again(int from, int to, CallListener listener) {
      return this;
    }

    @Override
    public long inputBytes() {
      return 0;
    }
  }

  @Test
  void whatFollowsRunsAlthoughTheOnlyWaiterHasGivenUp() throws InterruptedException {
    EngineTask<@Nullable Object> task = new EngineTask<>(engine, Parallel.options(), this);
    CountDownLatch followed = new CountDownLatch(1);
    var _ = task.thenAccept(value -> followed.countDown());
    task.start(new AnswersTooLate(), null);

    assertThatThrownBy(task::get).hasMessage("the waiter gives up");

    assertThat(followed.await(30, TimeUnit.SECONDS)).as("it was settled").isTrue();
    assertThat(task.resultNow()).isEqualTo(42);
  }

  private EngineTask<@Nullable Object> endedJustNow() {
    EngineTask<@Nullable Object> task = new EngineTask<>(engine, Parallel.options(), this);
    task.prepare(new AnswersTooLate(), null);
    assertThat(task.endedJustNow(new CallEnd.Value(42))).as("it may be left to who waits").isTrue();
    assertThat(task.isDue()).as("nobody looks").isFalse();
    return task;
  }

  @Test
  void isSettledByWhoComesForItWhereItsThreadComesBackLater() throws Exception {
    EngineTask<@Nullable Object> task = endedJustNow();

    assertThat(task.get()).isEqualTo(42);

    assertThat(task.isDue()).as("nothing is left").isTrue();
  }

  @Test
  void isSettledAtTheLatestWhenItsThreadComesBack() {
    EngineTask<@Nullable Object> task = endedJustNow();
    CompletableFuture<Void> all = CompletableFuture.allOf(task);

    task.finish();

    assertThat(all).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void callsItsThreadBackIfSomebodyLooks() {
    EngineTask<@Nullable Object> polled = endedJustNow();
    assertThat(polled.isDone()).isFalse();
    assertThat(polled.isDue()).isTrue();

    EngineTask<@Nullable Object> followed = endedJustNow();
    var _ = followed.thenAccept(_ -> {});
    assertThat(followed.isDue()).isTrue();
  }

  @Test
  void leavesNothingToItsThreadIfSomethingFollows() {
    EngineTask<@Nullable Object> task = new EngineTask<>(engine, Parallel.options(), this);
    task.prepare(new AnswersTooLate(), null);
    CompletableFuture<Void> all = CompletableFuture.allOf(task);

    assertThat(task.endedJustNow(new CallEnd.Value(42))).isFalse();

    assertThat(all).succeedsWithin(Duration.ofSeconds(30));
  }

  @Test
  void saysThatItWasCancelledHoweverItIsAsked() {
    CountDownLatch never = new CountDownLatch(1);
    Task<Integer> task =
        engine.submit(
            _ -> {
              never.await();
              return 1;
            },
            "",
            Parallel.options().backend("threads"));

    assertThatThrownBy(() -> task.get(1, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class)
        .hasMessage("the task has not ended within 1 milliseconds; it goes on");
    assertThatThrownBy(task::resultNow).hasMessage("the task has not ended yet; get() waits");
    assertThat(task.cancel(true)).isTrue();

    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class).hasMessage(CANCELLED);
    assertThatThrownBy(task::join).isInstanceOf(CancellationException.class).hasMessage(CANCELLED);
    assertThatThrownBy(task::join)
        .hasCause(new CancellationException("it was cancelled here"))
        .cause()
        .hasNoCause();
    assertThatThrownBy(task::resultNow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(CANCELLED);
    assertThatThrownBy(task::exceptionNow).hasMessage(CANCELLED);
  }

  @Test
  void saysHowItFailedHoweverItIsAsked() {
    Task<Integer> task =
        engine.submit(
            _ -> {
              throw new IOException("no such file");
            },
            "",
            Parallel.options().backend("sequential"));

    assertThatThrownBy(task::join)
        .isInstanceOf(CompletionException.class)
        .hasRootCauseMessage("no such file");
    assertThatThrownBy(task::resultNow)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the task failed: java.io.IOException: no such file");
    assertThat(task.exceptionNow()).hasMessage("no such file");
  }
}
