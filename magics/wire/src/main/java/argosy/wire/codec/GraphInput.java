package argosy.wire.codec;

import com.esotericsoftware.kryo.kryo5.io.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An input that can lend many primitives at once.
final class GraphInput extends Input {

  /// How many slots the hash tables of a graph may have in all besides those for its elements, so
  /// that a map made with room for a million iterates as it did.
  static final int EMPTY_SLOTS = 1 << 20;

  /// A hash table has more slots than elements, and no element takes less than a byte.
  private static final long SLOTS_FOR_A_BYTE = 64;

  private static final long SLOTS_FOR_NOTHING = 1 << 10;

  private long slotsLeft;
  private long owed;

  /// A place to which the reader may come back.
  record Mark(int position, long slotsLeft, long owed) {}

  GraphInput(byte[] bytes, int offset, int length) {
    super(bytes, offset, length);
  }

  @Override
  public void setBuffer(byte[] bytes, int offset, int length) {
    super.setBuffer(bytes, offset, length);
    slotsLeft = EMPTY_SLOTS + SLOTS_FOR_A_BYTE * length;
    owed = 0;
  }

  Mark here() {
    return new Mark(position, slotsLeft, owed);
  }

  void backTo(Mark mark) {
    position = mark.position();
    slotsLeft = mark.slotsLeft();
    owed = mark.owed();
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

  /// {@return whether there may be a table of so many slots; what one has, the others of the graph
  /// do not get}
  boolean isWorth(long slots) {
    if (slots <= SLOTS_FOR_NOTHING) {
      return true;
    }
    if (slots > slotsLeft) {
      return false;
    }
    slotsLeft -= slots;
    return true;
  }

  /// Says that so many values follow, for which there is room already. Each takes a byte at least,
  /// which nothing that is announced inside another of them can have: else a few bytes, each an
  /// array of all that are left, would take room for as many as their square.
  void owe(int values) {
    owed += values;
  }

  /// Says that the next of them is about to be read.
  void pay() {
    owed--;
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
    return isWorth(had) ? had : Math.max(16, 2 * size);
  }

  /// Checks a length as [#readLength] does.
  void checkLength(int length, int bytesEach) {
    if (length < 0 || (long) length * bytesEach > limit - position - owed) {
      throw new IllegalStateException(
          "the bytes are damaged: "
              + length
              + " elements announced, "
              + (limit - position)
              + " bytes left");
    }
  }
}
