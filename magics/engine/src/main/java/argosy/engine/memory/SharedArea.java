package argosy.engine.memory;

import argosy.wire.memory.Range;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Some memory that several processes have mapped: one copy, however many look at it.
///
/// The process that creates an area owns it. It ends when its owner closes it, when nothing in the
/// owner refers to it or to a part of its memory any more, or when the owner's process ends, and
/// then nothing of it is left. A process that has attached it keeps its view until nothing there
/// refers to it, or it is closed: there, or within a second by its owner. If the owner ends without
/// closing it, who has attached it can still pass it on. Safe from any thread.
/*
 * State. Behind the memory stands a word by which processes tell each other that the owner has
 * closed it, and that somebody has attached it.
 *
 * Lifetime. Every part of the memory, buffers included, refers to the area, through what is to be
 * done when its arena closes. So an area that nothing refers to has no reader left, and its mapping
 * can go without the arena, which refers to it and for that reason cannot be what is cleaned up.
 */
public final class SharedArea implements AutoCloseable {

  private static final int TAKEN = 1;
  private static final int CLOSED = 2;
  private static final VarHandle STATE = ValueLayout.JAVA_INT.varHandle();

  private static final Cleaner CLEANER = Cleaner.create();
  private static final MemoryFiles FILES = new MemoryFiles();

  private final String place;
  private final Arena arena;
  private final MemorySegment segment;
  private final MemorySegment state;
  private final Mapping mapping;

  /// @param held what keeps the memory for others to open: the owner's, or this process's own
  private SharedArea(
      String place, Path path, long bytes, boolean isOwner, MemoryFiles.@Nullable MemoryFile held)
      throws IOException {
    this.place = place;
    this.arena = Arena.ofShared();
    MemorySegment mapped = map(path, wholeBytes(bytes), arena);
    MemorySegment whole = referringTo(this, mapped, arena);
    this.segment = whole.asSlice(0, bytes);
    this.state = whole.asSlice(wholeBytes(bytes) - Integer.BYTES);
    this.mapping = new Mapping(mapped.address(), mapped.byteSize(), isOwner, held);
    CLEANER.register(this, mapping::free);
  }

  /// Creates an area of zeros that this process owns.
  ///
  /// @throws UncheckedIOException if the machine has not that much memory to share
  public static SharedArea create(long bytes) {
    try {
      MemoryFiles.MemoryFile file = FILES.create();
      try {
        FILES.reserve(file, wholeBytes(bytes));
        return new SharedArea(file.name(), file.path(), bytes, true, file);
      } catch (IOException | RuntimeException | OutOfMemoryError e) {
        FILES.delete(file);
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot share " + bytes + " bytes of memory: " + e.getMessage(), e);
    }
  }

  /// Maps an area that another process of the same user owns.
  ///
  /// @throws IllegalStateException if its owner has closed it
  public static SharedArea attach(String place, long bytes) {
    try {
      return SharedWatch.find(place, bytes);
    } catch (NoSuchFileException e) {
      throw new IllegalStateException("this shared memory was closed, or its owner has ended", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot map shared memory: " + e.getMessage(), e);
    }
  }

  static SharedArea map(String place, long bytes) throws IOException {
    Path path = new Range(place, 0, bytes).path();
    MemoryFiles.MemoryFile held = FILES.hold(place, path);
    try {
      SharedArea area = new SharedArea(place, path, bytes, false, held);
      int ignored = (int) STATE.getAndBitwiseOr(area.state, 0L, TAKEN);
      return area;
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (held != null) {
        FILES.delete(held);
      }
      throw e;
    }
  }

  private static long wholeBytes(long bytes) {
    return Math.addExact(bytes, 2 * Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  /// Keeps the area until another process has attached it, for its name is on its way there.
  public void keepUntilTaken() {
    if (mapping.isOwner && (stateNow() & TAKEN) == 0) {
      SharedWatch.keep(this);
    }
  }

  /// {@return whether it is over, or another process has attached it}
  boolean isTaken() {
    return !isOpen() || (stateNow() & TAKEN) != 0;
  }

  /// {@return whether its owner has closed it, or this process its view}
  boolean isClosed() {
    return !isOpen() || (stateNow() & CLOSED) != 0;
  }

  private int stateNow() {
    return (int) STATE.getVolatile(state, 0L);
  }

  /// {@return the memory itself, valid as long as the area is open}
  public MemorySegment segment() {
    return segment;
  }

  /// {@return how other processes of this user find it}
  public String place() {
    MemoryFiles.MemoryFile held = mapping.held;
    return held == null || SharedNames.isThere(place) ? place : held.name();
  }

  /// {@return whether it can still be used here}
  public boolean isOpen() {
    return arena.scope().isAlive();
  }

  /// Gives it a name by which other processes find it, until its owner closes it or ends.
  ///
  /// @param description what they are told of it
  /// @throws IllegalStateException if something that lives has the name
  public void publish(String name, String description) {
    SharedNames.Entry entry = new SharedNames.Entry(place(), description);
    SharedNames.publish(name, entry);
    mapping.names.put(name, entry);
    if (mapping.isOwner) {
      SharedNames.removeAtExit(name, entry);
    }
  }

  /// Ends the area if this process owns it, or else this process's view of it. Idempotent.
  ///
  /// @throws IllegalStateException if another thread reads or writes it at this moment
  @Override
  public void close() {
    if (mapping.isFreed.compareAndSet(false, true)) {
      try {
        if (mapping.isOwner) {
          int ignored = (int) STATE.getAndBitwiseOr(state, 0L, CLOSED);
        }
        arena.close();
      } catch (IllegalStateException e) {
        mapping.isFreed.set(false);
        throw e;
      }
      mapping.release();
    }
  }

  @SuppressWarnings("restricted") // the address and size are those that were mapped
  private static MemorySegment referringTo(SharedArea area, MemorySegment mapped, Arena arena) {
    return MemorySegment.ofAddress(mapped.address())
        .reinterpret(mapped.byteSize(), arena, _ -> Objects.requireNonNull(area));
  }

  private static MemorySegment map(Path path, long bytes, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return channel.map(MapMode.READ_WRITE, 0, bytes, arena);
    }
  }

  /// What is left to be done when an area ends. Refers to no area.
  private static final class Mapping {
    private final long address;
    private final long bytes;
    private final boolean isOwner;
    private final MemoryFiles.@Nullable MemoryFile held;
    private final AtomicBoolean isFreed = new AtomicBoolean();
    private final Map<String, SharedNames.Entry> names = new ConcurrentHashMap<>();

    Mapping(long address, long bytes, boolean isOwner, MemoryFiles.@Nullable MemoryFile held) {
      this.address = address;
      this.bytes = bytes;
      this.isOwner = isOwner;
      this.held = held;
    }

    void free() {
      if (isFreed.compareAndSet(false, true)) {
        MemoryFiles.unmap(address, bytes);
        release();
      }
    }

    void release() {
      MemoryFiles.MemoryFile file = held;
      if (file == null) {
        return;
      }
      try {
        FILES.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (isOwner) {
        names.forEach(SharedNames::removeIf);
      }
    }
  }
}
