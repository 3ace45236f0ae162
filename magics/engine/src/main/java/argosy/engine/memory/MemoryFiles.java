package argosy.engine.memory;

import argosy.wire.memory.Range;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Creates files that live in memory.
///
/// On Linux they are anonymous (`memfd_create`): other processes of the same user open them through
/// this process's entry in `/proc`, and the last one to unmap them frees them, so no death of any
/// process leaves anything behind. Elsewhere they are ordinary files in a private directory.
final class MemoryFiles {

  private static final int CLOSE_ON_EXEC = 1;

  /// `O_RDWR | O_CLOEXEC` of Linux.
  private static final int OPEN_FLAGS = 2 | 1 << 19;

  private static final int STEP_BYTES = 1 << 20;

  private final Optional<MethodHandle> memfdCreate =
      find("memfd_create", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private final Optional<MethodHandle> open =
      find("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
  private final Optional<MethodHandle> close = find("close", ValueLayout.JAVA_INT);
  private static final Optional<MethodHandle> UNMAP =
      find("munmap", ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

  /// Starts anywhere, so that a title is not another process's, even one of the same number.
  private static final AtomicLong SERIALS = new AtomicLong(new SecureRandom().nextLong() >>> 1);

  /// A new, empty file.
  ///
  /// @param path how processes of this user open it
  /// @param name the same, and what tells it from a later file of this path
  /// @param descriptor what keeps it alive, or -1 for a named file
  record MemoryFile(Path path, String name, int descriptor) {}

  private final boolean anonymous;

  /// Anonymous files where the operating system has them.
  MemoryFiles() {
    this(true);
  }

  /// @param anonymous whether files should have no name where that is possible
  MemoryFiles(boolean anonymous) {
    this.anonymous = anonymous;
  }

  /// {@return whether files need no name, so that nothing can be left behind}
  boolean anonymous() {
    return anonymous
        && memfdCreate.isPresent()
        && close.isPresent()
        && Files.isDirectory(Path.of("/proc/self/fd"));
  }

  MemoryFile create() throws IOException {
    if (!anonymous()) {
      return named();
    }
    String title = Range.title(SERIALS.incrementAndGet());
    int descriptor = call(memfdCreate.orElseThrow(), title, CLOSE_ON_EXEC);
    return descriptor < 0 ? named() : anonymous(descriptor, title);
  }

  /// {@return an anonymous file of another process as one of this process too, so that it can be
  /// opened here when its maker has ended; null if that cannot be}
  ///
  /// @param name what its maker calls it
  @Nullable MemoryFile hold(String name, Path path) throws IOException {
    int mark = name.lastIndexOf('#');
    if (mark < 0 || open.isEmpty() || !anonymous()) {
      return null;
    }
    int descriptor = call(open.get(), path.toString(), OPEN_FLAGS);
    return descriptor < 0 ? null : anonymous(descriptor, name.substring(mark + 1));
  }

  private static MemoryFile anonymous(int descriptor, String title) {
    long pid = ProcessHandle.current().pid();
    Path path = Path.of("/proc/" + pid + "/fd/" + descriptor);
    return new MemoryFile(path, path + "#" + title, descriptor);
  }

  /// Makes sure that the machine has the memory before anybody touches it, for then it is too late
  /// for an exception: the process would end.
  ///
  /// @throws IOException if it has not
  void reserve(MemoryFile file, long bytes) throws IOException {
    if (file.descriptor() >= 0) {
      long machine =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      requireRoom(bytes, machine, "the machine");
      return;
    }
    Path folder = file.path().toAbsolutePath().getParent();
    requireRoom(bytes, Files.getFileStore(file.path()).getUsableSpace(), String.valueOf(folder));
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(bytes, STEP_BYTES));
      for (long done = 0; done < bytes; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - done));
        done += channel.write(zeros, done);
      }
    }
  }

  private static void requireRoom(long bytes, long room, String where) throws IOException {
    if (bytes > room) {
      throw new IOException("%s has room for %d bytes, not for %d".formatted(where, room, bytes));
    }
  }

  void delete(MemoryFile file) throws IOException {
    if (file.descriptor() < 0) {
      Files.deleteIfExists(file.path());
      return;
    }
    try {
      int ignored = (int) close.orElseThrow().invokeExact(file.descriptor());
    } catch (Throwable e) {
      throw new IOException("could not close shared memory", e);
    }
  }

  /// Takes a mapping away that nobody reads any more.
  static void unmap(long address, long bytes) {
    if (bytes == 0 || UNMAP.isEmpty()) {
      return; // it goes with the process
    }
    try {
      int ignored = (int) UNMAP.get().invokeExact(address, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("could not unmap shared memory", e);
    }
  }

  private static MemoryFile named() throws IOException {
    Path shm = Path.of("/dev/shm");
    var access = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path path =
        Files.isWritable(shm)
            ? Files.createTempFile(shm, "argosy-", ".memory", access)
            : Files.createTempFile("argosy-", ".memory");
    path.toFile().deleteOnExit();
    return new MemoryFile(path, path.toString(), -1);
  }

  private static int call(MethodHandle function, String name, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return (int) function.invokeExact(arena.allocateFrom(name), flags);
    } catch (Throwable e) {
      throw new IOException("could not open shared memory", e);
    }
  }

  private static Optional<MethodHandle> find(String name, ValueLayout... arguments) {
    return SystemLibrary.find(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
  }
}
