package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FrameInput;
import argosy.wire.Protocol;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.CancelTask;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionTest {

  @TempDir Path folder;

  private final SocketLoop loop = new SocketLoop();
  private final FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);
  private SocketChannel worker;
  private Connection connection;

  @BeforeEach
  void connect() throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      worker = SocketChannel.open(address);
      worker.configureBlocking(false);
      connection = new Connection(server.accept());
    }
    connection.attach(
        loop,
        new SocketLoop.Listener() {
          @Override
          public void onReadable() {
            connection.close();
          }

          @Override
          public void onWritable() {
            connection.flush();
          }
        });
  }

  @AfterEach
  void disconnect() throws IOException {
    worker.close();
    loop.close();
  }

  private void say(long task) {
    connection.add(new CancelTask(task));
    connection.flush();
  }

  /// {@return what has come by one read}
  private List<ToWorker> heard() throws IOException {
    assertThat(input.fill(worker)).isNotNegative();
    List<ToWorker> messages = new ArrayList<>();
    for (ByteBuffer frame; (frame = input.next()) != null; ) {
      messages.add(ToWorker.read(frame));
    }
    return messages;
  }

  @Test
  void whatIsCollectedGoesOutTogether() throws IOException {
    connection.collect();
    say(1);
    say(2);
    assertThat(heard()).isEmpty();
    connection.flushCollected();
    assertThat(heard()).containsExactly(new CancelTask(1), new CancelTask(2));
    say(3);
    assertThat(heard()).containsExactly(new CancelTask(3));
  }

  @Test
  void anotherThreadDoesNotWaitForWhatIsCollected() throws Exception {
    connection.collect();
    say(1);
    Thread.ofPlatform().start(() -> say(2)).join();
    assertThat(heard()).containsExactly(new CancelTask(1), new CancelTask(2));
  }
}
