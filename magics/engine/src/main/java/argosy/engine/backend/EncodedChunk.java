package argosy.engine.backend;

import argosy.engine.closure.Encoded;
import argosy.engine.memory.StoredValue;
import argosy.engine.pool.CallListener;
import argosy.wire.Pack;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Inputs that were captured, each by itself, and travel together.
final class EncodedChunk implements Chunk {

  /// Longer ones would keep a worker waiting for their bytes.
  private static final int FULL_BYTES = 64 << 10;

  private final CapturedBatch batch;
  private final long first;
  private final long seed;
  private final Pack.Writer pack = new Pack.Writer();

  /// The last one as a graph, or null if it is plain and thus none.
  private @Nullable Encoded graph;

  private @Nullable Object last;

  /// @param first the number of its first input
  EncodedChunk(CapturedBatch batch, long first, long seed) {
    this.batch = batch;
    this.first = first;
    this.seed = seed;
  }

  @Override
  public boolean add(@Nullable Object input) {
    if (isAlone()) {
      return false;
    }
    if (pack.addPlain(input)) {
      last = input;
      graph = null;
      return true;
    }
    Encoded encoded;
    synchronized (batch.capture()) {
      long index = first + pack.count();
      encoded = batch.encode(input, () -> "input " + index);
    }
    boolean isLarge = !encoded.values().isEmpty() || encoded.graph().size() > FULL_BYTES;
    if (pack.count() > 0 && isLarge) {
      encoded.values().forEach(StoredValue::release);
      return false;
    }
    pack.add(0, encoded.graph());
    graph = encoded;
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
    Encoded encoded = graph;
    return encoded != null && !encoded.values().isEmpty();
  }

  @Override
  public Call call(CallListener listener, boolean mayGiveBack) {
    int count = pack.count();
    long slice = mayGiveBack ? LocalChunk.SLICE_NANOS : 0;
    synchronized (batch.capture()) {
      Encoded content =
          count > 1
              ? new Encoded(pack.payload(), List.of())
              : graph == null ? batch.encode(last, () -> listener.what(0)) : graph;
      return batch.call(content, count, seed, slice, listener);
    }
  }
}
