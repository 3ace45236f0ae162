package argosy.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Frames on their way into a channel, in order. Confined to its caller.
///
/// Small fields are gathered in one array; a large payload is not copied but queued as it is, so
/// nobody may write to its bytes until [#writeTo] has returned true.
public final class FrameOutput {

  /// From here on a payload is cheaper to queue than to copy.
  private static final int LARGE_BYTES = 16 << 10;

  /// How much goes into one write.
  private static final int SLICE_BYTES = 64 << 10;

  private static final int INITIAL_BYTES = 4 << 10;

  /// A gathering array that grew beyond this is not kept.
  private static final int KEPT_BYTES = 256 << 10;

  private final ArrayDeque<ByteBuffer> segments = new ArrayDeque<>();

  /// What a channel is given, so that the JDK keeps no direct buffer of its own for each thread.
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(SLICE_BYTES).limit(0);

  private ByteBuffer gathering = ByteBuffer.allocate(INITIAL_BYTES);

  private @Nullable ByteBuffer frameStart;
  private int lengthIndex;
  private long frameBytes;

  /// Starts a frame.
  void begin(byte tag) {
    reserve(Protocol.HEADER_BYTES);
    frameStart = gathering;
    lengthIndex = gathering.position();
    gathering.putLong(0);
    frameBytes = 0;
    putByte(tag);
  }

  /// Ends the frame and notes its length. Whoever makes a message keeps it within
  /// [Protocol#MAX_FRAME_BYTES].
  void end() {
    if (frameBytes > Protocol.MAX_FRAME_BYTES) {
      throw new IllegalStateException("a frame of %,d bytes".formatted(frameBytes));
    }
    // A larger gathering array took the old one's content over, unless that had become a segment.
    int length = (int) frameBytes;
    Objects.requireNonNull(frameStart, "no frame was begun")
        .putInt(lengthIndex, length)
        .putInt(lengthIndex + Integer.BYTES, length ^ Protocol.MAGIC);
    frameStart = null;
  }

  void putByte(int value) {
    reserve(1).put((byte) value);
    frameBytes += 1;
  }

  void putInt(int value) {
    reserve(Integer.BYTES).putInt(value);
    frameBytes += Integer.BYTES;
  }

  void putLong(long value) {
    reserve(Long.BYTES).putLong(value);
    frameBytes += Long.BYTES;
  }

  void putLongs(List<Long> values) {
    putInt(values.size());
    values.forEach(this::putLong);
  }

  void putId(ContentId id) {
    putLong(id.high());
    putLong(id.low());
  }

  void putString(String value) {
    putBytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void putPayload(Payload payload) {
    putBytes(payload.bytes());
  }

  private void putBytes(byte[] bytes) {
    putInt(bytes.length);
    if (bytes.length < LARGE_BYTES) {
      reserve(bytes.length).put(bytes);
    } else {
      segments.add(gathering.flip());
      segments.add(ByteBuffer.wrap(bytes));
      gathering = ByteBuffer.allocate(INITIAL_BYTES);
    }
    frameBytes += bytes.length;
  }

  @SuppressWarnings("ReferenceEquality") // whether the frame started in this very array
  private ByteBuffer reserve(int bytes) {
    if (gathering.remaining() < bytes) {
      ByteBuffer larger =
          ByteBuffer.allocate(Math.max(2 * gathering.capacity(), gathering.position() + bytes));
      larger.put(gathering.flip());
      if (frameStart == gathering) {
        frameStart = larger;
      }
      gathering = larger;
    }
    return gathering;
  }

  /// {@return whether nothing waits to be written}
  public boolean isEmpty() {
    return !outgoing.hasRemaining() && segments.isEmpty() && gathering.position() == 0;
  }

  /// {@return how many bytes wait to be written}
  public long size() {
    long size = (long) outgoing.remaining() + gathering.position();
    for (ByteBuffer segment : segments) {
      size += segment.remaining();
    }
    return size;
  }

  /// Writes as much as the channel takes. Blocks only if the channel does.
  ///
  /// @return whether everything is written
  public boolean writeTo(WritableByteChannel channel) throws IOException {
    while (true) {
      while (outgoing.hasRemaining()) {
        if (channel.write(outgoing) == 0) {
          return false;
        }
      }
      if (isEmpty()) {
        return true;
      }
      refill();
    }
  }

  private void refill() {
    outgoing.clear();
    for (ByteBuffer segment; (segment = segments.peek()) != null && outgoing.hasRemaining(); ) {
      move(segment);
      if (!segment.hasRemaining()) {
        segments.remove();
      }
    }
    if (segments.isEmpty()) {
      move(gathering.flip());
      if (gathering.capacity() > KEPT_BYTES && !gathering.hasRemaining()) {
        gathering = ByteBuffer.allocate(INITIAL_BYTES);
      } else {
        gathering.compact();
      }
    }
    outgoing.flip();
  }

  private void move(ByteBuffer source) {
    int bytes = Math.min(source.remaining(), outgoing.remaining());
    outgoing.put(outgoing.position(), source, source.position(), bytes);
    outgoing.position(outgoing.position() + bytes);
    source.position(source.position() + bytes);
  }
}
