package argosy.engine.backend;

import argosy.Explanation;
import argosy.NotShippableException;
import argosy.ParallelException;
import argosy.TaskFailedException;
import argosy.engine.closure.Capture;
import argosy.engine.closure.DefinedPart;
import argosy.engine.closure.Encoded;
import argosy.engine.closure.Explainer;
import argosy.engine.closure.Knowledge;
import argosy.engine.host.Host;
import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.SharedMemory;
import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Lesson;
import argosy.engine.pool.ProcessFleet;
import argosy.engine.pool.RemoteCall;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.CurrentTask;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.TaskCall;
import argosy.wire.TaskFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Worker processes of this machine.
public final class ProcessBackend implements Backend {

  /// Leaves room for the fields around a payload.
  private static final int MAX_PAYLOAD_BYTES = Protocol.MAX_FRAME_BYTES - (1 << 10);

  private static final int ANY = 0;

  private final Host host;
  private final ProcessFleet fleet;
  private final ValueStore store;

  /// No process is started before the first call.
  public ProcessBackend(Host host, WorkerSettings settings) {
    this.host = host;
    this.fleet = new ProcessFleet(host, settings);
    this.store = new ValueStore(fleet.memory());
  }

  @Override
  public Batch open(TaskFunction<?, ?> function, BatchSpec spec) {
    Capture capture = Capture.of(host, function, store);
    if (spec.limits().workers() > 0) {
      fleet.require(spec.limits().workers());
    }
    Job<RemoteCall> job = new Job<>(spec.limits(), KindTimes.of(function), RemoteCall::count);
    return new CapturedBatch(fleet, job, capture, spec, ANY);
  }

  @Override
  public ProcessFleet crew() {
    return fleet;
  }

  /// Captures a function that runs once on each of some workers.
  public Everywhere openEverywhere(TaskFunction<?, ?> function) {
    return new Everywhere(function, Capture.of(host, function, store));
  }

  /// A captured function for certain workers.
  public final class Everywhere {

    private final TaskFunction<?, ?> function;
    private final Capture capture;

    private Everywhere(TaskFunction<?, ?> function, Capture capture) {
      this.function = function;
      this.capture = capture;
    }

    /// {@return the batch for one worker; it takes one call}
    public Batch on(int worker, BatchSpec spec) {
      Job<RemoteCall> job = new Job<>(spec.limits(), KindTimes.of(function), RemoteCall::count);
      return new CapturedBatch(fleet, job, capture, spec, worker);
    }

    /// Starts calls of such batches.
    ///
    /// @param calls starts them, and returns what says whether the function has worked anywhere
    /// @param kept a call that workers which start later run before anything else, or null for none
    /// @param leavesState whether code may change what the call leaves behind
    ///
    /// @return makes later workers leave it out
    public Runnable start(
        Supplier<CompletableFuture<Boolean>> calls, @Nullable Call kept, boolean leavesState) {
      return fleet.submitEverywhere(
          calls, kept == null ? null : ((EncodedCall) kept).lesson(leavesState));
    }
  }

  /// {@return what ships with a function, and what of it the workers have}
  ///
  /// @throws NotShippableException if it reaches something that cannot leave this process
  public Explanation explain(Object function) {
    return Explainer.explain(host, function, store, new Sent(fleet));
  }

  private record Sent(ProcessFleet fleet) implements Knowledge {

    @Override
    public int workers() {
      return fleet.size();
    }

    @Override
    public int withClosure(ContentId closure) {
      return fleet.withClosure(closure);
    }

    @Override
    public int withClass(ContentId definition) {
      return fleet.withClass(definition);
    }
  }

  /// {@return how many bytes went to the living workers through their sockets}
  public long bytesSent() {
    return fleet.bytesSent();
  }

  /// {@return the memory that this process shares with its workers}
  public SharedMemory memory() {
    return fleet.memory();
  }

