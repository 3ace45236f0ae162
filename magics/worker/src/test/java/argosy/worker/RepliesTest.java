package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FrameInput;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.ValueForgotten;
import argosy.wire.Protocol;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RepliesTest {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  @TempDir Path folder;

  private SocketPair sockets;
  private Replies replies;
  private final FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);

  @BeforeEach
  void connect() throws IOException {
    sockets = SocketPair.in(folder);
    replies = new Replies(sockets.worker());
  }

  @AfterEach
  void disconnect() throws IOException {
    sockets.close();
  }

  /// Reads without a pause, so that what is added next meets the flusher on its way back to sleep.
  private FromWorker read() throws IOException {
    long start = System.nanoTime();
    ByteBuffer frame;
    while ((frame = input.next()) == null) {
      assertThat(System.nanoTime() - start).as("time without an answer").isLessThan(PATIENCE_NANOS);
      assertThat(input.fill(sockets.kernel())).isNotNegative();
    }
    return FromWorker.read(frame);
  }

  @Test
  void whatIsAddedWhileTheFlusherGoesToSleepIsSent() throws IOException {
    replies.startFlusher(() -> {});
    for (int i = 0; i < 1_000; i++) {
      replies.add(new ValueForgotten(i));
      assertThat(read()).isEqualTo(new ValueForgotten(i));
    }
  }

  @Test
  void whatIsCollectedWhileTheFlusherGoesToSleepIsSent() throws IOException {
    AtomicInteger collected = new AtomicInteger();
    AtomicInteger sent = new AtomicInteger();
    replies.startFlusher(() -> {
      while (sent.get() < collected.get()) {
        replies.add(new ValueForgotten(sent.incrementAndGet()));
      }
    });
    for (int i = 1; i <= 1_000; i++) {
      collected.set(i);
      replies.wakeFlusher();
      assertThat(read()).isEqualTo(new ValueForgotten(i));
    }
  }

  @Test
  void aFlushSendsAllThatWasAddedBefore() throws IOException {
    replies.add(new ValueForgotten(1));
    replies.add(new ValueForgotten(2));
    replies.addAndFlush(new ValueForgotten(3));
    for (int i = 1; i <= 3; i++) {
      assertThat(read()).isEqualTo(new ValueForgotten(i));
    }
  }
}
