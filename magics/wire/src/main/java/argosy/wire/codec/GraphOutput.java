package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An output that can lend room for many primitives at once.
final class GraphOutput extends Output {

  private static final int HASHED_BYTES = 64 << 10;

  GraphOutput() {
    super(64, -1);
  }

  /// An output whose bytes are hashed and not kept.
  GraphOutput(GraphHash hash) {
    super(HASHED_BYTES, -1);
    setOutputStream(hash);
  }

  /// {@return the next `size` bytes, to be filled, in the byte order of the wire}
  ByteBuffer room(int size) {
    require(size);
    ByteBuffer view = ByteBuffer.wrap(buffer, position, size).slice();
    position += size;
    return view.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Overwrites a byte that was written before.
  void patch(int at, int value) {
    buffer[at] = (byte) value;
  }
}
