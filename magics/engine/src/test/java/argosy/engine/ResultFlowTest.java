package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import argosy.Engine.Inputs;
import argosy.Options;
import argosy.Parallel;
import argosy.WorkerLostException;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.backend.Chunk;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.schedule.TaskTimes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ResultFlowTest {

  /// Ends each call at once, on the calling thread, the way that the test has ready for it, or else
  /// with ten times each input.
  private static final class Workers implements Batch {

    final Deque<Function<Ten, CallEnd>> ways = new ArrayDeque<>();
    final List<List<Integer>> ran = new ArrayList<>();
    final TaskTimes times = new TaskTimes();

    /// Those that wait for their end, if calls are held at all.
    @Nullable Deque<Ten> held;

    Runnable whoHelps = () -> {};
    Runnable starts = () -> {};

    void endHeld(Deque<Ten> calls) {
      while (!calls.isEmpty()) {
        Ten call = calls.remove();
        call.listener().ended(call.done(call.count()));
      }
    }

    @Override
    public void help(BooleanSupplier isEnough, long nanos) {
      whoHelps.run();
    }

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      return new Ten(List.of((Integer) input), listener);
    }

    @Override
    public Chunk chunk(long index) {
      List<Integer> inputs = new ArrayList<>();
      return new Chunk() {
        @Override
        public boolean add(@Nullable Object input) {
          return inputs.add((Integer) input);
        }

        @Override
        public int count() {
          return inputs.size();
        }

        @Override
        public boolean isFull() {
          return false;
        }

        @Override
        public Call call(CallListener listener, boolean mayGiveBack) {
          return new Ten(inputs, listener);
        }
      };
    }

    @Override
    public void start(List<Call> calls) {
      for (Call each : calls) {
        Ten call = (Ten) each;
        ran.add(List.copyOf(call.inputs()));
        if (held != null) {
          held.add(call);
          starts.run();
          continue;
        }
        Function<Ten, CallEnd> way = ways.isEmpty() ? one -> one.done(one.count()) : ways.remove();
        call.listener().ended(way.apply(call));
      }
    }

    @Override
    public TaskTimes times() {
      return times;
    }
  }

  private record Ten(List<Integer> inputs, CallListener listener) implements Call {

    CallEnd done(int count) {
      List<CallEnd> ends = new ArrayList<>();
      inputs.subList(0, count).forEach(input -> ends.add(new CallEnd.Value(10 * input)));
      return new CallEnd.Ran(ends, 0);
    }

    @Override
    public void cancel(boolean interrupts) {}

    @Override
    public int count() {
      return inputs.size();
    }

    @Override
    public List<CallEnd> ends(CallEnd end) {
      return end instanceof CallEnd.Ran(List<CallEnd> ends, int _) ? ends : List.of(end);
    }

    @Override
    public Call again(int from, int to, CallListener listener) {
      return new Ten(inputs.subList(from, to), listener);
    }

    @Override
    public long inputBytes() {
      return 0;
    }

    @Override
    public @Nullable Object value(CallEnd end) throws Throwable {
      return switch (end) {
        case CallEnd.Value(Object value) -> value;
        case CallEnd.Failed(Throwable cause) -> throw cause;
        default -> throw new IllegalStateException("unexpected: " + end);
      };
    }
  }

  private final Workers workers = new Workers();
  private final RecordingHost host = new RecordingHost();

  private List<Object> results(int inputs, Options options) {
    ResultFlow<Integer, Object> flow =
        new ResultFlow<>(
            new Inputs<>(IntStream.range(0, inputs).iterator(), inputs, false),
            new ResultFlow.Setting(workers, 1, options, new RunningJobs(), this),
            Progress.of(host, null, inputs));
    List<Object> results = new ArrayList<>();
    flow.forEachRemaining(results::add);
    return results;
  }

  /// All calls but the first end, and then, while more are started, that one and all others do.
  @Test
  void whoReadsLazilyDoesNotSleepWhenEverythingHasEnded() {
    Deque<Ten> held = new ArrayDeque<>();
    workers.held = held;
    ResultFlow<Integer, Object> flow =
        new ResultFlow<>(
            new Inputs<>(IntStream.range(0, 100).iterator(), -1, true),
            new ResultFlow.Setting(workers, 1, Parallel.options(), new RunningJobs(), this),
            Progress.of(host, null, -1));
    workers.whoHelps =
        () -> {
          Ten first = held.remove();
          assertThat(held).as("other calls that could end").isNotEmpty();
          workers.endHeld(held);
          held.add(first);
          workers.whoHelps = () -> fail("asleep although nothing is running");
          workers.starts = () -> workers.endHeld(held);
        };

    List<Object> results = new ArrayList<>();
    flow.forEachRemaining(results::add);

    assertThat(results).hasSize(100).startsWith(0, 10, 20).endsWith(990);
  }

  @Test
  void whatAWorkerGivesBackGoesOutAgainAndTheOrderStays() {
    workers.ways.add(call -> call.done(2));
    workers.ways.add(call -> call.done(1));

    assertThat(results(8, Parallel.options().batch(4)))
        .containsExactly(0, 10, 20, 30, 40, 50, 60, 70);
    assertThat(workers.ran)
        .startsWith(List.of(0, 1, 2, 3), List.of(2, 3))
        .contains(List.of(3), List.of(4, 5, 6, 7));
  }

  @Test
  void theOthersOfALostChunkGoOutAgainAndTheOneThatRanIsRetried() {
    WorkerLostException death = new WorkerLostException("it died");
    workers.ways.add(_ -> new CallEnd.Lost(2, death));

    assertThat(results(4, Parallel.options().batch(4).retries(1))).containsExactly(0, 10, 20, 30);
    assertThat(workers.ran)
        .containsExactly(List.of(0, 1, 2, 3), List.of(0, 1), List.of(2), List.of(3));
  }

  @Test
  void theOneThatRanWhenAWorkerDiedFailsWithoutRetries() {
    WorkerLostException death = new WorkerLostException("it died");
    workers.ways.add(_ -> new CallEnd.Lost(2, death));

    assertThatThrownBy(() -> results(4, Parallel.options().batch(4))).isSameAs(death);
  }

  @Test
  void oneFailureOfAChunkIsRetriedAlone() {
    RuntimeException failure = new IllegalStateException("once");
    workers.ways.add(call -> {
      List<CallEnd> ends = new ArrayList<>(call.ends(call.done(4)));
      ends.set(1, new CallEnd.Failed(failure));
      return new CallEnd.Ran(ends, 1);
    });
    Options options = Parallel.options().batch(4).retryOn(IllegalStateException.class);

    assertThat(results(4, options)).containsExactly(0, 10, 20, 30);
    assertThat(workers.ran).containsExactly(List.of(0, 1, 2, 3), List.of(1));
  }

  @Test
  void whatIsTakenBackOfARunningChunkGoesOutAgainOnce() {
    workers.ways.add(call -> {
      call.listener().givenBack(2);
      call.listener().givenBack(2);
      return call.done(2);
    });

    assertThat(results(4, Parallel.options().batch(4))).containsExactly(0, 10, 20, 30);
    assertThat(workers.ran).containsExactly(List.of(0, 1, 2, 3), List.of(2), List.of(3));
  }

  @Test
  void aChunkThatHasEndedGivesNothingBack() {
    Deque<CallListener> first = new ArrayDeque<>();
    workers.ways.add(call -> {
      first.add(call.listener());
      return call.done(2);
    });
    workers.ways.add(call -> {
      first.remove().givenBack(1);
      return call.done(2);
    });

    assertThat(results(4, Parallel.options().batch(4))).containsExactly(0, 10, 20, 30);
    assertThat(workers.ran).containsExactly(List.of(0, 1, 2, 3), List.of(2, 3));
  }

  @Test
  void whatWasGivenBackDoesNotFailWithTheRest() {
    workers.ways.add(call -> {
      call.listener().givenBack(1);
      return new CallEnd.Failed(new WorkerLostException("it died"));
    });

    assertThat(results(4, Parallel.options().batch(4).retries(1))).containsExactly(0, 10, 20, 30);
    assertThat(workers.ran)
        .containsExactlyInAnyOrder(
            List.of(0, 1, 2, 3), List.of(0), List.of(1), List.of(2), List.of(3));
  }
}
