package argosy.worker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

/// Names the threads that a task has started and left running, once each, where its user sees it.
final class LeftoverThreads {

  /// A shorter task has started none, and is not worth a look.
  static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

  /// Threads that the platform starts by itself and keeps.
  private static final List<String> OF_PLATFORM =
      List.of(
          "argosy/",
          "ForkJoinPool.commonPool-",
          "process reaper",
          "Cleaner-",
          "CompletableFutureDelayScheduler",
          "VirtualThread-",
          "DestroyJavaVM",
          "Java2D",
          "AWT-");

  private final Set<Thread> known = Collections.newSetFromMap(new WeakHashMap<>());
  private int expected;

  /// Those that run now are expected.
  LeftoverThreads() {
    expected = Thread.activeCount();
  }

  /// Writes one line to standard error if there are new ones.
  void report() {
    int count = Thread.activeCount();
    if (count <= expected) {
      expected = count;
      return;
    }
    Thread[] active = new Thread[count + 16];
    int found = Thread.enumerate(active);
    expected = found;
    List<String> names = new ArrayList<>();
    for (int i = 0; i < found; i++) {
      Thread thread = active[i];
      if (!thread.equals(Thread.currentThread()) && known.add(thread) && !isOfPlatform(thread)) {
        names.add(thread.getName());
      }
    }
    if (!names.isEmpty()) {
      System.err.println(
          "the task has ended but left threads running: "
              + String.join(", ", names)
              + "; end them before it returns, as with try (var executor = …)");
    }
  }

  private static boolean isOfPlatform(Thread thread) {
    return OF_PLATFORM.stream().anyMatch(thread.getName()::startsWith);
  }
}
