package argosy.wire.memory;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

  private static final int PAGE_BYTES = 4096;

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

  /// Makes the file as large as that, if it is smaller, so that it is mapped once and not as it
  /// grows.
  ///
  /// @throws IOException if the memory cannot be had
  public void extend(long bytes) throws IOException {
    if (channel.size() < bytes) {
      int ignored = channel.write(ByteBuffer.allocate(1), bytes - 1);
    }
  }

  /// Has the system find every page that the file will need, so that nobody waits for it later.
  /// Writes zeros, so nothing may be there yet.
  ///
  /// @throws IOException if the memory cannot be had
  public void touch() throws IOException {
    long bytes = channel.size();
    for (long start = 0; start < bytes; start += WINDOW_BYTES) {
      int count = (int) Math.min(WINDOW_BYTES, bytes - start);
      ByteBuffer window = window((int) (start / WINDOW_BYTES), count);
      for (int at = 0; at < count; at += PAGE_BYTES) {
        window.put(at, (byte) 0);
      }
    }
  }

  /// Gives the memory behind the first bytes back to the machine, whoever has the file mapped.
  /// Nobody may touch it any more.
  ///
  /// @param bytes how many stay
  public void shrink(long bytes) throws IOException {
    channel.truncate(bytes);
  }

  /// Copies a whole array into the file from an offset on. The file grows as needed.
  ///
  /// @throws IOException if the memory cannot be had
  public void write(Object array, long offset) throws IOException {
    ArrayKind kind = ArrayKind.of(array);
    copy(
        kind,
        0,
        Array.getLength(array),
        offset,
        (window, position, at, bytes) -> {
          RawMemory.write(array, at, bytes, window, position);
          return true;
        });
  }

  /// Fills a whole array from the file, from an offset on.
  ///
  /// @throws IOException if the file ends before the array does
  public void read(long offset, Object array) throws IOException {
    ArrayKind kind = ArrayKind.of(array);
    int length = checkedLength(array, kind, offset);
    copy(
        kind,
        0,
        length,
        offset,
        (window, position, at, bytes) -> {
          RawMemory.read(window, position, array, at, bytes);
          return true;
        });
  }

  /// {@return some bytes of the file}
  ///
  /// @throws IOException if the file ends before
  public byte[] read(long offset, int count) throws IOException {
    byte[] bytes = new byte[count];
    read(offset, bytes);
    return bytes;
  }

  /// {@return whether the file has, from an offset on, the bits of this array}
  ///
  /// @throws IOException if the file ends before the array does
  public boolean holds(long offset, Object array) throws IOException {
    return holds(offset, array, 0, Array.getLength(array));
  }

  /// {@return whether the file has the bits of some elements of an array that begins at an offset}
  ///
  /// @param from the first of them
  /// @param to the first that is not one of them
  /// @throws IOException if the file ends before the array does
  /// @throws IndexOutOfBoundsException if the array does not have them
  public boolean holds(long offset, Object array, int from, int to) throws IOException {
    ArrayKind kind = ArrayKind.of(array);
    Objects.checkFromToIndex(from, to, checkedLength(array, kind, offset));
    return copy(
        kind,
        from,
        to,
        offset,
        (window, position, at, bytes) -> RawMemory.isSame(array, at, bytes, window, position));
  }

  private int checkedLength(Object array, ArrayKind kind, long offset) throws IOException {
    int length = Array.getLength(array);
    if (length > 0 && offset + (long) length * kind.elementBytes() > channel.size()) {
      throw new IOException(
          "the shared file ends before byte " + offset + " + " + length + " elements");
    }
    return length;
  }

  /// {@return how many bytes the file has now}
  public long size() throws IOException {
    return channel.size();
  }

  /// {@return how many bytes of the file are mapped}
  long mappedBytes() {
    synchronized (windows) {
      return windows.stream().mapToLong(ByteBuffer::capacity).sum();
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (windows) {
      windows.clear();
    }
    channel.close();
  }

  private interface Step {
    boolean goesOn(ByteBuffer window, int position, int element, long bytes);
  }

  /// {@return whether all steps said to go on}
  private boolean copy(ArrayKind kind, int from, int to, long offset, Step step)
      throws IOException {
    int done = from;
    while (done < to) {
      long start = offset + (long) done * kind.elementBytes();
      int inWindow = (int) (start % WINDOW_BYTES);
      int count = (int) Math.min(to - done, (WINDOW_BYTES - inWindow) / kind.elementBytes());
      long bytes = (long) count * kind.elementBytes();
      ByteBuffer window = window((int) (start / WINDOW_BYTES), (int) (inWindow + bytes));
      try {
        if (!step.goesOn(window, inWindow, done, bytes)) {
          return false;
        }
      } finally {
        Reference.reachabilityFence(window);
      }
      done += count;
    }
    return true;
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
