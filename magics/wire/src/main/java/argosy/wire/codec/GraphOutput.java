package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An output that can lend room for many primitives at once.
final class GraphOutput extends Output {

  GraphOutput() {
    super(64, -1);
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
