package argosy.engine.pool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// The one thread that reads what all workers answer.
final class SocketLoop implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(SocketLoop.class.getName());

  /// What the loop calls, on its own thread.
  interface Listener {

    /// There is something to read, or the end.
    void onReadable();

    /// More can be written.
    void onWritable();
  }

  private final Selector selector;

  SocketLoop() {
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new UncheckedIOException("no file descriptor is left for a selector", e);
    }
    var _ = Thread.ofPlatform().daemon().name("argosy/io").start(this::run);
  }

  /// Calls the listener whenever there is something to read.
  SelectionKey register(SocketChannel channel, Listener listener) throws IOException {
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ, listener);
    selector.wakeup();
    return key;
  }

  private void run() {
    try {
      while (selector.isOpen()) {
        selector.select(SocketLoop::handle);
      }
    } catch (ClosedSelectorException e) {
      // The usual end.
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.ERROR, "workers can no longer be heard", e);
    }
  }

  private static void handle(SelectionKey key) {
    Listener listener = (Listener) key.attachment();
    try {
      if (key.isValid() && key.isWritable()) {
        listener.onWritable();
      }
      if (key.isValid() && key.isReadable()) {
        listener.onReadable();
      }
    } catch (RuntimeException | Error e) {
      // One worker's trouble must not silence the others.
      LOGGER.log(System.Logger.Level.ERROR, "a message of a worker was not handled", e);
    }
  }

  @Override
  public void close() {
    try {
      selector.close();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "closing the selector", e);
    }
  }
}
