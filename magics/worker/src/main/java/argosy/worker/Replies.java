package argosy.worker;

import argosy.wire.FrameOutput;
import argosy.wire.FromWorker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// What goes back to the kernel, in order. Safe from any thread.
/*
 * What is added without `flush` waits for company, for two milliseconds at the most: a thread of its
 * own then sends it. That thread sleeps as long as everything is sent, and it is woken at most once in
 * that time, so that a batch of short tasks costs neither a system call nor a wake-up each.
 */
final class Replies {

  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /// A sender that is this far ahead of the kernel waits.
  private static final long BACKLOG_BYTES = 1 << 20;

  private final SocketChannel channel;
  private final Selector writable;
  private final FrameOutput out = new FrameOutput();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isDirty = lock.newCondition();

  /// Set by whoever has something to send; taken back before the flusher looks for it.
  private boolean isFlushWanted;

  private long lastFlush = System.nanoTime();

  /// @param channel non-blocking
  Replies(SocketChannel channel) throws IOException {
    this.channel = channel;
    this.writable = Selector.open();
    channel.register(writable, SelectionKey.OP_WRITE);
  }

  /// Starts the thread that sends what waits.
  ///
  /// @param before runs on that thread before it sends
  void startFlusher(Runnable before) {
    Thread thread = new Thread(() -> flushWhenDirty(before), "argosy/flusher");
    thread.setDaemon(true);
    thread.start();
  }

  /// Sends a message within two milliseconds, or at once if nothing was sent in the last two.
  void add(FromWorker message) {
    lock.lock();
    try {
      message.write(out);
      if (System.nanoTime() - lastFlush >= DELAY_NANOS || out.size() >= BACKLOG_BYTES) {
        flush();
      } else {
        wakeFlusher();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Sends a message and all before it.
  void addAndFlush(FromWorker message) {
    lock.lock();
    try {
      message.write(out);
      flush();
    } finally {
      lock.unlock();
    }
  }

  /// Makes the flusher run within two milliseconds.
  void wakeFlusher() {
    lock.lock();
    try {
      if (!isFlushWanted) {
        isFlushWanted = true;
        isDirty.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /// {@return whether something was sent within the last two milliseconds}
  boolean hasFlushedJustNow() {
    lock.lock();
    try {
      return System.nanoTime() - lastFlush < DELAY_NANOS;
    } finally {
      lock.unlock();
    }
  }

  /// Sends all that waits. Blocks while the kernel does not read.
  void flush() {
    lock.lock();
    try {
      lastFlush = System.nanoTime();
      boolean wasInterrupted = false;
      while (!out.writeTo(channel)) {
        writable.select();
        // With the flag set, select() would return at once, again and again.
        wasInterrupted |= Thread.interrupted();
      }
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel does not listen any more", e);
    } finally {
      lock.unlock();
    }
  }

  private void flushWhenDirty(Runnable before) {
    while (true) {
      awaitWish();
      LockSupport.parkNanos(DELAY_NANOS);
      takeWishBack();
      try {
        before.run();
        flush();
      } catch (UncheckedIOException e) {
        return;
      }
    }
  }

  private void awaitWish() {
    lock.lock();
    try {
      while (!isFlushWanted) {
        isDirty.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  private void takeWishBack() {
    lock.lock();
    try {
      isFlushWanted = false;
    } finally {
      lock.unlock();
    }
  }
}
