package argosy.kernel.jupyter;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// A thread that reads the messages of some channels and hands them on, one after the other.
/// Nothing that a message contains or its handling throws ends it.
final class Inbox implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());

  private sealed interface Item {
    record Frames(Channel channel, List<byte[]> frames) implements Item {}

    record Action(Runnable action) implements Item {}
  }

  private final MessageReader reader;
  private final Consumer<Inbound> handler;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  Inbox(String name, MessageReader reader, Consumer<Inbound> handler) {
    this.reader = reader;
    this.handler = handler;
    thread = new Thread(this::run, "argosy/" + name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /// Puts a message at the end. Never blocks.
  void add(Channel channel, List<byte[]> frames) {
    items.add(new Item.Frames(channel, frames));
  }

  /// Runs an action after everything that waits by now has been handled. Never blocks.
  void afterwards(Runnable action) {
    items.add(new Item.Action(action));
  }

  /// Ends the thread after the message that it handles now; drops the others. Does not wait.
  @Override
  public void close() {
    closed = true;
    items.add(new Item.Action(() -> {}));
  }

  private void run() {
    while (!closed) {
      try {
        switch (items.take()) {
          case Item.Frames(Channel channel, List<byte[]> frames) ->
              handler.accept(reader.read(channel, frames));
          case Item.Action(Runnable action) -> action.run();
        }
      } catch (MalformedMessageException e) {
        LOG.log(Level.DEBUG, () -> "Dropped a message: " + e.getMessage());
      } catch (InterruptedException e) {
        LOG.log(Level.DEBUG, "Nobody should interrupt this thread; it goes on", e);
      } catch (Throwable e) {
        LOG.log(Level.DEBUG, "A message could not be handled", e);
      }
    }
  }
}
