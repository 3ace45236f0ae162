package argosy.engine.backend;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.host.Host;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Crew;
import argosy.engine.pool.LocalCall;
import argosy.engine.pool.ThreadFleet;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.TaskTimes;
import argosy.engine.timeline.Timeline;
import argosy.wire.CurrentTask;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Threads of this process: nothing is copied, tasks share their objects as Java threads do.
public final class ThreadBackend implements Backend {

  private final ThreadFleet fleet;

  /// No thread is started before the first call.
  ///
  /// @param timeline keeps what the threads do
  public ThreadBackend(Host host, WorkerSettings settings, Timeline timeline) {
    this.fleet = new ThreadFleet(host, settings, timeline);
  }

  @Override
  @SuppressWarnings("unchecked") // whoever calls `prepare` passes what the function takes
  public Batch open(TaskFunction<?, ?> function, BatchSpec spec) {
    if (spec.limits().workers() > 0) {
      fleet.require(spec.limits().workers());
    }
    TaskKind kind = TaskKind.of(function);
    return new SharedBatch(
        fleet,
        kind,
        new Job<>(spec.limits(), kind.times(), LocalCall::count),
        (TaskFunction<@Nullable Object, @Nullable Object>) function,
        spec);
  }

  @Override
  public Crew crew() {
    return fleet;
  }

  private record SharedBatch(
      ThreadFleet fleet,
      TaskKind kind,
      Job<LocalCall> job,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      BatchSpec spec)
      implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      long seed = CurrentTask.seedFrom(spec.seed(), index);
      List<@Nullable Object> one = Collections.singletonList(input);
      return new SharedCall(this, new LocalCall(0, seed, function, one, 0, listener));
    }

    @Override
    public Chunk chunk(long index) {
      long seed = CurrentTask.seedFrom(spec.seed(), index);
      return new LocalChunk(function, seed, call -> new SharedCall(this, call));
    }

    @Override
    public void start(List<Call> calls) {
      int count = 0;
      for (Call call : calls) {
        count += call.count();
      }
      long id = fleet.reserve(count);
      List<LocalCall> local = new ArrayList<>(calls.size());
      for (Call call : calls) {
        local.add(((SharedCall) call).number(id));
        id += call.count();
      }
      fleet.submit(job, local);
    }

    @Override
    public void help(BooleanSupplier isDone, long nanos) {
      fleet.help(isDone);
    }

    @Override
    public TaskTimes times() {
      return kind.times();
    }

    @Override
    public @Nullable WrittenPlace place() {
      return kind.place();
    }
  }

  private static final class SharedCall implements Call {

    private final SharedBatch batch;
    private final LocalCall call;
    private volatile long id;

    SharedCall(SharedBatch batch, LocalCall call) {
      this.batch = batch;
      this.call = call;
    }

    LocalCall number(long id) {
      this.id = id;
      return call.numbered(id);
    }

    @Override
    public void cancel(boolean interrupts) {
      batch.fleet().cancel(id, interrupts);
    }

    @Override
    public int count() {
      return call.count();
    }

    @Override
    public List<CallEnd> ends(CallEnd end) {
      return call.ends(end);
    }

    @Override
    public Call again(int from, int to, CallListener listener) {
      return new SharedCall(batch, call.again(from, to, listener));
    }

    @Override
    public long inputBytes() {
      return 0;
    }

    @Override
    public @Nullable Object value(CallEnd end) throws Throwable {
      return LocalCall.value(end);
    }
  }
}
