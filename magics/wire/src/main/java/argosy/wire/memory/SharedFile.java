package argosy.wire.memory;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// A file that lives in memory, mapped into this process.
///
/// Each process maps it once and keeps the mapping, because a page costs far more at its first
/// touch than a copy does. Numbers are in the machine's own byte order: both ends are on one
/// machine.
///
/// Safe from several threads that touch different ranges. After [#close()] the mapping goes when
/// the garbage collector finds it; the memory itself goes when the last process has closed and
/// unmapped it.
public final class SharedFile implements Closeable {

  /*
   * Java 17 maps at most 2 GB at once, so a file is mapped in windows. A window is a multiple of every
   * element size and of every page size, so no element ever lies across two of them.
   */
  private static final long WINDOW_BYTES = 1L << 30;

  private final FileChannel channel;
  private final boolean writable;
  private final List<ByteBuffer> windows = new ArrayList<>();

  private SharedFile(FileChannel channel, boolean writable) {
    this.channel = channel;
    this.writable = writable;
  }

  /// Opens a file that exists.
  ///
  /// @throws IOException if it does not exist any more, or belongs to another user
  public static SharedFile open(Path path, boolean writable) throws IOException {
    FileChannel channel =
        writable
            ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileChannel.open(path, StandardOpenOption.READ);
    return new SharedFile(channel, writable);
  }

  /// Copies a whole array into the file from an offset on. The file grows as needed.
  ///
  /// @throws IOException if the memory cannot be had
  public void write(Object array, long offset) throws IOException {
    ArrayKind kind = ArrayKind.of(array);
    copy(
        kind,
        Array.getLength(array),
        offset,
        (window, at, count) -> kind.write(array, at, count, window));
  }

  /// Fills a whole array from the file, from an offset on.
  ///
  /// @throws IOException if the file ends before the array does
  public void read(long offset, Object array) throws IOException {
    ArrayKind kind = ArrayKind.of(array);
    int length = Array.getLength(array);
    if (length > 0 && offset + (long) length * kind.elementBytes() > channel.size()) {
      throw new IOException(
          "the shared file ends before byte " + offset + " + " + length + " elements");
    }
    copy(kind, length, offset, (window, at, count) -> kind.read(window, array, at, count));
  }

  /// {@return how many bytes the file has now}
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    synchronized (windows) {
      windows.clear();
    }
    channel.close();
  }

  private interface Step {
    void run(ByteBuffer window, int element, int count);
  }

  private void copy(ArrayKind kind, int length, long offset, Step step) throws IOException {
    int done = 0;
    while (done < length) {
      long position = offset + (long) done * kind.elementBytes();
      int inWindow = (int) (position % WINDOW_BYTES);
      int count = (int) Math.min(length - done, (WINDOW_BYTES - inWindow) / kind.elementBytes());
      int end = inWindow + count * kind.elementBytes();
      ByteBuffer window = window((int) (position / WINDOW_BYTES), end).duplicate();
      window.order(ByteOrder.nativeOrder()).limit(end).position(inWindow);
      step.run(window, done, count);
      done += count;
    }
  }

  private ByteBuffer window(int number, int bytes) throws IOException {
    synchronized (windows) {
      while (windows.size() <= number) {
        windows.add(ByteBuffer.allocate(0));
      }
      ByteBuffer mapped = windows.get(number);
      if (mapped.capacity() < bytes) {
        mapped = map(number, bytes);
        windows.set(number, mapped);
      }
      return mapped;
    }
  }

  private ByteBuffer map(int number, int bytes) throws IOException {
    long start = number * WINDOW_BYTES;
    long wanted = Math.max(bytes, Math.min(WINDOW_BYTES, channel.size() - start));
    return channel.map(writable ? MapMode.READ_WRITE : MapMode.READ_ONLY, start, wanted);
  }
}
