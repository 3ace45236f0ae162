package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FrameOutput;
import argosy.wire.Hello;
import argosy.wire.Hello.Channel;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nobody is let in but the worker that was started.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RendezvousTest {

  private final CompletableFuture<Rendezvous.Visitor> visitor = new CompletableFuture<>();
  private final Rendezvous rendezvous;

  RendezvousTest() throws IOException {
    rendezvous = Rendezvous.open("argosy-test");
  }

  @BeforeEach
  void open() {
    Thread.startVirtualThread(() -> {
      try {
        visitor.complete(rendezvous.accept());
      } catch (IOException e) {
        visitor.completeExceptionally(e);
      }
    });
  }

  @AfterEach
  void close() throws IOException {
    rendezvous.close();
    assertThat(rendezvous.directory()).doesNotExist();
  }

  private SocketChannel connect() throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(rendezvous.directory().resolve("s")));
    return channel;
  }

  private Payload token() {
    String digits = new String(rendezvous.spokenToken(), StandardCharsets.US_ASCII);
    return Payload.of(HexFormat.of().parseHex(digits));
  }

  private static void greet(SocketChannel channel, Payload token) throws IOException {
    FrameOutput out = new FrameOutput();
    new Hello(Protocol.VERSION, token, Channel.DATA, 17, "25").write(out);
    assertThat(out.writeTo(channel)).isTrue();
  }

  /// {@return whether the other side has closed the connection without a word}
  private static boolean isTurnedAway(SocketChannel channel) throws IOException {
    return channel.read(ByteBuffer.allocate(1)) < 0;
  }

  @Test
  void onlyItsOwnerMayOpenWhatIsInTheDirectory() throws IOException {
    try (Stream<Path> files = Files.list(rendezvous.directory())) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void onlyItsOwnerMayEnterTheDirectory() throws IOException {
    Path directory = rendezvous.directory();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(Files.getOwner(directory))
        .isEqualTo(Files.getOwner(Files.createTempFile(directory, "mine", null)));
    try (var files = Files.newDirectoryStream(directory, "mine*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aStrangerIsTurnedAwayAndTheWorkerStillComesIn() throws Exception {
    try (SocketChannel wrong = connect();
        SocketChannel empty = connect();
        SocketChannel noise = connect();
        SocketChannel tooMuch = connect();
        SocketChannel worker = connect()) {
      greet(wrong, Payload.of(new byte[16]));
      greet(empty, Payload.EMPTY);
      noise.write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      int length = Protocol.MAX_HELLO_BYTES + 1;
      tooMuch.write(ByteBuffer.allocate(8).putInt(length).putInt(length ^ Protocol.MAGIC).flip());
      greet(worker, token());

      assertThat(visitor.get().hello().pid()).isEqualTo(17);
      assertThat(isTurnedAway(wrong)).isTrue();
      assertThat(isTurnedAway(empty)).isTrue();
      assertThat(isTurnedAway(noise)).isTrue();
      assertThat(isTurnedAway(tooMuch)).isTrue();
      visitor.get().channel().close();
    }
  }

  @Test
  void aStrangerWhoSaysNothingDoesNotKeepTheWorkerOut() throws Exception {
    try (SocketChannel silent = connect();
        SocketChannel worker = connect()) {
      greet(worker, token());

      assertThat(visitor.get().hello().pid()).isEqualTo(17);
      assertThat(silent.isOpen()).isTrue();
      visitor.get().channel().close();
    }
  }

  @Test
  void everyWorkerHasATokenOfItsOwn() throws IOException {
    try (Rendezvous other = Rendezvous.open("argosy-test")) {
      assertThat(other.spokenToken()).isNotEqualTo(rendezvous.spokenToken()).hasSize(32);
    }
  }
}
