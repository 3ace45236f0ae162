package argosy.engine.backend;

import argosy.engine.pool.CallListener;
import argosy.engine.pool.LocalCall;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A chunk that stays in this process: nothing is copied.
final class LocalChunk implements Chunk {

  /// How long a chunk may keep inputs that others could work on.
  static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final TaskFunction<@Nullable Object, @Nullable Object> function;
  private final long seed;
  private final Function<LocalCall, Call> maker;
  private final List<@Nullable Object> inputs = new ArrayList<>();

  /// @param seed where the random numbers of its calls come from
  /// @param maker makes the backend's own kind of call
  LocalChunk(
      TaskFunction<@Nullable Object, @Nullable Object> function,
      long seed,
      Function<LocalCall, Call> maker) {
    this.function = function;
    this.seed = seed;
    this.maker = maker;
  }

  @Override
  public boolean add(@Nullable Object input) {
    inputs.add(input);
    return true;
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
    long slice = mayGiveBack ? SLICE_NANOS : 0;
    return maker.apply(new LocalCall(0, seed, function, inputs, slice, listener));
  }
}
