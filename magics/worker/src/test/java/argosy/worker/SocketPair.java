package argosy.worker;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/// The two ends of a worker's connection in one process; neither blocks.
record SocketPair(SocketChannel kernel, SocketChannel worker) implements AutoCloseable {

  /// Makes one whose socket is in this folder.
  static SocketPair in(Path folder) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("socket"));
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      SocketChannel worker = SocketChannel.open(address);
      SocketChannel kernel = server.accept();
      worker.configureBlocking(false);
      kernel.configureBlocking(false);
      return new SocketPair(kernel, worker);
    }
  }

  @Override
  public void close() throws IOException {
    kernel.close();
    worker.close();
  }
}
