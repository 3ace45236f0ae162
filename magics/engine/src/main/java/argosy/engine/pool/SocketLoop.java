package argosy.engine.pool;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The one thread that reads what all workers answer. Starts with the first socket.
final class SocketLoop implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(SocketLoop.class.getName());

  /// What the loop calls, on its own thread.
  interface Listener {

    /// There is something to read, or the end.
    void onReadable();

    /// More can be written.
    void onWritable();
  }

  private @Nullable Selector selector;
  private boolean isClosed;

  /// Calls the listener whenever there is something to read.
  ///
  /// @throws IOException if this is closed, or no file descriptor is left
  synchronized SelectionKey register(SocketChannel channel, Listener listener) throws IOException {
    if (isClosed) {
      throw new IOException("the workers were closed");
    }
    Selector open = selector;
    if (open == null) {
      Selector opened = Selector.open();
      selector = opened;
      open = opened;
      var _ = Thread.ofPlatform().daemon().name("argosy/io").start(() -> run(opened));
    }
    SelectionKey key = channel.register(open, SelectionKey.OP_READ, listener);
    open.wakeup();
    return key;
  }

  private static void run(Selector selector) {
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
  public synchronized void close() {
    isClosed = true;
    Selector open = selector;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOGGER.log(System.Logger.Level.DEBUG, "closing the selector", e);
      }
    }
  }
}
