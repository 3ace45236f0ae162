package argosy.kernel.jshell;

import org.jspecify.annotations.Nullable;

/// Memory that is kept back for the cell that comes after one that has filled the heap: without it
/// there would be no room for compiling what frees the heap again. Confined to the thread of the
/// cells.
final class Reserve {

  private static final long MAX_BYTES = 16L << 20;

  private final ClassReserve classes = new ClassReserve();
  private byte @Nullable [] kept = allocate();

  private static byte @Nullable [] allocate() {
    try {
      return new byte[(int) Math.min(MAX_BYTES, Runtime.getRuntime().maxMemory() / 16)];
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /// Makes room.
  void release() {
    kept = null;
    classes.release();
  }

  /// Keeps memory back again, as soon as there is enough.
  void restore() {
    if (kept == null) {
      kept = allocate();
    }
    classes.restore();
  }
}
