package argosy.engine.backend;

import argosy.engine.host.Host;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.LocalCall;
import argosy.engine.pool.ThreadFleet;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.CurrentTask;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Threads of this process: nothing is copied, tasks share their objects as Java threads do.
public final class ThreadBackend implements Backend {

  private final ThreadFleet fleet;

  /// No thread is started before the first call.
  public ThreadBackend(Host host, WorkerSettings settings) {
    this.fleet = new ThreadFleet(host, settings);
  }

  @Override
  @SuppressWarnings("unchecked") // whoever calls `prepare` passes what the function takes
  public Batch open(TaskFunction<?, ?> function, BatchSpec spec) {
    if (spec.limits().workers() > 0) {
      fleet.require(spec.limits().workers());
    }
    return new SharedBatch(
        fleet,
        new Job<>(spec.limits(), KindTimes.of(function)),
        (TaskFunction<@Nullable Object, @Nullable Object>) function,
        spec);
  }

  @Override
  public int parallelism() {
    return fleet.settings().count();
  }

  @Override
  public void configure(WorkerSettings settings) {
    fleet.configure(settings);
  }

  @Override
  public WorkerSettings settings() {
    return fleet.settings();
  }

  @Override
  public List<WorkerStatus> status() {
    return fleet.status();
  }

  @Override
  public void close() {
    fleet.close();
  }

  private record SharedBatch(
      ThreadFleet fleet,
      Job<LocalCall> job,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      BatchSpec spec)
      implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      return new SharedCall(this, input, CurrentTask.seedOf(spec.seed(), index), listener);
    }

    @Override
    public void start(List<Call> calls) {
      long id = fleet.reserve(calls.size());
      List<LocalCall> local = new ArrayList<>(calls.size());
      for (Call call : calls) {
        local.add(((SharedCall) call).number(id++));
      }
      fleet.submit(job, local);
    }

    @Override
    public TaskTimes times() {
      return job.times();
    }
  }

  private static final class SharedCall implements Call {

    private final SharedBatch batch;
    private final @Nullable Object input;
    private final long seed;
    private final CallListener listener;
    private volatile long id;

    SharedCall(SharedBatch batch, @Nullable Object input, long seed, CallListener listener) {
      this.batch = batch;
      this.input = input;
      this.seed = seed;
      this.listener = listener;
    }

    LocalCall number(long id) {
      this.id = id;
      return new LocalCall(id, seed, batch.function(), input, listener);
    }

    @Override
    public void cancel(boolean interrupts) {
      batch.fleet().cancel(id, interrupts);
    }

    @Override
    public Call again(CallListener listener) {
      return new SharedCall(batch, input, seed, listener);
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
