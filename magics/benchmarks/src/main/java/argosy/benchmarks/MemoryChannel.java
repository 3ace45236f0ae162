package argosy.benchmarks;

import argosy.wire.FrameInput;
import argosy.wire.FrameOutput;
import argosy.wire.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// A channel in memory: what is framed into it is read again, without a socket.
final class MemoryChannel implements ReadableByteChannel, WritableByteChannel {

  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
  private final FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);

  /// {@return the frame of what has been written}
  ///
  /// @throws IOException never: memory is always ready
  ByteBuffer passed(FrameOutput output) throws IOException {
    boolean isWritten = output.writeTo(this);
    ByteBuffer frame = null;
    while (frame == null && isWritten) {
      int _ = input.fill(this);
      frame = input.next();
    }
    if (frame == null) {
      throw new IOException("memory is always ready");
    }
    return frame;
  }

  @Override
  public int write(ByteBuffer source) {
    int size = source.remaining();
    bytes.put(source);
    return size;
  }

  @Override
  public int read(ByteBuffer target) {
    bytes.flip();
    int size = Math.min(bytes.remaining(), target.remaining());
    target.put(target.position(), bytes, 0, size);
    target.position(target.position() + size);
    bytes.position(size);
    bytes.compact();
    return size;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
