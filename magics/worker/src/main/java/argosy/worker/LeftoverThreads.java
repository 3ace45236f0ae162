package argosy.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

  /// How long threads may take to end that are about to: those of a pool that was closed are, when
  /// `close` returns, and so is one that has just handed its result over.
  private static final Duration GRACE = Duration.ofMillis(10);

  private final Set<Thread> known = Collections.newSetFromMap(new WeakHashMap<>());
  private final Duration grace;
  private int expected;

  /// Those that run now are expected.
  LeftoverThreads() {
    this(GRACE);
  }

  LeftoverThreads(Duration grace) {
    this.grace = grace;
    Thread[] active = active();
    this.expected = active.length;
    known.addAll(List.of(active));
  }

  /// Writes one line to standard error if there are new ones.
  void report() {
    List<String> names = found();
    if (!names.isEmpty()) {
      System.err.println(
          "the task has ended but left threads running: "
              + String.join(", ", names)
              + "; end them before it returns, as with try (var executor = …)");
    }
  }

  /// {@return the names of new ones that do not end by themselves}
  List<String> found() {
    int count = Thread.activeCount();
    if (count <= expected) {
      expected = count;
      return List.of();
    }
    List<Thread> fresh = new ArrayList<>();
    for (Thread thread : active()) {
      if (!thread.equals(Thread.currentThread()) && known.add(thread) && !isOfPlatform(thread)) {
        fresh.add(thread);
      }
    }
    List<String> names = staying(fresh).stream().map(Thread::getName).toList();
    expected = Thread.activeCount();
    return names;
  }

  private static Thread[] active() {
    Thread[] active = new Thread[Thread.activeCount() + 16];
    return Arrays.copyOf(active, Thread.enumerate(active));
  }

  private List<Thread> staying(List<Thread> fresh) {
    long end = System.nanoTime() + grace.toNanos();
    try {
      for (Thread thread : fresh) {
        long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (millis <= 0) {
          break;
        }
        thread.join(millis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return fresh.stream().filter(Thread::isAlive).toList();
  }

  private static boolean isOfPlatform(Thread thread) {
    return OF_PLATFORM.stream().anyMatch(thread.getName()::startsWith);
  }
}
