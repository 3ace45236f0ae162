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
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A pool of shared memory that this process owns, and that it and its workers write and read.
///
/// Safe from any thread. [#lease] blocks only while the operating system finds memory.
public final class SharedMemory implements AutoCloseable {

  /*
   * Reuse. A fresh page costs about ten times what copying onto it does, in this process and again in each
   * worker that maps it. So a file that is given back is kept, mapped and touched, and the next lease of
   * up to its size takes it, unless it would waste more than three quarters of it. What is kept is
   * bounded: the file given back longest ago goes first, and its memory with it, whoever has it mapped.
   * What nobody has needed for a minute goes as well: the next burst pays for its pages again.
   *
   * Reclaiming. What dead values still hold is asked for whenever a large file is needed, and waited for
   * before one is made: workers answer sooner than its pages would be touched.
   *
   * Spares. Who takes a file may need another before the first is given back: values that stay captured, or
   * several on their way. So where none of its size is left, one more is made and touched in the background,
   * unless one has come back after the time that filling the first takes. It is then kept like that one.
   *
   * Slabs. Small leases lie side by side in one file, because a process has not files for thousands of
   * them. The file is given back with the last of them.
   */

  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long SMALLEST_BYTES = 1 << 20;
  private static final int MOST_WASTE = 4;
  private static final long SLAB_BYTES = 32L << 20;
  private static final long LARGEST_IN_SLAB = SLAB_BYTES / 8;
  private static final int ALIGNMENT = 64;

  /// A larger one takes a second, and much of the machine.
  private static final long LARGEST_SPARE_BYTES = 256L << 20;

  /// Of what may be kept.
  private static final int SPARE_SHARE = 4;

  /// After this a worker is at something else.
  private static final long RECLAIM_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// Bytes per nanosecond at which a fresh file is filled.
  private static final long FILLING_SPEED = 1;

  private final MemoryFiles files;
  private final long keptBytesLimit;
  private final Executor background;
  private volatile BooleanSupplier reclaim = () -> false;

  // All guarded by this.
  private final Deque<Room> freeOldestFirst = new ArrayDeque<>();
  private final Set<Room> rooms = new HashSet<>();
  private @Nullable Room slab;
  private long slabUsed;
  private long keptBytes;
  private boolean closed;
  private @Nullable Thread trimmer;
  private boolean isSparing;

  /// @param keptBytesLimit how much memory may wait for its next use
  public SharedMemory(long keptBytesLimit) {
    this(
        keptBytesLimit,
        new MemoryFiles(),
        work -> Thread.ofPlatform().daemon().name("argosy/memory-spare").start(work));
  }

  /// @param background makes the spares; one that does nothing makes none
  SharedMemory(long keptBytesLimit, MemoryFiles files, Executor background) {
    this.keptBytesLimit = keptBytesLimit;
    this.files = files;
    this.background = background;
  }

  /// Sets what is to be done when a large file is needed: it has those let go of who hold memory
  /// for nothing, on the caller's thread, and says whether there were any.
  public void reclaimWith(BooleanSupplier reclaim) {
    this.reclaim = reclaim;
  }

  /// {@return room for some bytes, which the caller gives back by closing it}
  ///
  /// @throws IOException if the machine has no memory left for it
  /// @throws IllegalStateException after [#close()]
  public Lease lease(long bytes) throws IOException {
    if (bytes <= LARGEST_IN_SLAB) {
      synchronized (this) {
        Lease lease = inSlab(bytes);
        if (lease != null) {
          return lease;
        }
      }
      Room fresh = room(SLAB_BYTES);
      synchronized (this) {
        Room old = slab;
        slab = fresh;
        slabUsed = 0;
        fresh.users++; // the pool itself, until the next slab takes over
        if (old != null) {
          leave(old);
        }
        Lease lease = inSlab(bytes);
        if (lease != null) {
          return lease;
        }
      }
    }
    Room room = room(bytes);
    synchronized (this) {
      room.users++;
      return new Lease(this, room, 0, bytes);
    }
  }

