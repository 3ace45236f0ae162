package argosy.engine.backend;

import argosy.Explanation;
import argosy.NotShippableException;
import argosy.ParallelException;
import argosy.engine.closure.Capture;
import argosy.engine.closure.DefinedPart;
import argosy.engine.closure.Encoded;
import argosy.engine.closure.Explainer;
import argosy.engine.closure.Knowledge;
import argosy.engine.host.Host;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.ProcessFleet;
import argosy.engine.pool.RemoteCall;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.CurrentTask;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.TaskCall;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
    Job<RemoteCall> job = new Job<>(spec.limits(), KindTimes.of(function));
    return new CapturedBatch(fleet, job, capture, spec, ANY);
  }

  /// Starts the workers if they do not run, and waits until they can take tasks.
  ///
  /// @return the numbers of those that can
  public List<Integer> startAll() {
    return fleet.startAll();
  }

  /// {@return the numbers of the workers that can take tasks now}
  public List<Integer> ready() {
    return fleet.ready();
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
      Job<RemoteCall> job = new Job<>(spec.limits(), KindTimes.of(function));
      return new CapturedBatch(fleet, job, capture, spec, worker);
    }

    /// Starts calls of such batches.
    ///
    /// @param calls starts them, and returns what says whether the function has worked anywhere
    /// @param kept a call that workers which start later run before anything else, or null for none
    ///
    /// @return makes later workers leave it out
    public Runnable start(Supplier<CompletableFuture<Boolean>> calls, @Nullable Call kept) {
      return fleet.submitEverywhere(calls, kept == null ? null : ((EncodedCall) kept).number(0));
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

  /// {@return the workers that ended though nobody asked them to, the last one last}
  public List<WorkerDeath> deaths() {
    return fleet.deaths();
  }

  /// {@return the process that waits to take a worker's place, or -1}
  public long sparePid() {
    return fleet.sparePid();
  }

  @Override
  public void close() {
    fleet.close();
  }

  /// The capture is confined to one thread at a time: its own monitor sees to that.
  private record CapturedBatch(
      ProcessFleet fleet, Job<RemoteCall> job, Capture capture, BatchSpec spec, int worker)
      implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      Encoded encoded;
      ClosureDefinition closure;
      RemoteCall.Needs needs;
      synchronized (capture) {
        encoded = capture.encode(input);
        closure = capture.closure();
        needs =
            new RemoteCall.Needs(
                capture.classes(), capture.parts(), capture.values(), encoded.values());
      }
      checkSize("the input", encoded.graph());
      checkSize("what the function captures", closure.state());
      for (DefinedPart part : needs.parts()) {
        checkSize("a variable that the function reads", part.bytes());
      }
      long seed = CurrentTask.seedOf(spec.seed(), index);
      return new EncodedCall(this, closure, needs, encoded, seed, listener);
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
      long id = fleet.reserve(calls.size());
      List<RemoteCall> remote = new ArrayList<>(calls.size());
      for (Call call : calls) {
        remote.add(((EncodedCall) call).number(id++));
      }
      if (worker == ANY) {
        fleet.submit(job, remote);
      } else {
        remote.forEach(call -> fleet.submitTo(worker, job, call));
      }
    }

    @Override
    public TaskTimes times() {
      return job.times();
    }
  }

  private static final class EncodedCall implements Call {

    private final CapturedBatch batch;
    private final ClosureDefinition closure;
    private final RemoteCall.Needs needs;
    private final Encoded input;
    private final long seed;
    private final CallListener listener;
    private volatile long id;

    EncodedCall(
        CapturedBatch batch,
        ClosureDefinition closure,
        RemoteCall.Needs needs,
        Encoded input,
        long seed,
        CallListener listener) {
      this.batch = batch;
      this.closure = closure;
      this.needs = needs;
      this.input = input;
      this.seed = seed;
      this.listener = listener;
    }

    RemoteCall number(long id) {
      this.id = id;
      List<Long> values = input.values().stream().map(StoredValue::number).toList();
      return new RemoteCall(
          new TaskCall(id, seed, input.graph(), values),
          closure,
          needs,
          batch.spec().output(),
          listener);
    }

    @Override
    public void cancel(boolean interrupts) {
      batch.fleet().cancel(id, interrupts);
    }

    @Override
    public Call again(CallListener listener) {
      return new EncodedCall(batch, closure, needs, input, seed, listener);
    }

    @Override
    public long inputBytes() {
      return input.bytes();
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