  /// The capture is confined to one thread at a time: its own monitor sees to that.
  private record CapturedBatch(
      ProcessFleet fleet, Job<RemoteCall> job, Capture capture, BatchSpec spec, int worker)
      implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      synchronized (capture) {
        return call(encode(input), 1, CurrentTask.seedFrom(spec.seed(), index), 0, listener);
      }
    }

    /// Under the capture's monitor.
    Encoded encode(@Nullable Object input) {
      Encoded encoded = capture.encode(input);
      checkSize("the input", encoded.graph());
      return encoded;
    }

    /// Under the capture's monitor.
    EncodedCall call(
        Encoded encoded, int count, long seed, long sliceNanos, CallListener listener) {
      ClosureDefinition closure = capture.closure();
      checkSize("what the function captures", closure.state());
      List<DefinedPart> parts = capture.parts();
      for (DefinedPart part : parts) {
        checkSize("a variable that the function reads", part.bytes());
      }
      RemoteCall.Needs needs =
          new RemoteCall.Needs(capture.classes(), parts, capture.values(), encoded.values());
      Content content = new Content(closure, needs, encoded, count, seed, sliceNanos);
      return new EncodedCall(this, content, listener);
    }

    @Override
    public Chunk chunk(long index) {
      return new EncodedChunk(this, CurrentTask.seedFrom(spec.seed(), index));
    }

    private static void checkSize(String what, Payload payload) {
      if (payload.size() > MAX_PAYLOAD_BYTES) {
        throw new NotShippableException(
            "%s takes %,d bytes, more than the %,d that fit into a message; split it"
                .formatted(what, payload.size(), MAX_PAYLOAD_BYTES));
      }
    }

    @Override
    public void start(List<Call> calls) {
      int count = 0;
      for (Call call : calls) {
        count += call.count();
      }
      long id = fleet.reserve(count);
      List<RemoteCall> remote = new ArrayList<>(calls.size());
      for (Call call : calls) {
        remote.add(((EncodedCall) call).number(id));
        id += call.count();
      }
      if (worker == ANY) {
        fleet.submit(job, remote);
      } else {
        remote.forEach(call -> fleet.submitTo(worker, job, call));
      }
    }

    @Override
    public void help(BooleanSupplier isDone, long nanos) {
      fleet.help(isDone, nanos);
    }

    @Override
    public void nudge() {
      fleet.nudge();
    }

    @Override
    public TaskTimes times() {
      return job.times();
    }
  }

  /// Inputs that were captured, each by itself, and travel together.
  private static final class EncodedChunk implements Chunk {

    /// Longer ones would keep a worker waiting for their bytes.
    private static final int FULL_BYTES = 64 << 10;

    private final CapturedBatch batch;
    private final long seed;
    private final Pack.Writer pack = new Pack.Writer();
    private Encoded last = new Encoded(Payload.EMPTY, List.of());

    EncodedChunk(CapturedBatch batch, long seed) {
      this.batch = batch;
      this.seed = seed;
    }

    @Override
    public boolean add(@Nullable Object input) {
      synchronized (batch.capture()) {
        last = batch.encode(input);
      }
      if (pack.count() > 0 && (isAlone() || last.graph().size() > FULL_BYTES)) {
        last.values().forEach(StoredValue::release);
        return false;
      }
      pack.add(0, last.graph());
      return true;
    }

    @Override
    public int count() {
      return pack.count();
    }

    @Override
    public boolean isFull() {
      return isAlone() || pack.size() >= FULL_BYTES;
    }

    /// {@return whether the last input has large values, which travel beside one call}
    private boolean isAlone() {
      return !last.values().isEmpty();
    }

    @Override
    public Call call(CallListener listener, boolean mayGiveBack) {
      int count = pack.count();
      Encoded content = count == 1 ? last : new Encoded(pack.payload(), List.of());
      long slice = mayGiveBack ? LocalChunk.SLICE_NANOS : 0;
      synchronized (batch.capture()) {
        return batch.call(content, count, seed, slice, listener);
      }
    }
  }

  /// What travels for a call.
  ///
  /// @param input of one call, or a [Pack] of several
  /// @param seed the random numbers of the i-th are those of `CurrentTask.seedOf(seed, i)`
  private record Content(
      ClosureDefinition closure,
      RemoteCall.Needs needs,
      Encoded input,
      int count,
      long seed,
      long sliceNanos) {

    Content part(int from, int to) {
      if (count == 1) {
        return this;
      }
      Pack.Reader all = new Pack.Reader(input.graph());
      Pack.Writer some = new Pack.Writer();
      Payload last = Payload.EMPTY;
      for (int i = 0; i < to; i++) {
        last = all.next();
        if (i >= from) {
          some.add(0, last);
        }
      }
      Encoded content = new Encoded(to - from == 1 ? last : some.payload(), List.of());
      long rest = CurrentTask.seedFrom(seed, from);
      return new Content(closure, needs, content, to - from, rest, sliceNanos);
    }

    RemoteCall call(long id, TaskOutput output, CallListener listener) {
      long own = count == 1 ? CurrentTask.seedOf(seed, 0) : seed;
      List<Long> values = input.values().stream().map(StoredValue::number).toList();
      TaskCall call = new TaskCall(id, own, input.graph(), values);
      return new RemoteCall(call, count, sliceNanos, closure, needs, output, listener);
    }
  }

  private static final class EncodedCall implements Call {

    private final CapturedBatch batch;
    private final Content content;
    private final CallListener listener;
    private volatile long id;

    EncodedCall(CapturedBatch batch, Content content, CallListener listener) {
      this.batch = batch;
      this.content = content;
      this.listener = listener;
    }

    RemoteCall number(long id) {
      this.id = id;
      return content.call(id, batch.spec().output(), listener);
    }

    Lesson lesson(boolean leavesState) {
      return new Lesson(number(0), leavesState, this::failure);
    }

    /// What was thrown is the user's, and so is what makes a text of it.
    private String failure(CallEnd end) {
      try {
        Object _ = value(end);
        return "";
      } catch (Throwable failure) {
        try {
          return String.valueOf(failure).lines().findFirst().orElse("");
        } catch (RuntimeException | StackOverflowError e) {
          return failure.getClass().getName();
        }
      }
    }

    @Override
    public void cancel(boolean interrupts) {
      batch.fleet().cancel(id, interrupts);
    }

    @Override
    public int count() {
      return content.count();
    }

    @Override
    public Call again(int from, int to, CallListener listener) {
      return new EncodedCall(batch, content.part(from, to), listener);
    }

    @Override
    public List<CallEnd> ends(CallEnd end) {
      if (!(end instanceof CallEnd.Answered(int count, int _, Payload pack))) {
        return Collections.nCopies(content.count(), end);
      }
      List<CallEnd> ends = new ArrayList<>(count);
      Pack.Reader each = new Pack.Reader(pack);
      while (each.hasNext()) {
        Payload next = each.next();
        ends.add(
            switch (each.tag()) {
              case ChunkEnded.RETURNED -> new CallEnd.Returned(next, ReturnedValues.NONE);
              case ChunkEnded.THREW -> new CallEnd.Threw(next);
              default -> broken(next);
            });
      }
      return ends;
    }

    private static CallEnd broken(Payload printed) {
      String text = new String(printed.bytes(), StandardCharsets.UTF_8);
      return new CallEnd.Failed(
          new TaskFailedException("a worker could not run the task:%n%s".formatted(text)));
    }

    @Override
    public long inputBytes() {
      return content.input().bytes();
    }

    @Override
    public @Nullable Object value(CallEnd end) throws Throwable {
      Capture capture = batch.capture();
      switch (end) {
        case CallEnd.Returned(Payload result, ReturnedValues values) -> {
          synchronized (capture) {
            return capture.decode(result, values);
          }
        }
        case CallEnd.Threw(Payload failure) -> {
          synchronized (capture) {
            throw capture.decodeFailure(failure);
          }
        }
        case CallEnd.Value(Object value) -> {
          return value;
        }
        case CallEnd.Answered _, CallEnd.Ran _, CallEnd.Lost _ ->
            throw new IllegalStateException("not the end of one call: " + end);
        case CallEnd.Failed(ParallelException cause) -> {
          // Made on a thread that nobody knows: what helps is where the caller waits for it.
          cause.setStackTrace(new Throwable().getStackTrace());
          throw cause;
        }
        case CallEnd.Failed(Throwable cause) -> throw cause;
      }
    }
  }
}
