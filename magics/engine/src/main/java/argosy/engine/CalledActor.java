package argosy.engine;

import argosy.Actor;
import argosy.Effect;
import argosy.Engine;
import argosy.Fn;
import argosy.NotShippableException;
import argosy.Parallel;
import argosy.Task;
import argosy.TaskFailedException;
import argosy.engine.backend.Batch;
import argosy.engine.backend.Call;
import argosy.engine.backend.Chunk;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import argosy.wire.ResidentFunction;
import argosy.wire.ResidentObjects;
import argosy.wire.codec.Described;
import argosy.wire.codec.Failure;
import argosy.wire.codec.UnshippableException;
import argosy.wire.line.ActorLine;
import java.io.Serial;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An actor as a task in a worker process has it: calls go by way of the notebook's process to the
/// worker where the actor lives.
final class CalledActor<A extends @Nullable Object> implements Actor<A>, Serializable {

  @Serial private static final long serialVersionUID = 1L;

  static final String CALLS_ITSELF =
      "an actor cannot call itself, not through another one either: it does one thing at a time;"
          + " call the method itself";

  /// Leaves room for the fields around a payload.
  private static final int MAX_PAYLOAD_BYTES = Protocol.MAX_FRAME_BYTES - (1 << 10);

  private final transient ActorHandle handle;

  CalledActor(ActorHandle handle) {
    this.handle = handle;
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Fn<? super A, ? extends R> f) {
    return call((Function<? super A, ? extends R>) f);
  }

  @Override
  public <R extends @Nullable Object> Task<R> call(Function<? super A, ? extends R> f) {
    Objects.requireNonNull(f, "the function is null");
    return start(new ResidentFunction.Call<A, R>(handle.id(), f));
  }

  @Override
  public Task<?> run(Effect<? super A> effect) {
    return run((Consumer<? super A>) effect);
  }

  @Override
  public Task<?> run(Consumer<? super A> effect) {
    Objects.requireNonNull(effect, "the function is null");
    return this.<@Nullable Object>start(new ResidentFunction.Act<A>(handle.id(), effect));
  }

  private <R extends @Nullable Object> Task<R> start(ResidentFunction<?> function) {
    ActorLine line = ActorLine.current();
    if (line == null || !(Engine.current() instanceof LocalEngine engine)) {
      throw new IllegalStateException("the actor is gone; it lived on worker " + handle.worker());
    }
    if (ResidentObjects.isInUse(handle.id())) {
      throw new IllegalStateException(CALLS_ITSELF);
    }
    EngineTask<R> task = engine.<R>unstarted(Parallel.options()).named("actor call");
    task.start(new Line(line, handle.id()), function);
    return task;
  }

  /// Does nothing but say so: others may have it.
  @Override
  public void close() {
    throw new IllegalStateException("a task cannot close an actor; do so in the notebook");
  }

  @Serial
  private Object writeReplace() {
    return handle;
  }

  /// {@return where it is}
  @Override
  public String toString() {
    return "Actor[on worker " + handle.worker() + "]";
  }

  /// The way to an actor.
  private record Line(ActorLine line, long actor) implements Batch {

    @Override
    public Call prepare(@Nullable Object input, long index, CallListener listener) {
      ActorLine.Caller caller = line.caller();
      Payload function;
      try {
        function =
            caller.encode(
                (ResidentFunction<?>) Objects.requireNonNull(input, "the function is null"));
      } catch (UnshippableException e) {
        throw new NotShippableException("actor call -> " + e.path() + ": " + e.remedy());
      }
      if (function.size() > MAX_PAYLOAD_BYTES) {
        throw new NotShippableException(
            "what the function captures takes %,d bytes, more than the %,d that fit into a message"
                .formatted(function.size(), MAX_PAYLOAD_BYTES));
      }
      return new LineCall(caller, actor, function, listener);
    }

    @Override
    public Chunk chunk(long index) {
      throw new UnsupportedOperationException("an actor is called once at a time");
    }

    @Override
    public void start(List<Call> calls) {
      calls.forEach(call -> ((LineCall) call).start());
    }

    @Override
    public void nudge() {
      line.changed();
    }

    @Override
    public void settled() {
      line.changed();
    }

    @Override
    public TaskTimes times() {
      return new TaskTimes();
    }
  }

  private record LineCall(
      ActorLine.Caller caller, long actor, Payload function, CallListener listener)
      implements Call {

    void start() {
      caller.call(
          actor,
          function,
          (isFailure, encoded) ->
              listener.ended(
                  isFailure
                      ? new CallEnd.Threw(encoded)
                      : new CallEnd.Returned(encoded, ReturnedValues.NONE)));
    }

    /// What has been called goes on.
    @Override
    public void cancel(boolean interrupts) {}

    @Override
    public int count() {
      return 1;
    }

    @Override
    public List<CallEnd> ends(CallEnd end) {
      return Collections.singletonList(end);
    }

    @Override
    public Call again(int from, int to, CallListener listener) {
      return new LineCall(caller, actor, function, listener);
    }

    @Override
    public long inputBytes() {
      return 0;
    }

    @Override
    public @Nullable Object value(CallEnd end) throws Throwable {
      return switch (end) {
        case CallEnd.Returned(Payload result, _) -> decoded(result);
        case CallEnd.Threw(Payload failure) -> throw thrown(caller.decodeFailure(failure));
        default -> throw new IllegalStateException("not the end of an actor's call: " + end);
      };
    }

    private @Nullable Object decoded(Payload result) {
      try {
        return caller.decode(result);
      } catch (RuntimeException | LinkageError | StackOverflowError e) {
        throw new TaskFailedException(
            "what the actor returned cannot be rebuilt in the task: "
                + e
                + "; return plain data, or name its class in the task",
            e);
      }
    }

    private static Throwable thrown(Failure failure) {
      if (failure.isUnshippable()) {
        return new NotShippableException(
            "what the actor returned cannot be sent back: " + failure.printed());
      }
      return switch (failure.thrown()) {
        case Throwable itself -> itself;
        case Described described -> new TaskFailedException(described.text());
        case null, default -> new TaskFailedException(failure.printed());
      };
    }
  }
}
