package argosy.engine.memory;

import argosy.wire.memory.SharedFile;

/// A file of [SharedMemory], and what of it is in use.
final class Room {
  final MemoryFiles.MemoryFile file;
  final SharedFile mapping;

  // Guarded by the pool.
  final FreeRanges unused;
  long capacity;

  /// How many leases lie here, and the pool itself where small ones come and go.
  int users;

  /// Whether it was given to several although it is larger than they need.
  boolean isDivided;

  /// When somebody left it last, as the pool's clock says.
  long changedNanos;

  Room(MemoryFiles.MemoryFile file, SharedFile mapping, long capacity) {
    this.file = file;
    this.mapping = mapping;
    this.capacity = capacity;
    this.unused = new FreeRanges(capacity);
  }
}
