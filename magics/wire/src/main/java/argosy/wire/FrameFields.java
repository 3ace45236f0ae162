package argosy.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The fields of one frame, read in order. Never allocates more than the frame has bytes.
final class FrameFields {

  private final ByteBuffer frame;
  private final int tag;

  FrameFields(ByteBuffer frame) throws MalformedFrameException {
    this.frame = frame;
    this.tag = getByte();
  }

  int tag() {
    return tag;
  }

  int getByte() throws MalformedFrameException {
    try {
      return frame.get();
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  int getInt() throws MalformedFrameException {
    try {
      return frame.getInt();
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  long getLong() throws MalformedFrameException {
    try {
      return frame.getLong();
    } catch (BufferUnderflowException e) {
      throw tooShort();
    }
  }

  List<Long> getLongs() throws MalformedFrameException {
    int count = getCount(Long.BYTES);
    List<Long> numbers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      numbers.add(getLong());
    }
    return numbers;
  }

  ContentId getId() throws MalformedFrameException {
    return new ContentId(getLong(), getLong());
  }

  String getString() throws MalformedFrameException {
    return new String(getBytes(), StandardCharsets.UTF_8);
  }

  Payload getPayload() throws MalformedFrameException {
    return Payload.of(getBytes());
  }

  /// Reads how many elements follow, each of at least `elementBytes`.
  int getCount(int elementBytes) throws MalformedFrameException {
    int count = getInt();
    if (count < 0 || (long) count * elementBytes > frame.remaining()) {
      throw new MalformedFrameException(
          "frame %#x announces %,d elements in %,d bytes".formatted(tag, count, frame.remaining()));
    }
    return count;
  }

  private byte[] getBytes() throws MalformedFrameException {
    byte[] bytes = new byte[getCount(1)];
    frame.get(bytes);
    return bytes;
  }

  void end() throws MalformedFrameException {
    if (frame.hasRemaining()) {
      throw new MalformedFrameException(
          "frame %#x has %,d bytes too many".formatted(tag, frame.remaining()));
    }
  }

  private MalformedFrameException tooShort() {
    return new MalformedFrameException("frame %#x ends too early".formatted(tag));
  }
}
