package argosy.engine.memory;

import argosy.wire.memory.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// Some memory that several processes have mapped: one copy, however many look at it.
///
/// The process that creates an area owns it. It ends when its owner closes it, when nothing in the
/// owner refers to it any more, or when the owner's process ends, and then nothing of it is left; a
/// worker that has it mapped keeps its own view until nothing there refers to it. Safe from any
/// thread.
public final class SharedArea implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();
  private static final MemoryFiles FILES = new MemoryFiles();

  /// What this process has mapped of other processes' areas, so that a thousand tasks map it once.
  private static final Map<String, WeakReference<SharedArea>> ATTACHED = new ConcurrentHashMap<>();

  private final String path;
  private final Arena arena;
  private final MemorySegment segment;
  private final Runnable free;

  private SharedArea(String path, Arena arena, MemorySegment segment, Runnable free) {
    this.path = path;
    this.arena = arena;
    this.segment = segment;
    this.free = free;
  }

  /// Creates an area of zeros that this process owns.
  ///
  /// @throws UncheckedIOException if the machine has not that much memory to share
  public static SharedArea create(long bytes) {
    try {
      MemoryFiles.MemoryFile file = FILES.create();
      Arena arena = Arena.ofShared();
      MemorySegment segment = map(file.path(), bytes, arena);
      AtomicBoolean freed = new AtomicBoolean();
      Runnable free =
          () -> {
            if (arena.scope().isAlive()) {
              arena.close();
            }
            if (freed.compareAndSet(false, true)) {
              delete(file);
            }
          };
      SharedArea area = new SharedArea(file.name(), arena, segment, free);
      CLEANER.register(area, free);
      return area;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot share " + bytes + " bytes of memory: " + e.getMessage(), e);
    }
  }

  /// Maps an area that another process of the same user owns.
  ///
  /// @throws IllegalStateException if its owner has closed it
  public static SharedArea attach(String path, long bytes) {
    WeakReference<SharedArea> known = ATTACHED.get(path);
    SharedArea area = known == null ? null : known.get();
    if (area != null && area.segment.byteSize() == bytes) {
      return area;
    }
    try {
      Arena arena = Arena.ofAuto();
      Path file = new Range(path, 0, bytes).path();
      SharedArea mapped = new SharedArea(path, arena, map(file, bytes, arena), () -> {});
      ATTACHED.values().removeIf(gone -> gone.refersTo(null));
      ATTACHED.put(path, new WeakReference<>(mapped));
      return mapped;
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("this shared memory was closed, or its owner has ended", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot map shared memory: " + e.getMessage(), e);
    }
  }

  /// {@return the memory itself, valid as long as the area is open and something refers to it}
  public MemorySegment segment() {
    return segment;
  }

  /// {@return how other processes of this user find it}
  public String path() {
    return path;
  }

  /// {@return whether it can still be used here}
  public boolean isOpen() {
    return arena.scope().isAlive();
  }

  /// Ends the area if this process owns it; an attached one stays as long as something refers to
  /// it. Idempotent.
  ///
  /// @throws IllegalStateException if another thread reads or writes it at this moment
  @Override
  public void close() {
    free.run();
  }

  private static MemorySegment map(Path path, long bytes, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
    }
  }

  private static void delete(MemoryFiles.MemoryFile file) {
    try {
      FILES.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
