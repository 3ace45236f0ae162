package argosy.engine.backend;

import argosy.TaskFailedException;
import argosy.engine.closure.Capture;
import argosy.engine.closure.Encoded;
import argosy.engine.host.TaskOutput;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.StoredValue;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.CallListener;
import argosy.engine.pool.Lesson;
import argosy.engine.pool.RemoteCall;
import argosy.wire.ClosureDefinition;
import argosy.wire.CurrentTask;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.TaskCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A captured call of a captured function.
final class EncodedCall implements Call {

  /// What travels for a call.
  ///
  /// @param input of one call, or a [Pack] of several
  /// @param seed the random numbers of the i-th are those of `CurrentTask.seedOf(seed, i)`
  record Content(
      ClosureDefinition closure,
      RemoteCall.Needs needs,
      Encoded input,
      int count,
      long seed,
      long sliceNanos) {

    Content part(int from, int to, CapturedBatch batch) {
      if (count == 1) {
        return this;
      }
      Payload part = Pack.part(input.graph(), from, to);
      Encoded content = to - from == 1 ? batch.alone(part) : new Encoded(part, List.of());
      long rest = CurrentTask.seedFrom(seed, from);
      return new Content(closure, needs, content, to - from, rest, sliceNanos);
    }

    RemoteCall call(long id, TaskOutput output, CallListener listener) {
      long own = count == 1 ? CurrentTask.seedOf(seed, 0) : seed;
      TaskCall call = new TaskCall(id, own, input.graph(), numbers(input.values()));
      return new RemoteCall(call, count, sliceNanos, closure, needs, output, listener);
    }

    private static List<Long> numbers(List<StoredValue> values) {
      // A stream would take a tenth of all that a small call costs.
      return values.isEmpty() ? List.of() : values.stream().map(StoredValue::number).toList();
    }
  }

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
    return new EncodedCall(batch, content.part(from, to, batch), listener);
  }

  @Override
  public List<CallEnd> ends(CallEnd end) {
    if (!(end instanceof CallEnd.Answered(int count, int _, Payload pack, ReturnedValues values))) {
      return Collections.nCopies(content.count(), end);
    }
    List<CallEnd> ends = new ArrayList<>(count);
    Pack.Reader each = new Pack.Reader(pack);
    while (each.hasNext()) {
      if (each.isPlain()) {
        ends.add(new CallEnd.Value(each.nextPlain()));
        continue;
      }
      Payload next = each.next();
      ends.add(
          switch (each.tag()) {
            case ChunkEnded.RETURNED -> new CallEnd.Returned(next, values);
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
      case CallEnd.Raised _, CallEnd.Answered _, CallEnd.Ran _, CallEnd.Lost _ ->
          throw new IllegalStateException("not the end of one call on a worker: " + end);
      case CallEnd.Failed failed -> throw failed.here();
    }
  }
}
