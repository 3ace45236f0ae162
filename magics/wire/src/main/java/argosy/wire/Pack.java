package argosy.wire;

import java.nio.ByteBuffer;
import java.util.NoSuchElementException;

/// Payloads one after the other in one array: what a chunk of tasks takes along or brings back.
///
/// ```text
///  0     1        5
/// +-----+--------+-------+-----+--
/// | tag | length | bytes | tag | …      the tag says what the bytes are; length is big-endian
/// +-----+--------+-------+-----+--
/// ```
///
/// Confined to its caller.
public final class Pack {

  /// The bytes before each payload.
  public static final int HEAD_BYTES = 1 + Integer.BYTES;

  private static final int INITIAL_BYTES = 512;

  private Pack() {}

  /// Puts payloads together.
  public static final class Writer {

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES);
    private int count;

    /// Appends one.
    public void add(int tag, Payload payload) {
      int more = HEAD_BYTES + payload.size();
      if (bytes.remaining() < more) {
        int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
        bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
      }
      bytes.put((byte) tag).putInt(payload.size()).put(payload.bytes());
      count++;
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

  /// Takes payloads apart.
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

    /// {@return the next one}
    ///
    /// @throws NoSuchElementException if there is none
    /// @throws IllegalStateException if the bytes are damaged
    public Payload next() {
      if (!bytes.hasRemaining()) {
        throw new NoSuchElementException("the pack has no further payload");
      }
      int length = bytes.remaining() < HEAD_BYTES ? -1 : bytes.getInt(bytes.position() + 1);
      if (length < 0 || length > bytes.remaining() - HEAD_BYTES) {
        throw new IllegalStateException(
            "the bytes are damaged: %d of a pack are left, its next payload has %d"
                .formatted(bytes.remaining(), length));
      }
      tag = bytes.get();
      byte[] content = new byte[length];
      bytes.getInt();
      bytes.get(content);
      return Payload.of(content);
    }

    /// {@return the tag of the one that [#next] returned last}
    public int tag() {
      return tag;
    }
  }
}
