package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.OutputWritten;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.FromWorker.TasksRecalled;
import argosy.wire.FromWorker.ThreadsDumped;
import argosy.wire.Hello.Channel;
import argosy.wire.ToWorker.AppendToValue;
import argosy.wire.ToWorker.CancelTask;
import argosy.wire.ToWorker.DefineClass;
import argosy.wire.ToWorker.DefineClosure;
import argosy.wire.ToWorker.DefinePart;
import argosy.wire.ToWorker.DefineValue;
import argosy.wire.ToWorker.DumpThreads;
import argosy.wire.ToWorker.ExtendClassPath;
import argosy.wire.ToWorker.ForgetClass;
import argosy.wire.ToWorker.ForgetClosure;
import argosy.wire.ToWorker.ForgetPart;
import argosy.wire.ToWorker.ForgetValue;
import argosy.wire.ToWorker.GiveMemory;
import argosy.wire.ToWorker.RecallTasks;
import argosy.wire.ToWorker.RunChunk;
import argosy.wire.ToWorker.RunTasks;
import argosy.wire.ToWorker.SkipTask;
import argosy.wire.ToWorker.Stop;
import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whatever arrives, reading it ends, either with messages or with [MalformedFrameException], and
/// takes no more memory than the bytes are worth.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class FuzzTest {

  private static final int INPUTS = 100_000;

  /// A frame input's own buffers, and the bookkeeping of a test.
  private static final long ALLOWED_BYTES = 1 << 20;

  private final SplittableRandom random = new SplittableRandom(7);
  private int read;
  private int rejected;

  @Test
  void everyInputIsReadOrRejectedAndNoneCostsMoreThanItIsWorth() throws IOException {
    List<byte[]> valid = valid();
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = mutated(valid);
      long before = threads.getCurrentThreadAllocatedBytes();

      readAll(input);

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated)
          .as("bytes allocated for input %d of %d bytes", i, input.length)
          .isLessThan(ALLOWED_BYTES + 64L * input.length);
    }

    // The test feeds both: what is understood, and what is not.
    assertThat(read).isGreaterThan(INPUTS / 20);
    assertThat(rejected).isGreaterThan(INPUTS / 4);
  }

  private void readAll(byte[] input) throws IOException {
    ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(input));
    // As small as what a stranger may send, so that lengths around the bound are common.
    FrameInput frames = new FrameInput(1 << 16);
    try {
      while (frames.fill(channel) >= 0) {
        for (ByteBuffer frame; (frame = frames.next()) != null; ) {
          readAs(frame);
        }
      }
    } catch (MalformedFrameException e) {
      rejected++;
    }
  }

  /// A peer reads what is meant for it; here every frame is everybody's.
  private void readAs(ByteBuffer frame) {
    int before = read;
    attempt(frame, f -> ToWorker.read(f));
    attempt(frame, f -> FromWorker.read(f));
    attempt(frame, f -> Hello.read(f));
    if (read == before) {
      rejected++;
    }
  }

  private interface Reader {
    Object read(ByteBuffer frame) throws MalformedFrameException;
  }

  private void attempt(ByteBuffer frame, Reader reader) {
    try {
      assertThat(reader.read(frame.duplicate())).isNotNull();
      read++;
    } catch (MalformedFrameException e) {
      // Not for this reader.
    }
  }

  // ---- inputs

  private static List<byte[]> valid() throws IOException {
    ContentId id = new ContentId(1, 2);
    Payload payload = Payload.of(new byte[] {1, 2, 3, 4, 5});
    List<Consumer<FrameOutput>> messages =
        List.of(
            out ->
                new RunTasks(
                        id,
                        List.of(
                            new TaskCall(1, 2, payload, List.of(5L)),
                            new TaskCall(3, 4, payload, List.of())))
                    .write(out),
            new DefineClosure(
                    new ClosureDefinition(
                        id,
                        List.of(id, id),
                        true,
                        false,
                        List.of(new ValueUse(9, 1, true)),
                        List.of(new PartUse(id, List.of(1), List.of(0, 0), false)),
                        payload))
                ::write,
            new DefineValue(3, new ValueForm(ArrayKind.BYTE, 7, true), new Range("f", 64, 7))
                ::write,
            new AppendToValue(3, payload)::write,
            new ForgetValue(3)::write,
            new DefinePart(id, payload)::write,
            new ForgetPart(id)::write,
            new GiveMemory(new Range("f", 0, 9))::write,
            new DefineClass(new ClassDefinition("a.B", id, payload))::write,
            new ForgetClosure(id)::write,
            new ForgetClass(id)::write,
            new CancelTask(5)::write,
            new SkipTask(6)::write,
            new RecallTasks(List.of(6L, 7L), List.of(1L, 2L))::write,
            new DumpThreads(8)::write,
            new ThreadsDumped(8, "threads")::write,
            new TasksRecalled(List.of(7L), 9L)::write,
            new ExtendClassPath(List.of("a.jar", "b"))::write,
            new Stop()::write,
            new TaskReturned(1, 2, payload, List.of())::write,
            new ChunkEnded(
                    1,
                    2,
                    1,
                    0,
                    payload,
                    List.of(
                        new SentValue(
                            new ValueForm(ArrayKind.INT, 3, false), new Range("f", 8, 12))))
                ::write,
            new RunChunk(id, 7, -3, 1_000_000, 1, payload)::write,
            new TaskThrew(1, 2, payload)::write,
            new TaskBroke(1, 2, "printed")::write,
            new TaskStopped(1, 2)::write,
            new OutputWritten(1, true, "line\n")::write,
            new Hello(Protocol.VERSION, payload, Channel.DATA, 17, "25")::write);
    List<byte[]> valid = new ArrayList<>();
    for (Consumer<FrameOutput> message : messages) {
      FrameOutput out = new FrameOutput();
      message.accept(out);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      assertThat(out.writeTo(Channels.newChannel(bytes))).isTrue();
      valid.add(bytes.toByteArray());
    }
    return valid;
  }

  private byte[] mutated(List<byte[]> valid) {
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      return noise;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      bytes.writeBytes(valid.get(random.nextInt(valid.size())));
    }
    byte[] input = bytes.toByteArray();
    for (int i = random.nextInt(4); i > 0; i--) {
      input = mutate(input);
    }
    return input;
  }

  private byte[] mutate(byte[] input) {
    if (input.length < 16) {
      return input;
    }
    int at = random.nextInt(input.length);
    switch (random.nextInt(6)) {
      case 0 -> input[at] = (byte) random.nextInt();
      case 1 -> input[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> ByteBuffer.wrap(input).putInt(Math.min(at, input.length - 4), interesting());
      // A length with the check that belongs to it: only what follows can be wrong.
      case 3 -> {
        int length = interesting();
        ByteBuffer.wrap(input).putInt(length).putInt(length ^ Protocol.MAGIC);
      }
      case 4 -> {
        return java.util.Arrays.copyOf(input, at);
      }
      default -> {
        byte[] longer = new byte[input.length + random.nextInt(64)];
        System.arraycopy(input, 0, longer, longer.length - input.length, input.length);
        return longer;
      }
    }
    return input;
  }

  private int interesting() {
    int[] values = {0, 1, -1, 17, 1 << 16, (1 << 16) + 1, 1 << 30, Integer.MAX_VALUE, 1 << 31};
    return values[random.nextInt(values.length)];
  }
}
