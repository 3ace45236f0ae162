package argosy.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// What a chunk of tasks takes along or brings back, one after the other in one array: payloads,
/// and plain values as they are.
///
/// ```text
///  0     1        5
/// +-----+--------+-------+------+-------+--
/// | tag | length | bytes | kind | value | …
/// +-----+--------+-------+------+-------+--
/// ```
///
/// The tag of a payload, below [#NULL], says what the bytes are. Plain is what has no identity and
/// brings no class along: nothing, and what a primitive is boxed in. The kind says how many bytes
/// it takes. All numbers are big-endian.
///
/// Confined to its caller.
public final class Pack {

  /// What the smallest element takes: that of a value without bytes is its kind alone.
  static final int LEAST_BYTES = 1;

  /// The bytes before each payload.
  private static final int HEAD_BYTES = 1 + Integer.BYTES;

  private static final int INITIAL_BYTES = 512;

  private static final byte NULL = 0x40;
  private static final byte FALSE = 0x41;
  private static final byte TRUE = 0x42;
  private static final byte BYTE = 0x43;
  private static final byte SHORT = 0x44;
  private static final byte CHAR = 0x45;
  private static final byte INT = 0x46;
  private static final byte FLOAT = 0x47;
  private static final byte LONG = 0x48;
  private static final byte DOUBLE = 0x49;

  private Pack() {}

  /// {@return some of a pack's elements, as a pack}
  ///
  /// @param from the first
  /// @param to the first that is not one of them
  public static Payload part(Payload pack, int from, int to) {
    Reader reader = new Reader(pack);
    for (int i = 0; i < from; i++) {
      reader.skip();
    }
    int start = reader.bytes.position();
    for (int i = from; i < to; i++) {
      reader.skip();
    }
    byte[] part = new byte[reader.bytes.position() - start];
    reader.bytes.get(start, part);
    return Payload.of(part);
  }

  /// Puts elements together.
  public static final class Writer {

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES);
    private int count;

    /// Appends a payload.
    ///
    /// @param tag from 0 to 63
    public void add(int tag, Payload payload) {
      room(HEAD_BYTES + payload.size()).put((byte) tag).putInt(payload.size()).put(payload.bytes());
      count++;
    }

    /// Appends a value if it is plain.
    ///
    /// @return whether it is
    public boolean addPlain(@Nullable Object value) {
      ByteBuffer to = room(1 + Long.BYTES);
      if (value instanceof Integer number) {
        to.put(INT).putInt(number);
      } else if (value instanceof Double number) {
        to.put(DOUBLE).putLong(Double.doubleToRawLongBits(number));
      } else if (value instanceof Long number) {
        to.put(LONG).putLong(number);
      } else if (value instanceof Boolean truth) {
        to.put(truth ? TRUE : FALSE);
      } else if (value == null) {
        to.put(NULL);
      } else if (value instanceof Float number) {
        to.put(FLOAT).putInt(Float.floatToRawIntBits(number));
      } else if (value instanceof Character character) {
        to.put(CHAR).putChar(character);
      } else if (value instanceof Short number) {
        to.put(SHORT).putShort(number);
      } else if (value instanceof Byte number) {
        to.put(BYTE).put(number);
      } else {
        return false;
      }
      count++;
      return true;
    }

    private ByteBuffer room(int more) {
      if (bytes.remaining() < more) {
        int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
        bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
      }
      return bytes;
    }

    /// {@return how many there are}
    public int count() {
      return count;
    }

    /// {@return how many bytes they take}
    public int size() {
      return bytes.position();
    }

    /// {@return a copy of all}
    public Payload payload() {
      byte[] copy = new byte[bytes.position()];
      bytes.get(0, copy);
      return Payload.of(copy);
    }
  }

  /// Takes elements apart. Damaged bytes end in an [IllegalStateException].
  public static final class Reader {

    private final ByteBuffer bytes;
    private int tag;

    /// Starts before the first one.
    public Reader(Payload pack) {
      bytes = ByteBuffer.wrap(pack.bytes());
    }

    /// {@return whether there is another one}
    public boolean hasNext() {
      return bytes.hasRemaining();
    }

    /// {@return whether the next one is a plain value, not a payload}
    public boolean isPlain() {
      return bytes.hasRemaining() && bytes.get(bytes.position()) >= NULL;
    }

    /// {@return the next one, a payload}
    ///
    /// @throws NoSuchElementException if there is none
    public Payload next() {
      byte[] content = new byte[startPayload()];
      bytes.get(content);
      return Payload.of(content);
    }

    private int startPayload() {
      if (!bytes.hasRemaining()) {
        throw new NoSuchElementException("the pack has no further element");
      }
      int length = bytes.remaining() < HEAD_BYTES ? -1 : bytes.getInt(bytes.position() + 1);
      if (length < 0 || length > bytes.remaining() - HEAD_BYTES) {
        throw new IllegalStateException(
            "the bytes are damaged: %d of a pack are left, its next payload has %d"
                .formatted(bytes.remaining(), length));
      }
      tag = bytes.get();
      bytes.getInt();
      return length;
    }

    /// {@return the next one, a plain value}
    public @Nullable Object nextPlain() {
      try {
        byte kind = bytes.get();
        return switch (kind) {
          case INT -> bytes.getInt();
          case DOUBLE -> Double.longBitsToDouble(bytes.getLong());
          case LONG -> bytes.getLong();
          case FALSE -> false;
          case TRUE -> true;
          case NULL -> null;
          case FLOAT -> Float.intBitsToFloat(bytes.getInt());
          case CHAR -> bytes.getChar();
          case SHORT -> bytes.getShort();
          case BYTE -> bytes.get();
          default ->
              throw new IllegalStateException(
                  "the bytes are damaged: no plain value is of kind " + kind);
        };
      } catch (BufferUnderflowException e) {
        throw new IllegalStateException("the bytes are damaged: a pack ends too early", e);
      }
    }

    private void skip() {
      if (isPlain()) {
        Object unused = nextPlain();
      } else {
        int length = startPayload();
        bytes.position(bytes.position() + length);
      }
    }

    /// {@return the tag of the payload that [#next] returned last}
    public int tag() {
      return tag;
    }
  }
}
