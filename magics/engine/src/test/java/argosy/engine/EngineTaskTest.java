package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Parallel;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.backend.Chunk;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.schedule.TaskTimes;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EngineTaskTest {

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
}
