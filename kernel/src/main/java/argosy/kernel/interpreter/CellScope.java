package argosy.kernel.interpreter;

import org.jspecify.annotations.Nullable;

/// Which cell a thread works for: the one that it runs, or the one whose thread started it, so that
/// what a background thread prints appears below the cell that it comes from.
public final class CellScope {

  private static final InheritableThreadLocal<@Nullable CellIo> CURRENT =
      new InheritableThreadLocal<>();

  private CellScope() {}

  /// {@return the calling thread's cell, or null if it has none}
  public static @Nullable CellIo current() {
    return CURRENT.get();
  }

  /// Makes the calling thread, and each thread that it starts from now on, work for a cell.
  public static void enter(CellIo cell) {
    CURRENT.set(cell);
  }

  /// Makes the calling thread work for no cell.
  public static void leave() {
    CURRENT.remove();
  }
}
