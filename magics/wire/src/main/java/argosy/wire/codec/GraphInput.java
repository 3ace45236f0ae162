package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input that can lend many primitives at once.
final class GraphInput extends Input {

  private static final long MOST_EMPTY_SLOTS = 1 << 16;
  private static final long SLOTS_FOR_A_BYTE = 64;

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

  /// Reads a text. Kryo would make room for as many characters as are announced, before it reads
  /// the first.
  @Override
  @SuppressWarnings("NullAway") // Kryo is not annotated: a null is a text like any other
  public String readString() {
    if (readVarIntFlag()) {
      int start = position;
      int count = readVarIntFlag(true); // one more than there are
      checkLength(Math.max(0, count - 1), 1);
      position = start;
    }
    return super.readString();
  }

  @Override
  public byte[] readBytes(int length) {
    checkLength(length, 1);
    return super.readBytes(length);
  }

  /// {@return how many bytes are left}
  int left() {
    return limit - position;
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

  /// {@return how much room a collection is to have, which may be more than it has elements, within
  /// reason; the lowest bit is what was written}
  int readCapacity() {
    int capacity = readVarInt(true);
    long most = Math.max(MOST_EMPTY_SLOTS, SLOTS_FOR_A_BYTE * left());
    return capacity <= most ? capacity : ((int) most & ~1) | (capacity & 1);
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
