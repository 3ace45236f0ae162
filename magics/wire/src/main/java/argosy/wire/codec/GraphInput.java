package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input that can lend many primitives at once.
final class GraphInput extends Input {

  /// How many slots the hash tables of a graph may have in all that nothing is in, so that a map
  /// made with room for a million iterates as it did.
  static final int EMPTY_SLOTS = 1 << 20;

  /// A hash table has more slots than elements, and no element takes less than a byte.
  private static final long SLOTS_FOR_A_BYTE = 64;

  private static final long SLOTS_FOR_NOTHING = 1 << 10;

  private long emptySlots;

  GraphInput(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public void setBuffer(byte[] bytes, int offset, int length) {
    super.setBuffer(bytes, offset, length);
    emptySlots = EMPTY_SLOTS;
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

  /// {@return whether the bytes that are left can be meant to fill a table of so many slots}
  boolean isWorth(long slots) {
    return slots <= SLOTS_FOR_NOTHING + SLOTS_FOR_A_BYTE * left();
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

  /// {@return how many slots a hash table is to have: as many as it had, and fewer only where a
  /// graph asks for far more than it can fill}
  ///
  /// @param size how many elements it is about to get
  int slots(int had, int size) {
    if (had <= 0 || Integer.bitCount(had) != 1) {
      throw new IllegalStateException("the bytes are damaged: no hash table has " + had + " slots");
    }
    if (isWorth(had)) {
      return had;
    }
    if (had > emptySlots) {
      return Math.max(16, 2 * size);
    }
    emptySlots -= had;
    return had;
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
