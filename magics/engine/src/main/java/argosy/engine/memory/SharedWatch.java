package argosy.engine.memory;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What this process has mapped of other processes' areas, so that a thousand tasks map it once,
/// and which of its own are on their way to others.
///
/// While there is any, a thread looks every second which are over, and lets go of them: the memory
/// of an attached area that its owner has closed would otherwise be lost to the machine until this
/// process collects its garbage.
final class SharedWatch {

  private static final long LOOK_MILLIS = 1_000;

  private static final Object LOCK = new Object();

  // All guarded by LOCK.
  private static final Map<String, WeakReference<SharedArea>> ATTACHED = new HashMap<>();
  private static final Set<SharedArea> KEPT = new HashSet<>();
  private static @Nullable Thread thread;

  private SharedWatch() {}

  /// {@return an area of another process, mapped}
  ///
  /// @throws NoSuchFileException if its owner has closed it, or has ended
  static SharedArea find(String place, long bytes) throws IOException {
    synchronized (LOCK) {
      WeakReference<SharedArea> known = ATTACHED.get(place);
      SharedArea area = known == null ? null : known.get();
      if (area != null && area.isOpen() && area.segment().byteSize() == bytes) {
        if (area.isClosed()) {
          throw new NoSuchFileException(place);
        }
        return area;
      }
      SharedArea mapped = SharedArea.map(place, bytes);
      ATTACHED.put(place, new WeakReference<>(mapped));
      look();
      return mapped;
    }
  }

  /// Refers to an area until another process has attached it.
  static void keep(SharedArea area) {
    synchronized (LOCK) {
      KEPT.add(area);
      look();
    }
  }

  private static void look() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("argosy/shared-memory").start(SharedWatch::watch);
    }
  }

  private static void watch() {
    while (true) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        // Nobody has a reason to; what is mapped has to be looked after all the same.
      }
      synchronized (LOCK) {
        ATTACHED.values().removeIf(known -> isOver(known.get()));
        KEPT.removeIf(SharedArea::isTaken);
        if (ATTACHED.isEmpty() && KEPT.isEmpty()) {
          thread = null;
          return;
        }
      }
    }
  }

  private static boolean isOver(@Nullable SharedArea area) {
    if (area == null || !area.isOpen()) {
      return true;
    }
    if (!area.isClosed()) {
      return false;
    }
    try {
      area.close();
      return true;
    } catch (IllegalStateException e) {
      return false; // somebody reads it just now
    }
  }
}
