package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.wire.ToWorker.CancelTask;
import argosy.wire.ToWorker.RunTasks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameTest {

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void framesArriveWholeAndInOrderThroughAChannelThatTakesAndGivesWhatItLikes(long seed)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Trickle channel = new Trickle(random);
    FrameOutput out = new FrameOutput();
    FrameInput in = new FrameInput(Protocol.MAX_FRAME_BYTES);
    List<ToWorker> sent = new ArrayList<>();
    List<ToWorker> received = new ArrayList<>();

    while (sent.size() < 200 || received.size() < sent.size()) {
      if (sent.size() < 200 && random.nextBoolean()) {
        ToWorker message = message(random);
        message.write(out);
        sent.add(message);
      }
      boolean isDone = out.writeTo(channel);
      assertThat(isDone).isEqualTo(out.isEmpty());
      for (int reads = random.nextInt(4); reads > 0; reads--) {
        assertThat(in.fill(channel)).isNotNegative();
        for (ByteBuffer frame; (frame = in.next()) != null; ) {
          received.add(ToWorker.read(frame));
        }
      }
    }

    assertThat(received).isEqualTo(sent);
  }

  private static ToWorker message(SplittableRandom random) {
    int size =
        switch (random.nextInt(10)) {
          case 0 -> random.nextInt(300_000);
          case 1 -> 65_536 - random.nextInt(64);
          case 2, 3 -> random.nextInt(20_000);
          default -> random.nextInt(100);
        };
    if (size < 10) {
      return new CancelTask(size);
    }
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return new RunTasks(
        new ContentId(size, 1),
        List.of(
            new TaskCall(1, 2, Payload.of(bytes), List.of()),
            new TaskCall(2, 3, Payload.of(new byte[5]), List.of(4L))));
  }

  @Test
  void aFrameThatIsTooLongIsRejectedByItsLengthAlone() throws IOException {
    FrameInput in = new FrameInput(Protocol.MAX_HELLO_BYTES);
    in.fill(new Once(header(Protocol.MAX_HELLO_BYTES + 1)));

    assertThatThrownBy(in::next)
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("1,025 bytes");
  }

  @Test
  void aNegativeLengthIsRejected() throws IOException {
    FrameInput in = new FrameInput(Protocol.MAX_FRAME_BYTES);
    in.fill(new Once(header(-1)));

    assertThatThrownBy(in::next).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void theLengthOfAHugeFrameAllocatesLittle() throws IOException {
    FrameInput in = new FrameInput(Protocol.MAX_FRAME_BYTES);
    in.fill(new Once(header(Protocol.MAX_FRAME_BYTES)));
    long before = usedBytes();

    assertThat(in.next()).isNull();

    assertThat(usedBytes() - before).isLessThan(100L << 20);
  }

  @Test
  void whatIsNoFrameIsFoundAtOnce() throws IOException {
    FrameInput in = new FrameInput(Protocol.MAX_FRAME_BYTES);
    in.fill(new Once(ByteBuffer.wrap("********".getBytes(StandardCharsets.US_ASCII))));

    assertThatThrownBy(in::next).isInstanceOf(MalformedFrameException.class);
  }

  private static ByteBuffer header(int length) {
    return ByteBuffer.allocate(Protocol.HEADER_BYTES)
        .putInt(length)
        .putInt(length ^ Protocol.MAGIC)
        .flip();
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /// Takes and gives a random part of what it is offered, and sometimes nothing.
  private static final class Trickle implements ReadableByteChannel, WritableByteChannel {

    private static final int CAPACITY = 100_000;

    private final SplittableRandom random;
    private final ByteBuffer content = ByteBuffer.allocate(CAPACITY);

    Trickle(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public int write(ByteBuffer source) {
      int bytes =
          Math.min(random.nextInt(80_000), Math.min(source.remaining(), content.remaining()));
      content.put(content.position(), source, source.position(), bytes);
      content.position(content.position() + bytes);
      source.position(source.position() + bytes);
      return bytes;
    }

    @Override
    public int read(ByteBuffer target) {
      content.flip();
      int bytes =
          Math.min(random.nextInt(80_000), Math.min(content.remaining(), target.remaining()));
      target.put(target.position(), content, 0, bytes);
      target.position(target.position() + bytes);
      content.position(bytes);
      content.compact();
      return bytes;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /// Gives its content, then ends.
  private record Once(ByteBuffer content) implements ReadableByteChannel {

    @Override
    public int read(ByteBuffer target) {
      if (!content.hasRemaining()) {
        return -1;
      }
      int bytes = content.remaining();
      target.put(content);
      return bytes;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