  private @Nullable Lease inSlab(long bytes) {
    requireOpen();
    Room current = slab;
    long rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (current == null) {
      return null;
    }
    if (current.users == 1) {
      slabUsed = 0;
    }
    if (slabUsed + rounded > current.capacity) {
      return null;
    }
    Lease lease = new Lease(this, current, slabUsed, bytes);
    slabUsed += rounded;
    current.users++;
    return lease;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the shared memory is closed");
    }
  }

  private Room room(long bytes) throws IOException {
    boolean isLarge = bytes >= DeadArrays.LEAST_BYTES;
    boolean isComing = isLarge && reclaim.getAsBoolean(); // for this one, or for the next
    Room kept = takeKept(bytes);
    if (kept == null && isLarge) {
      DeadArrays.makeRoom(bytes);
      isComing |= reclaim.getAsBoolean();
      if (isComing) {
        kept = awaitKept(bytes);
      }
    }
    if (kept != null) {
      spare(kept.capacity);
      return kept;
    }
    Room room = fresh(Math.max(SMALLEST_BYTES, roundUp(bytes)));
    DeadArrays.came(bytes);
    synchronized (this) {
      rooms.add(room);
    }
    spare(room.capacity);
    return room;
  }

  private synchronized @Nullable Room takeKept(long bytes) {
    requireOpen();
    Optional<Room> fitting =
        freeOldestFirst.stream()
            .filter(room -> room.capacity >= bytes)
            .filter(room -> room.capacity <= MOST_WASTE * Math.max(bytes, SMALLEST_BYTES))
            .min(Comparator.comparingLong(room -> room.capacity));
    fitting.ifPresent(this::forgetFree);
    return fitting.orElse(null);
  }

  /// {@return what is given back within the time that is worth waiting, or null}
  private synchronized @Nullable Room awaitKept(long bytes) {
    long end = System.nanoTime() + RECLAIM_NANOS;
    Room kept = takeKept(bytes);
    for (long left; kept == null && (left = end - System.nanoTime()) > 0; kept = takeKept(bytes)) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    return kept;
  }

  private Room fresh(long capacity) throws IOException {
    MemoryFiles.MemoryFile file = files.create();
    try {
      files.reserve(file, capacity);
      SharedFile mapping = SharedFile.open(file.path(), true);
      mapping.extend(capacity);
      return new Room(file, mapping, capacity);
    } catch (IOException e) {
      files.delete(file);
      throw e;
    }
  }

  private void spare(long capacity) {
    synchronized (this) {
      boolean isSmall = capacity <= Math.min(LARGEST_SPARE_BYTES, keptBytesLimit / SPARE_SHARE);
      if (isSparing || !isSmall || keptBytes + capacity > keptBytesLimit || keeps(capacity)) {
        return;
      }
      isSparing = true;
    }
    background.execute(() -> makeSpare(capacity));
  }

  private synchronized boolean keeps(long capacity) {
    return freeOldestFirst.stream().anyMatch(room -> room.capacity == capacity);
  }

  private void makeSpare(long capacity) {
    LockSupport.parkNanos(capacity / FILLING_SPEED);
    Room spare = null;
    try {
      if (!keeps(capacity)) {
        DeadArrays.makeRoom(capacity);
        // Nobody else knows it yet, so nobody takes its memory away while it is touched.
        spare = fresh(capacity);
        spare.mapping.touch();
        DeadArrays.came(capacity);
      }
    } catch (IOException e) {
      System.getLogger(SharedMemory.class.getName())
          .log(System.Logger.Level.DEBUG, "no spare memory", e);
    }
    synchronized (this) {
      isSparing = false;
      if (spare == null) {
        return;
      }
      if (closed) {
        discard(spare);
        return;
      }
      rooms.add(spare);
      spare.users++;
      leave(spare);
    }
  }

  /// {@return the bytes that wait for their next use}
  public synchronized long keptBytes() {
    return keptBytes;
  }

  /// {@return the bytes of all files, in use or waiting}
  public synchronized long totalBytes() {
    return rooms.stream().mapToLong(room -> room.capacity).sum();
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
    slab = null;
    LockSupport.unpark(trimmer);
  }

  private synchronized void leave(Room room) {
    if (--room.users > 0 || closed) {
      return;
    }
    if (room.capacity > keptBytesLimit) {
      discard(room); // before it drives out all others, and then itself
      return;
    }
    room.freeSinceNanos = System.nanoTime();
    freeOldestFirst.addLast(room);
    keptBytes += room.capacity;
    notifyAll();
    while (keptBytes > keptBytesLimit) {
      Room oldest = freeOldestFirst.getFirst();
      forgetFree(oldest);
      discard(oldest);
    }
    trimLater();
  }

  private void trimLater() {
    if (trimmer == null && !freeOldestFirst.isEmpty()) {
      trimmer = Thread.ofPlatform().daemon().name("argosy/memory-trim").start(this::trimAgain);
    }
  }

  /// Until nothing is kept.
  private void trimAgain() {
    long pauseNanos = IDLE_NANOS;
    while (pauseNanos > 0) {
      LockSupport.parkNanos(pauseNanos);
      pauseNanos = trim(System.nanoTime());
    }
  }

  /// Frees what nobody has needed for a minute.
  ///
  /// @return after how many nanoseconds there will be more, or 0 if nothing is kept
  synchronized long trim(long nowNanos) {
    while (!freeOldestFirst.isEmpty()) {
      Room oldest = freeOldestFirst.getFirst();
      long left = oldest.freeSinceNanos + IDLE_NANOS - nowNanos;
      if (left > 0) {
        return left;
      }
      forgetFree(oldest);
      discard(oldest);
    }
    trimmer = null;
    return 0;
  }

  private void forgetFree(Room room) {
    freeOldestFirst.remove(room);
    keptBytes -= room.capacity;
  }

  private void discard(Room room) {
    rooms.remove(room);
    try {
      room.mapping.empty();
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

  private static final class Room {
    final MemoryFiles.MemoryFile file;
    final SharedFile mapping;
    final long capacity;

    int users;
    long freeSinceNanos;

    Room(MemoryFiles.MemoryFile file, SharedFile mapping, long capacity) {
      this.file = file;
      this.mapping = mapping;
      this.capacity = capacity;
    }
  }

  /// Room that belongs to the caller until it is closed.
  public static final class Lease implements AutoCloseable {
    private final SharedMemory owner;
    private final Room room;
    private final long offset;
    private final long bytes;
    private boolean closed;

    private Lease(SharedMemory owner, Room room, long offset, long bytes) {
      this.owner = owner;
      this.room = room;
      this.offset = offset;
      this.bytes = bytes;
    }

    /// {@return how another process finds it}
    public Range range() {
      return new Range(room.file.name(), offset, bytes);
    }

    /// {@return the file, mapped into this process; this lease starts at the range's offset}
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
        owner.leave(room);
      }
    }
  }
}
