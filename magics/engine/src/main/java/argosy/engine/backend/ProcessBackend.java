package argosy.engine.backend;

import argosy.Explanation;
import argosy.NotShippableException;
import argosy.engine.closure.Capture;
import argosy.engine.closure.Explainer;
import argosy.engine.closure.Identity;
import argosy.engine.closure.Knowledge;
import argosy.engine.closure.LostChanges;
import argosy.engine.host.Host;
import argosy.engine.memory.SharedMemory;
import argosy.engine.memory.ValueStore;
import argosy.engine.pool.ProcessFleet;
import argosy.engine.pool.RemoteCall;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.Job;
import argosy.engine.timeline.Timeline;
import argosy.wire.AdaptedFunction;
import argosy.wire.ContentId;
import argosy.wire.TaskFunction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Worker processes of this machine.
public final class ProcessBackend implements Backend {

  private static final System.Logger LOG = System.getLogger(ProcessBackend.class.getName());

  private final Host host;
  private final ProcessFleet fleet;
  private final ValueStore store;

  /// Of each lambda's class, whether the user was told of what its tasks change in vain.
  private final ClassValue<AtomicBoolean> told =
      new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
          return new AtomicBoolean();
        }
      };

  /// No process is started before the first call.
  ///
  /// @param timeline keeps what the workers do
  public ProcessBackend(Host host, WorkerSettings settings, Timeline timeline) {
    this.host = host;
    this.fleet = new ProcessFleet(host, settings, timeline);
    this.store = new ValueStore(fleet.memory());
  }

  @Override
  public Batch open(TaskFunction<?, ?> function, BatchSpec spec) {
    Capture capture = Capture.of(host, function, store);
    if (function instanceof AdaptedFunction<?, ?> adapted) {
      tell(capture, adapted.written());
    }
    if (spec.limits().workers() > 0) {
      fleet.require(spec.limits().workers());
    }
    return batch(TaskKind.of(function), capture, spec, CapturedBatch.ANY);
  }

  private CapturedBatch batch(TaskKind kind, Capture capture, BatchSpec spec, int worker) {
    Job<RemoteCall> job = new Job<>(spec.limits(), kind.times(), RemoteCall::count);
    return new CapturedBatch(fleet, kind, job, capture, spec, worker);
  }

  /// Tells once of what the tasks of a lambda change in vain.
  private void tell(Capture capture, Object written) {
    Class<?> type = written.getClass();
    if (type.isHidden() && !told.get(type).getAndSet(true)) {
      String notice = lostChanges(capture, written);
      if (!notice.isEmpty()) {
        host.notice(notice);
      }
    }
  }

  /// No task fails because there is code that nobody understands.
  private static String lostChanges(Capture capture, Object written) {
    try {
      return LostChanges.of(capture, written);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.DEBUG, "what tasks change in vain is not known", e);
      return "";
    }
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
      return batch(TaskKind.of(function), capture, spec, worker);
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

  /// {@return what functions have in common that do the same: their code and what they capture}
  ///
  /// @throws NotShippableException if it reaches something that cannot leave this process
  public ContentId identity(TaskFunction<?, ?> function) {
    return Identity.of(Capture.of(host, function, store));
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
}
