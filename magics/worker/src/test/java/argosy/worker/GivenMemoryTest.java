package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FrameInput;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.MemoryWanted;
import argosy.wire.Protocol;
import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GivenMemoryTest {

  private static final ValueForm SMALL = ValueForm.of(new double[10_000], false);
  private static final ValueForm OTHER = ValueForm.of(new int[30_000], false);
  private static final ValueForm LARGE = ValueForm.of(new double[100_000], false);
  private static final ValueForm HUGE = ValueForm.of(new double[1_000_000], false);

  @TempDir Path folder;

  private SocketPair sockets;
  private GivenMemory memory;
  private final BlockingQueue<FromWorker> heard = new LinkedBlockingQueue<>();

  /// A kernel that answers each question with a range of its own, numbered by where it begins.
  @BeforeEach
  void startKernel() throws IOException {
    sockets = SocketPair.in(folder);
    Replies replies = new Replies(sockets.worker());
    replies.startFlusher(() -> {});
    memory = new GivenMemory(replies);
    Thread thread = new Thread(this::answer);
    thread.setDaemon(true);
    thread.start();
  }

  @AfterEach
  void disconnect() throws IOException {
    sockets.close();
  }

  private void answer() {
    FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);
    long number = 0;
    try {
      sockets.kernel().configureBlocking(true);
      while (input.fill(sockets.kernel()) >= 0) {
        for (ByteBuffer frame; (frame = input.next()) != null; ) {
          FromWorker message = FromWorker.read(frame);
          heard.add(message);
          if (message instanceof MemoryWanted wanted) {
            memory.given(range(++number, wanted.form()));
          }
        }
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static Range range(long number, ValueForm form) {
    return new Range("file", number * Long.BYTES, form.bytes());
  }

  private void takeTwice(ValueForm form) {
    assertThat(memory.take(form)).isEqualTo(range(1, form));
    assertThat(memory.take(form)).isEqualTo(range(2, form));
  }

  @Test
  void asksForLargeOnesOnly() throws Exception {
    assertThat(memory.take(SMALL)).isNull();
    assertThat(memory.take(LARGE)).isEqualTo(range(1, LARGE));

    assertThat(heard.take()).isEqualTo(new MemoryWanted(LARGE));
  }

  @Test
  void asksAheadWhenValuesAreAlike() throws Exception {
    assertThat(memory.take(SMALL)).isNull();
    assertThat(memory.take(SMALL)).isEqualTo(range(1, SMALL));
    assertThat(heard.take()).isEqualTo(new MemoryWanted(SMALL));
    // It is on its way without another question.
    assertThat(heard.take()).isEqualTo(new MemoryWanted(SMALL));

    assertThat(memory.take(SMALL)).isEqualTo(range(2, SMALL));
  }

  @Test
  void givesBackWhatWasMeantForAnotherForm() throws Exception {
    takeTwice(LARGE);

    assertThat(memory.take(OTHER)).isNull();
    assertThat(memory.take(OTHER)).isEqualTo(range(4, OTHER));

    assertThat(heard).contains(new MemoryUnused(range(3, LARGE)));
  }

  @Test
  void givesBackWhatIsReadyWhenItRests() throws Exception {
    takeTwice(LARGE);

    memory.rest();
    memory.rest();

    assertThat(heard.take()).isEqualTo(new MemoryWanted(LARGE));
    assertThat(heard.take()).isEqualTo(new MemoryWanted(LARGE));
    assertThat(heard.take()).isEqualTo(new MemoryWanted(LARGE));
    assertThat(heard.take()).isEqualTo(new MemoryUnused(range(3, LARGE)));
    assertThat(memory.take(LARGE)).isEqualTo(range(4, LARGE));
  }

  @Test
  void keepsNothingHugeReady() throws Exception {
    takeTwice(HUGE);
    assertThat(memory.take(HUGE)).isEqualTo(range(3, HUGE));

    assertThat(heard).hasSize(3);
  }

  private @Nullable Range taskWith(ValueForm form) {
    memory.begin();
    return memory.take(form);
  }

  @Test
  void asksForHugeOnesWhenATaskBeginsAfterTwoAlike() throws Exception {
    assertThat(taskWith(HUGE)).isEqualTo(range(1, HUGE));
    assertThat(taskWith(HUGE)).isEqualTo(range(2, HUGE));
    heard.clear();

    memory.begin();
    assertThat(heard.take()).isEqualTo(new MemoryWanted(HUGE));
    assertThat(memory.take(HUGE)).isEqualTo(range(3, HUGE));

    assertThat(memory.take(HUGE)).as("another of this task").isEqualTo(range(4, HUGE));
  }

  @Test
  void asksForNothingWhenATaskBeginsAfterDifferentOnes() throws Exception {
    assertThat(taskWith(HUGE)).isEqualTo(range(1, HUGE));
    assertThat(taskWith(LARGE)).isEqualTo(range(2, LARGE));
    memory.begin();
    assertThat(taskWith(HUGE)).isEqualTo(range(3, HUGE));

    assertThat(heard).hasSize(3);
  }

  @Test
  void givesBackWhatTheTaskHadNoUseFor() throws Exception {
    assertThat(taskWith(HUGE)).isEqualTo(range(1, HUGE));
    assertThat(taskWith(HUGE)).isEqualTo(range(2, HUGE));
    memory.begin();
    heard.clear();

    memory.begin();
    assertThat(taskWith(HUGE)).isEqualTo(range(4, HUGE));

    assertThat(heard).contains(new MemoryUnused(range(3, HUGE)));
  }
}
