package argosy.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/// Frames on their way out of a channel. Confined to its caller.
///
/// ```java
/// while (input.fill(channel) >= 0) {
///   for (ByteBuffer frame; (frame = input.next()) != null; ) { … }
/// }
/// ```
public final class FrameInput {

  private static final int BUFFER_BYTES = 64 << 10;

  /// A longer frame gets its memory as its bytes arrive: a length alone allocates no more than
  /// this.
  private static final int TRUSTED_BYTES = 16 << 20;

  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);
  private int maxFrameBytes;

  /// The part of a frame that is larger than the buffer, or null.
  private @Nullable ByteBuffer large;

  private int largeBytes;

  /// Reads frames of up to so many bytes.
  public FrameInput(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /// Changes the bound, as when a peer has shown its token.
  public void allow(int maxFrameBytes) {
    this.maxFrameBytes = maxFrameBytes;
  }

  /// Reads once from the channel. A frame that [#next] returned is no longer valid afterwards.
  ///
  /// @return how many bytes, 0 if a non-blocking channel has none, or -1 at the end
  public int fill(ReadableByteChannel channel) throws IOException {
    ByteBuffer part = large;
    if (part != null) {
      if (!part.hasRemaining()) {
        part = grow(part);
        large = part;
      }
      int end = part.limit();
      part.limit(Math.min(end, part.position() + 2 * BUFFER_BYTES));
      try {
        return channel.read(part);
      } finally {
        part.limit(end);
      }
    }
    buffer.compact();
    try {
      return channel.read(buffer);
    } finally {
      buffer.flip();
    }
  }

  private ByteBuffer grow(ByteBuffer part) {
    int capacity = (int) Math.min(largeBytes, 2L * part.capacity());
    return ByteBuffer.allocate(capacity).put(part.flip());
  }

  /// {@return whether [#next] has a frame to return, as far as its length tells}
  public boolean hasNext() {
    ByteBuffer part = large;
    if (part != null) {
      return part.position() == largeBytes;
    }
    return buffer.remaining() >= Protocol.HEADER_BYTES
        && buffer.remaining() - Protocol.HEADER_BYTES >= buffer.getInt(buffer.position());
  }

  /// {@return the next whole frame, its tag first, valid until [#fill]; or null if none is
  /// complete}
  ///
  /// @throws MalformedFrameException if something else than a frame has been read, or one that is
  ///   longer than allowed, or shorter than a tag
  public @Nullable ByteBuffer next() throws MalformedFrameException {
    ByteBuffer part = large;
    if (part != null) {
      if (part.position() < largeBytes) {
        return null;
      }
      large = null;
      return part.flip();
    }
    if (buffer.remaining() < Protocol.HEADER_BYTES) {
      return null;
    }
    int length = buffer.getInt(buffer.position());
    if (buffer.getInt(buffer.position() + Integer.BYTES) != (length ^ Protocol.MAGIC)) {
      throw new MalformedFrameException("no frame of this protocol begins with these bytes");
    }
    if (length < 1 || length > maxFrameBytes) {
      throw new MalformedFrameException(
          "a frame of %,d bytes; this peer may send 1 to %,d".formatted(length, maxFrameBytes));
    }
    if (length > BUFFER_BYTES - Protocol.HEADER_BYTES) {
      buffer.position(buffer.position() + Protocol.HEADER_BYTES);
      largeBytes = length;
      ByteBuffer start = ByteBuffer.allocate(Math.min(length, TRUSTED_BYTES));
      // The buffer is smaller than the frame: all that is in it belongs to the frame.
      large = start.put(buffer);
      return null;
    }
    if (buffer.remaining() < Protocol.HEADER_BYTES + length) {
      return null;
    }
    ByteBuffer frame = buffer.slice(buffer.position() + Protocol.HEADER_BYTES, length);
    buffer.position(buffer.position() + Protocol.HEADER_BYTES + length);
    return frame;
  }
}
