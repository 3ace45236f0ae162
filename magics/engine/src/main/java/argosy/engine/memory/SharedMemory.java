package argosy.engine.memory;

import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
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
   * Dividing. Before a large file is made, one that is larger still, and that nobody has needed for a while,
   * is used for several leases: its pages are here. What none of them has at its end goes after a minute.
   *
   * Reclaiming. What dead values still hold is asked for whenever a large file is needed, and waited for
   * before one is made: workers answer sooner than its pages would be touched.
   *
   * Spares. Who takes a file may need another before the first is given back: values that stay captured, or
   * several on their way. So where none of its size is left, nor a part of a larger one, one more is made
   * and touched in the background, unless one has come back after the time that filling the first takes. It
   * is then kept like that one.
   *
   * Slabs. Small leases lie side by side in one file, because a process has not files for thousands of
   * them. The file is given back with the last of them.
   */

  private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final long SMALLEST_BYTES = 1 << 20;
  private static final int MOST_WASTE = 4;

  /// A file that is larger than this many times what is needed is worth more than what is saved.
  private static final int MOST_PARTS = 16;

  /// After this the next of its size is not expected soon.
  private static final long UNNEEDED_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final long SLAB_BYTES = 32L << 20;
  private static final long LARGEST_IN_SLAB = SLAB_BYTES / 8;
  private static final int ALIGNMENT = 64;

  /// A larger one takes a second, and much of the machine.
  private static final long LARGEST_SPARE_BYTES = 256L << 20;

  /// Of what may be kept.
  private static final int SPARE_SHARE = 4;

  /// After this a worker is at something else.
  private static final long RECLAIM_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /// Bytes for each of which a nanosecond more of waiting is worth it: to touch them takes longer.
  private static final long RECLAIM_SPEED = 8;

  /// Bytes per nanosecond at which a fresh file is filled.
  private static final long FILLING_SPEED = 1;

  private final MemoryFiles files;
  private final long keptBytesLimit;
  private final Executor background;
  private final LongSupplier clock;
  private volatile BooleanSupplier reclaim = () -> false;

  // All guarded by this.
  private final Deque<Room> freeOldestFirst = new ArrayDeque<>();
  private final Set<Room> rooms = new HashSet<>();
  private @Nullable Room slab;
  private boolean closed;
  private @Nullable Thread trimmer;
  private boolean isSparing;

  /// @param keptBytesLimit how much memory may wait for its next use
  public SharedMemory(long keptBytesLimit) {
    this(
        keptBytesLimit,
        new MemoryFiles(),
        work -> Thread.ofPlatform().daemon().name("argosy/memory-spare").start(work),
        System::nanoTime);
  }

  /// @param background makes the spares; one that does nothing makes none
  /// @param clock what says for how long something has been unused, in nanoseconds
  SharedMemory(long keptBytesLimit, MemoryFiles files, Executor background, LongSupplier clock) {
    this.keptBytesLimit = keptBytesLimit;
    this.files = files;
    this.background = background;
    this.clock = clock;
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
      Room fresh = room(SLAB_BYTES, false);
      synchronized (this) {
        Room old = slab;
        slab = fresh; // of which the pool is a user until the next slab takes over
        if (old != null) {
          leave(old);
        }
        Lease lease = inSlab(bytes);
        if (lease != null) {
          return lease;
        }
      }
    }
    while (true) {
      Room room = room(bytes, true);
      synchronized (this) {
        Lease lease = in(room, bytes);
        if (lease != null) {
          return lease;
        }
        leave(room); // others were faster
      }
    }
  }

  private @Nullable Lease inSlab(long bytes) {
    requireOpen();
    Room current = slab;
    if (current == null) {
      return null;
    }
    Lease lease = in(current, bytes);
    if (lease != null) {
      current.users++;
    }
    return lease;
  }

  private @Nullable Lease in(Room room, long bytes) {
    long rounded = aligned(bytes);
    long start = room.unused.take(rounded);
    return start < 0 ? null : new Lease(this, room, start, bytes);
  }

  private static long aligned(long bytes) {
    return (Math.max(1, bytes) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the shared memory is closed");
    }
  }

  /// {@return a file with room for some bytes, which the caller leaves}
  ///
  /// @param isPart whether it may be one that others use too
  private Room room(long bytes, boolean isPart) throws IOException {
    boolean isLarge = bytes >= DeadArrays.LEAST_BYTES;
    boolean isComing = isLarge && reclaim.getAsBoolean(); // for this one, or for the next
    Room kept = takeKept(bytes, isPart);
    if (kept == null && isLarge) {
      DeadArrays.makeRoom(bytes);
      isComing |= reclaim.getAsBoolean();
      if (isComing) {
        kept = awaitKept(bytes, isPart);
      }
    }
    if (kept != null) {
      spare(kept);
      return kept;
    }
    Room room = fresh(Math.max(SMALLEST_BYTES, roundUp(bytes)));
    DeadArrays.came(bytes);
    synchronized (this) {
      room.users++;
      rooms.add(room);
    }
    spare(room);
    return room;
  }

  private synchronized @Nullable Room takeKept(long bytes, boolean isPart) {
    requireOpen();
    Optional<Room> fitting =
        freeOldestFirst.stream()
            .filter(room -> room.capacity >= bytes)
            .filter(room -> room.capacity <= MOST_WASTE * Math.max(bytes, SMALLEST_BYTES))
            .min(Comparator.comparingLong(room -> room.capacity));
    fitting.ifPresent(freeOldestFirst::remove);
    Optional<Room> taken = fitting.or(() -> isPart ? takePart(bytes) : Optional.empty());
    taken.ifPresent(room -> room.users++);
    return taken.orElse(null);
  }

  /// {@return a file that several use, or may use from now on, with room for some bytes}
  private Optional<Room> takePart(long bytes) {
    Optional<Room> room = partFor(bytes);
    if (room.isPresent() && freeOldestFirst.remove(room.get())) {
      room.get().isDivided = true;
      trimLater();
    }
    return room;
  }

  private Optional<Room> partFor(long bytes) {
    long rounded = aligned(bytes);
    long now = clock.getAsLong();
    return divided()
        .filter(room -> room.unused.has(rounded))
        .findFirst()
        .or(() ->
            freeOldestFirst.stream()
                .filter(room -> room.capacity >= rounded)
                .filter(room -> room.capacity <= MOST_PARTS * rounded)
                .filter(room -> now - room.changedNanos >= UNNEEDED_NANOS)
                .min(Comparator.comparingLong(room -> room.capacity)));
  }

  /// {@return what is given back within the time that is worth waiting, or null}
  private synchronized @Nullable Room awaitKept(long bytes, boolean isPart) {
    long end = System.nanoTime() + Math.max(RECLAIM_NANOS, bytes / RECLAIM_SPEED);
    while (true) {
      Room kept = takeKept(bytes, isPart);
      long left = end - System.nanoTime();
      if (kept != null || left <= 0) {
        return kept;
      }
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
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

  private void spare(Room taken) {
    long capacity;
    synchronized (this) {
      capacity = taken.capacity;
      boolean isSmall = capacity <= Math.min(LARGEST_SPARE_BYTES, keptBytesLimit / SPARE_SHARE);
      if (taken.isDivided
          || isSparing
          || !isSmall
          || keptBytes() + capacity > keptBytesLimit
          || keeps(capacity)) {
        return;
      }
      isSparing = true;
    }
    background.execute(() -> makeSpare(capacity));
  }

  /// {@return whether there is something for the next of this size}
  private synchronized boolean keeps(long capacity) {
    return freeOldestFirst.stream().anyMatch(room -> room.capacity == capacity)
        || partFor(capacity).isPresent();
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
    long whole = freeOldestFirst.stream().mapToLong(room -> room.capacity).sum();
    return whole + divided().mapToLong(room -> room.unused.bytes()).sum();
  }

  private Stream<Room> divided() {
    return rooms.stream().filter(room -> room.isDivided);
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
    slab = null;
    LockSupport.unpark(trimmer);
  }

  private synchronized void leave(Room room) {
    room.changedNanos = clock.getAsLong();
    notifyAll();
    if (--room.users > 0 || closed) {
      if (room.isDivided) {
        trimLater();
      }
      return;
    }
    room.isDivided = false;
    if (room.capacity > keptBytesLimit) {
      discard(room); // before it drives out all others, and then itself
      return;
    }
    freeOldestFirst.addLast(room);
    while (keptBytes() > keptBytesLimit && !freeOldestFirst.isEmpty()) {
      discard(freeOldestFirst.removeFirst());
    }
    trimLater();
  }

  private void trimLater() {
    if (trimmer == null && !closed && keptBytes() > 0) {
      trimmer = Thread.ofPlatform().daemon().name("argosy/memory-trim").start(this::trimAgain);
    }
  }

  /// Until nothing is kept.
  private void trimAgain() {
    long pauseNanos = IDLE_NANOS;
    while (pauseNanos > 0) {
      LockSupport.parkNanos(pauseNanos);
      pauseNanos = trim(clock.getAsLong());
    }
  }

  /// Frees what nobody has needed for a minute.
  ///
  /// @return after how many nanoseconds there will be more, or 0 if nothing is kept
  synchronized long trim(long nowNanos) {
    while (!freeOldestFirst.isEmpty() && idleNanosLeft(freeOldestFirst.getFirst(), nowNanos) <= 0) {
      discard(freeOldestFirst.removeFirst());
    }
    divided().filter(room -> idleNanosLeft(room, nowNanos) <= 0).forEach(SharedMemory::trimEnd);
    OptionalLong next =
        Stream.concat(
                freeOldestFirst.stream(),
                divided().filter(room -> room.unused.reaches(room.capacity)))
            .mapToLong(room -> idleNanosLeft(room, nowNanos))
            .min();
    if (next.isEmpty()) {
      trimmer = null;
    }
    return next.orElse(0);
  }

  private static long idleNanosLeft(Room room, long nowNanos) {
    return room.changedNanos + IDLE_NANOS - nowNanos;
  }

  private static void trimEnd(Room room) {
    room.capacity = room.unused.trim(room.capacity);
    try {
      room.mapping.shrink(room.capacity);
    } catch (IOException e) {
      tell(e);
    }
  }

  private void discard(Room room) {
    rooms.remove(room);
    try {
      room.mapping.shrink(0);
      room.mapping.close();
      files.delete(room.file);
    } catch (IOException e) {
      tell(e);
    }
  }

  private static void tell(IOException e) {
    System.getLogger(SharedMemory.class.getName())
        .log(System.Logger.Level.WARNING, "shared memory could not be freed", e);
  }

  private static long roundUp(long bytes) {
    long step = Math.max(SMALLEST_BYTES, Long.highestOneBit(Math.max(1, bytes)) >> 2);
    return (bytes + step - 1) / step * step;
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
        room.unused.give(offset, aligned(bytes));
        owner.leave(room);
      }
    }
  }
}
