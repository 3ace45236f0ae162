package argosy.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Another JVM at the other end of a Unix-domain socket that sends back what it gets: no exchange
/// between two processes is faster than this.
final class Echo implements AutoCloseable {

  private final Process process;
  private final SocketChannel channel;
  private final ByteBuffer buffer;

  /// Starts the other process.
  ///
  /// @param bytes how long each message is
  Echo(int bytes) throws IOException {
    Path directory = Files.createTempDirectory("echo");
    Path socket = directory.resolve("s");
    buffer = ByteBuffer.allocateDirect(bytes);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Echo.class.getName(),
                  socket.toString(),
                  Integer.toString(bytes))
              .inheritIO()
              .start();
      channel = server.accept();
    } finally {
      // Connected, they need no name: nothing is left however this ends.
      Files.deleteIfExists(socket);
      Files.deleteIfExists(directory);
    }
  }

  /// The other process.
  public static void main(String[] args) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(Integer.parseInt(args[1]));
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
      while (fill(channel, buffer)) {
        drain(channel, buffer);
      }
    }
  }

  /// There and back.
  void exchange() throws IOException {
    drain(channel, buffer);
    if (!fill(channel, buffer)) {
      throw new IOException("the other process has ended");
    }
  }

  private static boolean fill(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }

  private static void drain(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.rewind();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    process.destroyForcibly();
  }
}
