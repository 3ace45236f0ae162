package argosy.worker;

import argosy.wire.FromWorker.OutputWritten;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// `System.out` and `System.err` of the tasks: collects whole lines and sends them to the kernel.
///
/// Lines of both arrive in the order in which they were written. Safe from any thread: what a
/// thread writes that outlived its task counts as the output of the task that ran last.
final class OutputRelay {

  /// A longer line is sent in parts.
  private static final int MAX_LINE_BYTES = 1 << 20;

  private static final int FULL_BYTES = 32 << 10;

  private final Replies replies;
  private final Object lock = new Object();
  private final Lines out = new Lines(false);
  private final Lines err = new Lines(true);
  private long task;

  OutputRelay(Replies replies) {
    this.replies = replies;
  }

  /// {@return a new standard output}
  PrintStream out() {
    return new Printed(out);
  }

  /// {@return a new standard error}
  PrintStream err() {
    return new Printed(err);
  }

  /// Says whose output it is from now on.
  void startTask(long task) {
    synchronized (lock) {
      this.task = task;
    }
  }

  /// Sends all that is left, unfinished lines too.
  void endTask() {
    synchronized (lock) {
      out.send(true);
      err.send(true);
    }
  }

  /// Sends the whole lines that have waited.
  void sendLines() {
    synchronized (lock) {
      out.send(false);
      err.send(false);
    }
  }

  /// Closing it does nothing: a task that closes a writer around it would silence the next ones.
  private static final class Printed extends PrintStream {

    Printed(OutputStream out) {
      super(out, true, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
  }

  private final class Lines extends OutputStream {

    private final boolean isError;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    /// How many of the pending bytes are whole lines.
    private int wholeBytes;

    Lines(boolean isError) {
      this.isError = isError;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (lock) {
        (isError ? out : err).send(false);
        pending.write(bytes, offset, length);
        for (int i = offset + length - 1; i >= offset; i--) {
          if (bytes[i] == '\n') {
            wholeBytes = pending.size() - (offset + length - 1 - i);
            break;
          }
        }
        if (pending.size() >= MAX_LINE_BYTES) {
          send(true);
        } else if (wholeBytes >= FULL_BYTES || (wholeBytes > 0 && !replies.hasFlushedJustNow())) {
          send(false);
        } else if (wholeBytes > 0) {
          replies.wakeFlusher();
        }
      }
    }

    void send(boolean unfinishedToo) {
      int size = unfinishedToo ? pending.size() : wholeBytes;
      if (size == 0) {
        return;
      }
      byte[] bytes = pending.toByteArray();
      pending.reset();
      pending.write(bytes, size, bytes.length - size);
      String lines = new String(bytes, 0, size, StandardCharsets.UTF_8);
      boolean isWhole = size == wholeBytes;
      wholeBytes = 0;
      replies.add(new OutputWritten(task, isError, isWhole ? lines : lines + "\n"));
    }
  }
}
