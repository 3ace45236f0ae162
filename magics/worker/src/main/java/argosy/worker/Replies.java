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
 * own then sends it. That thread sleeps as long as nothing waits, and looks once in that time when
 * something does, so that a batch of short tasks costs neither a system call nor a wake-up each.
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

  /// Whether somebody has something that only the flusher finds; taken back before it looks.
  private boolean isFlushWanted;

  /// Since when something waits for the flusher, if anything does.
  private long waitingSince;

  private boolean isFlusherAsleep;
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
      boolean wasWaiting = isWaiting();
      message.write(out);
      long now = System.nanoTime();
      if (now - lastFlush >= DELAY_NANOS || out.size() >= BACKLOG_BYTES) {
        flush();
      } else if (!wasWaiting) {
        waitSince(now);
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
      boolean wasWaiting = isWaiting();
      isFlushWanted = true;
      if (!wasWaiting) {
        waitSince(System.nanoTime());
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

  /// Under the lock.
  private boolean isWaiting() {
    return isFlushWanted || out.size() > 0;
  }

  private void waitSince(long now) {
    waitingSince = now;
    if (isFlusherAsleep) {
      isFlusherAsleep = false;
      isDirty.signal();
    }
  }

  private void flushWhenDirty(Runnable before) {
    while (true) {
      long rest = awaitSomething();
      if (rest > 0) {
        // Whoever sends meanwhile leaves less to do, or nothing.
        LockSupport.parkNanos(rest);
        boolean unused = Thread.interrupted(); // or else it would not rest any more
        continue;
      }
      try {
        before.run();
        flush();
      } catch (UncheckedIOException e) {
        return;
      }
    }
  }

  /// Waits until something waits for the flusher, and takes the wish back if it is time.
  ///
  /// @return for how long it may go on waiting
  private long awaitSomething() {
    lock.lock();
    try {
      while (!isWaiting()) {
        if (System.nanoTime() - lastFlush < DELAY_NANOS) {
          return DELAY_NANOS; // more will come: to look again costs less than to be woken
        }
        isFlusherAsleep = true;
        isDirty.awaitUninterruptibly();
      }
      isFlusherAsleep = false;
      long rest = waitingSince + DELAY_NANOS - System.nanoTime();
      if (rest <= 0) {
        isFlushWanted = false;
      }
      return rest;
    } finally {
      lock.unlock();
    }
  }
}
