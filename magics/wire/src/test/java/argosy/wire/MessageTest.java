package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.wire.FromWorker.ActorCalled;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.FromWorker.OutputWritten;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.FromWorker.TasksRecalled;
import argosy.wire.FromWorker.ThreadsDumped;
import argosy.wire.FromWorker.ValueForgotten;
import argosy.wire.FromWorker.WaitBegan;
import argosy.wire.FromWorker.WaitEnded;
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
import argosy.wire.ToWorker.GiveAnswer;
import argosy.wire.ToWorker.GiveMemory;
import argosy.wire.ToWorker.RecallTasks;
import argosy.wire.ToWorker.RunChunk;
import argosy.wire.ToWorker.RunTasks;
import argosy.wire.ToWorker.SkipTask;
import argosy.wire.ToWorker.Stop;
import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {

  private static final ContentId ID = new ContentId(1, -2);
  private static final Payload SMALL = Payload.of(new byte[] {1, 2, 3});

  static Stream<ToWorker> toWorker() {
    return Stream.of(
        new ExtendClassPath(List.of("/a b.jar", "ö")),
        new DefineClass(new ClassDefinition("a.B$C", ID, SMALL)),
        new DefineClosure(
            new ClosureDefinition(
                ID,
                List.of(ID, new ContentId(7, 8)),
                true,
                false,
                List.of(new ValueUse(9, 1, true)),
                List.of(new PartUse(ID, List.of(1), List.of(0, 0), false)),
                SMALL)),
        new ForgetClosure(ID),
        new ForgetClass(ID),
        new RunTasks(
            ID,
            List.of(
                new TaskCall(1, 2, SMALL, List.of(5L, 6L)),
                new TaskCall(3, 4, Payload.EMPTY, List.of()))),
        new RunTasks(ID, List.of(new TaskCall(1, 2, Payload.of(new byte[300_000]), List.of()))),
        new DefineValue(3, new ValueForm(ArrayKind.DOUBLE, 7, false), null),
        new DefineValue(
            3, new ValueForm(ArrayKind.BYTE, 7, true), new Range("/proc/1/fd/2", 64, 7)),
        new AppendToValue(3, SMALL),
        new ForgetValue(3),
        new DefinePart(ID, SMALL),
        new ForgetPart(ID),
        new GiveMemory(null),
        new GiveMemory(new Range("f", 0, 9)),
        new RunChunk(ID, 7, -3, 1_000_000, 1, pack().payload()),
        new RunChunk(ID, 7, -3, 1_000_000, 100, nulls(100)),
        new GiveAnswer(7, true, SMALL),
        new CancelTask(Long.MIN_VALUE),
        new SkipTask(Long.MAX_VALUE),
        new RecallTasks(List.of(), List.of()),
        new RecallTasks(List.of(1L, Long.MAX_VALUE), List.of(7L, 9L)),
        new DumpThreads(-7),
        new Stop());
  }

  static Stream<FromWorker> fromWorker() {
    return Stream.of(
        new TasksRecalled(List.of(), 5L),
        new TasksRecalled(List.of(2L, 3L), 0L),
        new ThreadsDumped(3, "\"main\" RUNNABLE\n    at ö"),
        new TaskReturned(1, 2, SMALL, List.of()),
        new TaskReturned(
            1,
            2,
            SMALL,
            List.of(new SentValue(new ValueForm(ArrayKind.INT, 3, false), new Range("f", 8, 12)))),
        new ValueForgotten(7),
        new MemoryWanted(new ValueForm(ArrayKind.LONG, 1 << 30, false)),
        new MemoryUnused(new Range("f#3", 8, 12)),
        new ActorCalled(1, 2, 3, -4, SMALL),
        new WaitBegan(5, 2),
        new WaitEnded(6),
        new TaskThrew(1, 2, SMALL),
        new TaskBroke(1, 2, "because\n"),
        new TaskStopped(1, 2),
        new ChunkEnded(1, 2, 1, 1, pack().payload(), List.of()),
        new ChunkEnded(1, 2, 100, 0, nulls(100), List.of()),
        new ChunkEnded(
            1,
            2,
            1,
            0,
            pack().payload(),
            List.of(new SentValue(new ValueForm(ArrayKind.INT, 3, false), new Range("f", 8, 12)))),
        new OutputWritten(1, true, "ä line\n"));
  }

  private static Payload nulls(int count) {
    Pack.Writer pack = new Pack.Writer();
    for (int i = 0; i < count; i++) {
      assertThat(pack.addPlain(null)).isTrue();
    }
    return pack.payload();
  }

  private static Pack.Writer pack() {
    Pack.Writer pack = new Pack.Writer();
    pack.add(ChunkEnded.THREW, SMALL);
    return pack;
  }

  static byte[] bytes(ToWorker message) throws IOException {
    FrameOutput out = new FrameOutput();
    message.write(out);
    return written(out);
  }

  private static byte[] written(FrameOutput out) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(out.writeTo(Channels.newChannel(bytes))).isTrue();
    assertThat(out.isEmpty()).isTrue();
    return bytes.toByteArray();
  }

  private static ByteBuffer onlyFrame(byte[] bytes) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(bytes);
    int length = all.getInt();
    assertThat(all.getInt()).isEqualTo(length ^ Protocol.MAGIC);
    assertThat(all.remaining()).isEqualTo(length);
    return all.slice();
  }

  @ParameterizedTest
  @MethodSource
  void toWorker(ToWorker message) throws IOException {
    assertThat(ToWorker.read(onlyFrame(bytes(message)))).isEqualTo(message);
  }

  @ParameterizedTest
  @MethodSource
  void fromWorker(FromWorker message) throws IOException {
    FrameOutput out = new FrameOutput();
    message.write(out);

    assertThat(FromWorker.read(onlyFrame(written(out)))).isEqualTo(message);
  }

  @Test
  void aHelloIsKnownByItsTokenOnly() throws IOException {
    FrameOutput out = new FrameOutput();
    new Hello(1, SMALL, Hello.Channel.CONTROL, 42, "17.0.1").write(out);

    Hello hello = Hello.read(onlyFrame(written(out)));

    assertThat(hello).isEqualTo(new Hello(1, SMALL, Hello.Channel.CONTROL, 42, "17.0.1"));
    assertThat(hello.knows(SMALL)).isTrue();
    assertThat(hello.knows(Payload.of(new byte[] {1, 2, 4}))).isFalse();
    assertThat(hello.knows(Payload.EMPTY)).isFalse();
  }

  @Test
  void aFrameWithBytesTooManyIsRejected() throws IOException {
    byte[] bytes = bytes(new CancelTask(1));
    ByteBuffer longer =
        ByteBuffer.allocate(bytes.length - 3).put(bytes, 4, bytes.length - 4).rewind();

    assertThatThrownBy(() -> ToWorker.read(longer)).isInstanceOf(MalformedFrameException.class);
  }

  @Test
  void aCountThatTheFrameCannotHoldAllocatesNothing() {
    ByteBuffer frame = ByteBuffer.allocate(5).put((byte) 0x10).putInt(Integer.MAX_VALUE).flip();

    assertThatThrownBy(() -> ToWorker.read(frame))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessageContaining("2,147,483,647 elements");
  }

  @Test
  void damagedFramesAreRejectedOrReadButNeverAnythingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(20261125);
    List<ToWorker> messages = toWorker().filter(m -> !m.toString().contains("300000")).toList();
    for (int i = 0; i < 100_000; i++) {
      byte[] frame = bytes(messages.get(random.nextInt(messages.size())));
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        frame[random.nextInt(4, frame.length)] = (byte) random.nextInt(256);
      }
      ByteBuffer cut = ByteBuffer.wrap(frame, 4, random.nextInt(0, frame.length - 3));
      readBoth(cut);
    }
  }

  private static void readBoth(ByteBuffer frame) {
    try {
      assertThat(ToWorker.read(frame.slice())).isNotNull();
    } catch (MalformedFrameException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try {
      assertThat(FromWorker.read(frame.slice())).isNotNull();
    } catch (MalformedFrameException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
