package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input that can lend many primitives at once.
final class GraphInput extends Input {

  GraphInput(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  /// {@return the next `size` bytes, to be read, in the byte order of the wire}
  ByteBuffer lend(int size) {
    require(size);
    ByteBuffer view = ByteBuffer.wrap(buffer, position, size).slice();
    position += size;
    return view.order(ByteOrder.LITTLE_ENDIAN);
  }

  /// {@return the next byte, which stays the next}
  int peek() {
    int value = readByteUnsigned();
    position--;
    return value;
  }

  /// {@return a length, checked against what is left so that garbage cannot exhaust the heap}
  int readLength(int bytesEach) {
    int length = readVarInt(true);
    checkLength(length, bytesEach);
    return length;
  }

  /// Checks a length as [#readLength] does.
  void checkLength(int length, int bytesEach) {
    if (length < 0 || (long) length * bytesEach > limit - position) {
      throw new IllegalStateException(
          "the bytes are damaged: "
              + length
              + " elements announced, "
              + (limit - position)
              + " bytes left");
    }
  }
}
