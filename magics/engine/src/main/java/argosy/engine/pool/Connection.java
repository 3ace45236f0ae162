package argosy.engine.pool;

import argosy.wire.FrameInput;
import argosy.wire.FrameOutput;
import argosy.wire.Protocol;
import argosy.wire.ToWorker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One socket to a worker. Anybody may send; only the I/O thread reads.
final class Connection {

  private final SocketChannel channel;
  private final FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);
  private final ReentrantLock lock = new ReentrantLock();
  private final FrameOutput output = new FrameOutput();
  private @Nullable SelectionKey key;
  private long bytesSent;
  private boolean isBroken;

  /// Whose messages wait for those that it adds next, or null.
  private @Nullable Thread collecting;

  /// @param channel connected and known
  Connection(SocketChannel channel) {
    this.channel = channel;
  }

  /// Lets the I/O thread listen.
  void attach(SocketLoop loop, SocketLoop.Listener listener) throws IOException {
    channel.configureBlocking(false);
    key = loop.register(channel, listener);
  }

  /// Appends a message; [#flush] sends it.
  void add(ToWorker message) {
    lock.lock();
    try {
      message.write(output);
    } finally {
      lock.unlock();
    }
  }

  /// Lets what the calling thread flushes from now on wait for [#flushCollected]: a system call for
  /// each message would cost more than all else about it.
  void collect() {
    lock.lock();
    try {
      collecting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /// Sends what has waited since [#collect].
  void flushCollected() {
    lock.lock();
    try {
      collecting = null;
      flush();
    } finally {
      lock.unlock();
    }
  }

  /// Writes what the socket takes; the I/O thread goes on with the rest. Never blocks.
  void flush() {
    lock.lock();
    try {
      SelectionKey attached = key;
      if (isBroken || attached == null || Thread.currentThread().equals(collecting)) {
        return;
      }
      long waiting = output.size();
      boolean isDone = output.writeTo(channel);
      bytesSent += waiting - output.size();
      boolean isWaiting = (attached.interestOps() & SelectionKey.OP_WRITE) != 0;
      if (isDone == isWaiting) {
        attached.interestOps(
            isDone ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        attached.selector().wakeup();
      }
    } catch (IOException | java.nio.channels.CancelledKeyException e) {
      // The I/O thread will find the end of the stream and say so.
      isBroken = true;
    } finally {
      lock.unlock();
    }
  }

  /// {@return how many bytes the socket has taken}
  long bytesSent() {
    lock.lock();
    try {
      return bytesSent;
    } finally {
      lock.unlock();
    }
  }

  /// Reads once. Only from the I/O thread.
  ///
  /// @return how many bytes, or -1 at the end
  int fill() throws IOException {
    return input.fill(channel);
  }

  /// {@return whether [#next] has one more frame}
  boolean hasNext() {
    return input.hasNext();
  }

  /// {@return the next whole frame that was read, or null}
  @Nullable ByteBuffer next() throws IOException {
    return input.next();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      System.getLogger(Connection.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a worker's socket", e);
    }
  }
}
