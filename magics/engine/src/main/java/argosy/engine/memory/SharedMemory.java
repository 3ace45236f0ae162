package argosy.engine.memory;

import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A pool of shared memory that this process writes and workers read.
///
/// Safe from any thread. [#lease] blocks only while the operating system finds memory.
public final class SharedMemory implements AutoCloseable {

  /*
   * Reuse. A fresh page costs about ten times what copying onto it does, in this process and again in each
   * worker that maps it. So a file that is given back is kept, mapped and touched, and the next lease of
   * up to its size takes it, unless it would waste more than three quarters of it. What is kept is
   * bounded: the file given back longest ago goes first.
   */

  private static final long SMALLEST_BYTES = 1 << 20;
  private static final int MOST_WASTE = 4;

  private final MemoryFiles files = new MemoryFiles();
  private final long keptBytesLimit;

  // All guarded by this.
  private final Deque<Room> freeOldestFirst = new ArrayDeque<>();
  private final Set<Room> rooms = new HashSet<>();
  private long keptBytes;
  private boolean closed;

  /// @param keptBytesLimit how much memory may wait for its next use
  public SharedMemory(long keptBytesLimit) {
    this.keptBytesLimit = keptBytesLimit;
  }

  /// {@return room for some bytes, which the caller gives back by closing it}
  ///
  /// @throws IOException if the machine has no memory left for it
  /// @throws IllegalStateException after [#close()]
  public Lease lease(long bytes) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the shared memory is closed");
      }
      Optional<Room> fitting =
          freeOldestFirst.stream()
              .filter(room -> room.capacity >= bytes)
              .filter(room -> room.capacity <= MOST_WASTE * Math.max(bytes, SMALLEST_BYTES))
              .min(Comparator.comparingLong(Room::capacity));
      if (fitting.isPresent()) {
        forgetFree(fitting.get());
        return new Lease(this, fitting.get(), bytes);
      }
    }
    long capacity = Math.max(SMALLEST_BYTES, roundUp(bytes));
    MemoryFiles.MemoryFile file = files.create();
    Room room = new Room(file, SharedFile.open(file.path(), true), capacity);
    synchronized (this) {
      rooms.add(room);
    }
    return new Lease(this, room, bytes);
  }

  /// {@return the bytes that wait for their next use}
  public synchronized long keptBytes() {
    return keptBytes;
  }

  /// Frees everything, leased or not. Idempotent.
  @Override
  public synchronized void close() {
    closed = true;
    for (Room room : Set.copyOf(rooms)) {
      discard(room);
    }
    freeOldestFirst.clear();
    keptBytes = 0;
  }

  private synchronized void giveBack(Room room) {
    if (closed) {
      return;
    }
    freeOldestFirst.addLast(room);
    keptBytes += room.capacity;
    while (keptBytes > keptBytesLimit) {
      Room oldest = freeOldestFirst.getFirst();
      forgetFree(oldest);
      discard(oldest);
    }
  }

  private void forgetFree(Room room) {
    freeOldestFirst.remove(room);
    keptBytes -= room.capacity;
  }

  private void discard(Room room) {
    rooms.remove(room);
    try {
      room.mapping.close();
      files.delete(room.file);
    } catch (IOException e) {
      System.getLogger(SharedMemory.class.getName())
          .log(System.Logger.Level.WARNING, "shared memory could not be freed", e);
    }
  }

  private static long roundUp(long bytes) {
    long step = Math.max(SMALLEST_BYTES, Long.highestOneBit(Math.max(1, bytes)) >> 2);
    return (bytes + step - 1) / step * step;
  }

  private record Room(MemoryFiles.MemoryFile file, SharedFile mapping, long capacity) {}

  /// Room that belongs to the caller until it is closed.
  public static final class Lease implements AutoCloseable {
    private final SharedMemory owner;
    private final Room room;
    private final long bytes;
    private boolean closed;

    private Lease(SharedMemory owner, Room room, long bytes) {
      this.owner = owner;
      this.room = room;
      this.bytes = bytes;
    }

    /// {@return how another process finds it}
    public Range range() {
      return new Range(room.file.path().toString(), 0, bytes);
    }

    /// {@return the file, mapped into this process}
    public SharedFile file() {
      return room.mapping;
    }

    /// Gives the room back: its content may change at once. Idempotent.
    @Override
    public void close() {
      synchronized (owner) {
        if (closed) {
          return;
        }
        closed = true;
        owner.giveBack(room);
      }
    }
  }
}
