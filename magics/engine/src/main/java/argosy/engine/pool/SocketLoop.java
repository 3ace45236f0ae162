package argosy.engine.pool;

import argosy.wire.Spin;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Reads what all workers answer: on a thread of its own, which starts with the first socket, or on
/// a thread that waits for an answer anyway.
/*
 * Whose turn it is. One thread at a time selects. A thread that waits for an answer may [#help]: then
 * the answer wakes that thread itself and no other, which is half of what a short task's way back
 * costs. Whoever comes while another one selects waits to be told, and leaves word that it would have
 * helped; the own thread then stands by after its turn, so that the next one can.
 *
 * Standing by. The own thread sleeps in short pieces, because to wake it after every answer would cost
 * what helping saves: a fifth of a millisecond at first, and longer while others keep on helping. So
 * what nobody waits for is read one or two milliseconds late at the most, and only just after
 * somebody has helped. A helper that has stayed longer wakes it.
 */
final class SocketLoop implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(SocketLoop.class.getName());

  private static final long STANDBY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(1_600);

  private static final long LONGEST_STANDBY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /// What the loop calls, on the thread whose turn it is.
  interface Listener {

    /// There is something to read, or the end.
    void onReadable();

    /// More can be written.
    void onWritable();
  }

  private final ReentrantLock turn = new ReentrantLock();

  /// Belongs to whoever has the turn.
  private final Spin spin = new Spin();

  private volatile @Nullable Selector selector;
  private @Nullable Thread own;
  private boolean isClosed;

  /// The thread that helps, since when, and when one last did.
  private volatile @Nullable Thread helper;

  private volatile long helpStart;
  private volatile long lastHelp = System.nanoTime() - STANDBY_NANOS;

  /// Whether somebody would have helped, but for the own thread.
  private volatile boolean isHelpOffered;

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
      own =
          Thread.ofPlatform()
              .daemon()
              .inheritInheritableThreadLocals(false)
              .name("argosy/io")
              .start(() -> run(opened));
    }
    SelectionKey key = channel.register(open, SelectionKey.OP_READ, listener);
    open.wakeup();
    return key;
  }

  private void run(Selector selector) {
    try {
      long pause = STANDBY_NANOS;
      while (selector.isOpen()) {
        long now = System.nanoTime();
        if (isHelpOffered) {
          isHelpOffered = false;
          lastHelp = now;
        }
        long rest = STANDBY_NANOS - (now - lastHelp);
        if (helper != null) {
          LockSupport.parkNanos(this, Math.clamp(now - helpStart, pause, LONGEST_STANDBY_NANOS));
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        } else if (rest > 0) {
          LockSupport.parkNanos(this, Math.max(rest, pause));
          pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        } else if (turn.tryLock()) {
          pause = STANDBY_NANOS;
          try {
            selector.select(SocketLoop::handle);
          } finally {
            turn.unlock();
          }
        }
      }
    } catch (ClosedSelectorException e) {
      // The usual end.
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.ERROR, "workers can no longer be heard", e);
    }
  }

  /// Reads what workers answer on the calling thread, until what it waits for is there, the time is
  /// up, or it is interrupted. Returns at once if another thread reads already: so the caller may
  /// still have to wait.
  ///
  /// @param isDone whether it is there; whoever makes this true calls [#nudge] afterwards
  /// @param nanos how long to wait at most; negative for as long as it takes
  void help(BooleanSupplier isDone, long nanos) {
    Selector open = selector;
    if (open == null || Thread.currentThread().isVirtual()) {
      return;
    }
    if (!turn.tryLock()) {
      isHelpOffered = true;
      return;
    }
    long start = System.nanoTime();
    helpStart = start;
    helper = Thread.currentThread();
    try {
      while (open.isOpen()
          && !isDone.getAsBoolean()
          && !Thread.currentThread().isInterrupted()
          && (spin.until(() -> isThere(open, isDone)) || select(open, nanos, start))) {
        // What it has read may have been for others.
      }
    } catch (ClosedSelectorException | IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "the workers are gone", e);
    } finally {
      helper = null;
      long end = System.nanoTime();
      lastHelp = end;
      turn.unlock();
      if (end - start > STANDBY_NANOS) {
        LockSupport.unpark(own);
      }
    }
  }

  private static boolean isThere(Selector open, BooleanSupplier isDone) throws IOException {
    var _ = open.selectNow(SocketLoop::handle);
    return isDone.getAsBoolean();
  }

  /// @return false if the time is up
  private static boolean select(Selector open, long nanos, long start) throws IOException {
    if (nanos < 0) {
      open.select(SocketLoop::handle);
      return true;
    }
    long rest = nanos - (System.nanoTime() - start);
    if (rest <= 0) {
      return false;
    }
    open.select(SocketLoop::handle, Math.max(1, TimeUnit.NANOSECONDS.toMillis(rest)));
    return true;
  }

  /// Makes a thread that helps look again whether what it waits for is there.
  void nudge() {
    Thread helping = helper;
    Selector open = selector;
    if (helping != null && open != null && !helping.equals(Thread.currentThread())) {
      open.wakeup();
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
