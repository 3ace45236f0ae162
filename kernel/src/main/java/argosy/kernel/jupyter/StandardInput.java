package argosy.kernel.jupyter;

import argosy.kernel.interpreter.CellIo;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `System.in` of the cells: asks the user for a line whenever code wants more than there is.
/// Closing it does nothing, so a closed Scanner does not spoil the next one.
/*
 * Errors are unchecked on purpose: a Scanner swallows an IOException, calls its source empty from
 * then on, and the user reads "No line found".
 */
final class StandardInput extends InputStream {

  private final Supplier<@Nullable CellIo> cell;
  private final ReentrantLock lock = new ReentrantLock();

  /// What the user has typed and nobody has read yet, from `position` on; written with the lock.
  private byte[] line = new byte[0];

  private int position;

  /// @param cell the cell that the calling thread works for
  StandardInput(Supplier<@Nullable CellIo> cell) {
    this.cell = cell;
  }

  @Override
  public String toString() {
    return "System.in";
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    try {
      lock.lockInterruptibly();
      try {
        if (position == line.length && !ask()) {
          return -1;
        }
        int count = Math.min(length, line.length - position);
        System.arraycopy(line, position, bytes, offset, count);
        position += count;
        return count;
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("interrupted while it waited for input"));
    }
  }

  /// {@return whether there is somebody to ask}
  private boolean ask() throws InterruptedException {
    CellIo current = cell.get();
    if (current == null) {
      return false;
    }
    line = (current.readLine("") + "\n").getBytes(StandardCharsets.UTF_8);
    position = 0;
    return true;
  }

  @Override
  public int available() {
    if (!lock.tryLock()) {
      return 0;
    }
    try {
      return line.length - position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {}
}
