package argosy.engine.backend;

import argosy.NotShippableException;
import argosy.engine.closure.Capture;
import argosy.engine.closure.DefinedPart;
import argosy.engine.closure.Encoded;
import argosy.engine.closure.WrittenPlace;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.ProcessFleet;
import argosy.engine.pool.RemoteCall;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.ClosureDefinition;
import argosy.wire.CurrentTask;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A function that was captured for worker processes. The capture is confined to one thread at a
/// time: its own monitor sees to that.
///
/// @param worker the only one that may run its calls, or [#ANY]
record CapturedBatch(
    ProcessFleet fleet,
    TaskKind kind,
    Job<RemoteCall> job,
    Capture capture,
    BatchSpec spec,
    int worker)
    implements Batch {

  static final int ANY = 0;

  /// Leaves room for the fields around a payload.
  private static final int MAX_PAYLOAD_BYTES = Protocol.MAX_FRAME_BYTES - (1 << 10);

  @Override
  public Call prepare(@Nullable Object input, long index, CallListener listener) {
    synchronized (capture) {
      return call(
          encode(input, () -> listener.what(0)),
          1,
          CurrentTask.seedFrom(spec.seed(), index),
          0,
          listener);
    }
  }

  /// Under the capture's monitor.
  ///
  /// @param name as `CallListener.what` gives it
  Encoded encode(@Nullable Object input, Supplier<String> name) {
    Supplier<String> called = () -> name.get().isEmpty() ? "input" : name.get();
    Encoded encoded = capture.encode(input, called);
    checkSize(called, encoded.graph());
    return encoded;
  }

  /// {@return the only input of a pack, as one that travels by itself}
  Encoded alone(Payload pack) {
    Pack.Reader reader = new Pack.Reader(pack);
    if (!reader.isPlain()) {
      return new Encoded(reader.next(), List.of());
    }
    synchronized (capture) {
      return encode(reader.nextPlain(), () -> "");
    }
  }

  /// Under the capture's monitor.
  EncodedCall call(Encoded encoded, int count, long seed, long sliceNanos, CallListener listener) {
    ClosureDefinition closure = capture.closure();
    checkSize(() -> "what the function captures", closure.state());
    List<DefinedPart> parts = capture.parts();
    for (DefinedPart part : parts) {
      checkSize(() -> "a variable that the function reads", part.bytes());
    }
    RemoteCall.Needs needs =
        new RemoteCall.Needs(capture.classes(), parts, capture.values(), encoded.values());
    EncodedCall.Content content =
        new EncodedCall.Content(closure, needs, encoded, count, seed, sliceNanos);
    return new EncodedCall(this, content, listener);
  }

  @Override
  public Chunk chunk(long index) {
    return new EncodedChunk(this, index, CurrentTask.seedFrom(spec.seed(), index));
  }

  private static void checkSize(Supplier<String> what, Payload payload) {
    if (payload.size() > MAX_PAYLOAD_BYTES) {
      throw new NotShippableException(
          "%s takes %,d bytes, more than the %,d that fit into a message; split it"
              .formatted(what.get(), payload.size(), MAX_PAYLOAD_BYTES));
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
    return kind.times();
  }

  @Override
  public @Nullable WrittenPlace place() {
    return kind.place();
  }
}
