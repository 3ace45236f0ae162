package argosy.engine.backend;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.host.Host;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Crew;
import argosy.engine.pool.LocalCall;
import argosy.engine.pool.SequentialRunner;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.TaskTimes;
import argosy.engine.timeline.Timeline;
import argosy.engine.timeline.Track;
import argosy.wire.CurrentTask;
import argosy.wire.TaskFunction;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The calling thread itself, one task after the other: for debugging, and for calls made inside a
/// task.
public final class SequentialBackend implements Backend {

  private final Crew nobody = Crew.nobody(new WorkerSettings(1, "sequential", null, List.of()));

  private final Host host;
  private final Timeline timeline;

  /// The track of what runs on whichever thread asks for it; made when that is first done.
  private @Nullable Track track;

  /// Starts nothing.
  ///
  /// @param timeline keeps what is called outside of tasks
  public SequentialBackend(Host host, Timeline timeline) {
    this.host = host;
    this.timeline = timeline;
  }

  private synchronized Track track() {
    Track known = track;
    if (known == null) {
      known = timeline.open("sequential", 0);
      track = known;
    }
    return known;
  }

  @Override
  @SuppressWarnings("unchecked") // whoever calls `prepare` passes what the function takes
  public Batch open(TaskFunction<?, ?> function, BatchSpec spec) {
    return new InlineBatch(
        new SequentialRunner(host, track(), spec.limits().timeoutNanos()),
        TaskKind.of(function),
        (TaskFunction<@Nullable Object, @Nullable Object>) function,
        spec);
  }

  @Override
  public Crew crew() {
    return nobody;
  }

  private record InlineBatch(
      SequentialRunner runner,
      TaskKind kind,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      BatchSpec spec)
      implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      long seed = CurrentTask.seedFrom(spec.seed(), index);
      List<@Nullable Object> one = Collections.singletonList(input);
      return new InlineCall(new LocalCall(1, seed, function, one, 0, listener));
    }

    @Override
    public Chunk chunk(long index) {
      long seed = CurrentTask.seedFrom(spec.seed(), index);
      return new LocalChunk(function, seed, call -> new InlineCall(call.numbered(1)));
    }

    @Override
    public void start(List<Call> calls) {
      for (Call call : calls) {
        ((InlineCall) call).run(runner);
      }
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

  private static final class InlineCall implements Call {

    private final LocalCall call;
    private volatile boolean isCancelled;

    InlineCall(LocalCall call) {
      this.call = call;
    }

    void run(SequentialRunner runner) {
      if (!isCancelled) {
        CallEnd end = runner.run(call, this::isStopped);
        if (!isCancelled) {
          call.listener().ended(end);
        }
      }
    }

    /// An interrupt is the caller's, who cancels the job for it, and not the next task's.
    private boolean isStopped() {
      return isCancelled || Thread.currentThread().isInterrupted();
    }

    /// A task that runs goes on: it is the caller itself.
    @Override
    public void cancel(boolean interrupts) {
      isCancelled = true;
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
      return new InlineCall(call.again(from, to, listener));
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
