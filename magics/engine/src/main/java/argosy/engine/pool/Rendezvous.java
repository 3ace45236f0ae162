package argosy.engine.pool;

import argosy.wire.FrameInput;
import argosy.wire.Hello;
import argosy.wire.Payload;
import argosy.wire.Protocol;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// Where one worker finds its kernel: a private directory with a socket and the file through which
/// the worker tells which task it runs. Exists from the start of the process until the worker has
/// connected; after that no name of it is left anywhere.
final class Rendezvous implements AutoCloseable {

  /// What the operating systems allow for the path of a Unix-domain socket, on all of them.
  private static final int MAX_SOCKET_PATH_BYTES = 103;

  /// Nobody else gets as far as these files; should anybody, they are closed too.
  private static final String FOR_ME = "rw-------";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;
  private final Path socket;
  private final Path progressFile;
  private final ServerSocketChannel server;
  private final MappedByteBuffer progress;
  private final Payload token;
  private final BlockingQueue<Optional<Visitor>> visitors = new LinkedBlockingQueue<>();

  /// Who has connected and not said who it is.
  private final Set<SocketChannel> unknown = ConcurrentHashMap.newKeySet();

  private Rendezvous(Path directory) throws IOException {
    this.directory = directory;
    this.socket = directory.resolve("s");
    this.progressFile = directory.resolve("p");
    byte[] secret = new byte[16];
    RANDOM.nextBytes(secret);
    this.token = Payload.of(secret);
    this.progress = mapProgress();
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket));
      if (hasPermissions()) {
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString(FOR_ME));
      }
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /// Makes a new one.
  ///
  /// @param prefix what the name of its directory begins with
  /// @throws IOException that names the directory and says what to do
  static Rendezvous open(String prefix) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    Path directory = parent.resolve(prefix + "-" + Long.toString(RANDOM.nextLong() >>> 32, 36));
    int bytes = directory.resolve("s").toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_SOCKET_PATH_BYTES) {
      throw new IOException(
          "the temporary directory %s has too long a path for a socket; start Java with"
                  .formatted(parent)
              + " -Djava.io.tmpdir=<a shorter one>");
    }
    try {
      Files.createDirectory(directory, onlyMine("rwx------"));
      Rendezvous opened = new Rendezvous(directory);
      Thread.startVirtualThread(opened::receive);
      return opened;
    } catch (IOException e) {
      Files.deleteIfExists(directory.resolve("p"));
      Files.deleteIfExists(directory.resolve("s"));
      Files.deleteIfExists(directory);
      throw new IOException(
          "the temporary directory %s cannot be used (%s); free some space there, or start Java with"
                  .formatted(parent, e)
              + " -Djava.io.tmpdir=<a writable directory>",
          e);
    }
  }

  private static FileAttribute<?>[] onlyMine(String permissions) {
    return hasPermissions()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  /// Writes before it maps: on a full disk a write fails, a store into the mapping would be a
  /// crash.
  private MappedByteBuffer mapProgress() throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            progressFile,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            onlyMine(FOR_ME))) {
      channel.write(ByteBuffer.allocate(Long.BYTES));
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, Long.BYTES);
    }
  }

  /// {@return what the worker gets as its argument}
  Path directory() {
    return directory;
  }

  /// {@return what the worker gets on its standard input}
  byte[] spokenToken() {
    return HexFormat.of().formatHex(token.bytes()).getBytes(StandardCharsets.US_ASCII);
  }

  /// {@return the memory in which the worker keeps the number of its task}
  MappedByteBuffer progress() {
    return progress;
  }

  /// Blocks until somebody has connected who knows the token; others are turned away.
  ///
  /// @throws IOException if this is closed meanwhile
  Visitor accept() throws IOException {
    try {
      return visitors.take().orElseThrow(ClosedChannelException::new);
    } catch (InterruptedException e) {
      throw new ClosedByInterruptException();
    }
  }

  /// Hears everybody out on a thread of their own: one who says nothing must not keep the others
  /// waiting.
  private void receive() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        unknown.add(channel);
        Thread.startVirtualThread(() -> identify(channel));
      }
    } catch (IOException e) {
      // This is closed.
      visitors.add(Optional.empty());
    }
  }

  private void identify(SocketChannel channel) {
    try {
      Hello hello = readHello(channel);
      // Once this is closed, nobody is known any more.
      if (hello.knows(token) && unknown.remove(channel)) {
        visitors.add(Optional.of(new Visitor(channel, hello)));
        return;
      }
    } catch (IOException e) {
      System.getLogger(Rendezvous.class.getName())
          .log(System.Logger.Level.DEBUG, "a stranger tried to connect as a worker", e);
    }
    unknown.remove(channel);
    closeQuietly(channel);
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was to be expected of it.
    }
  }

  private static Hello readHello(SocketChannel channel) throws IOException {
    FrameInput input = new FrameInput(Protocol.MAX_HELLO_BYTES);
    while (true) {
      ByteBuffer frame = input.next();
      if (frame != null) {
        return Hello.read(frame);
      }
      if (input.fill(channel) < 0) {
        throw new EOFException("the connection ended before it said who it is");
      }
    }
  }

  /// Somebody who connected and knew the token.
  record Visitor(SocketChannel channel, Hello hello) {}

  /// Leaves nothing behind. Wakes whoever is in [#accept].
  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel channel : List.copyOf(unknown)) {
      unknown.remove(channel);
      closeQuietly(channel);
    }
    Files.deleteIfExists(socket);
    Files.deleteIfExists(progressFile);
    Files.deleteIfExists(directory);
  }
}
