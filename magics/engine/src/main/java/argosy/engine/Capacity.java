package argosy.engine;

import argosy.engine.pool.MachineMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/// How many workers this machine has room for. With more, it ends whatever it likes, or nothing
/// starts any more.
public final class Capacity {

  /// What a worker's process occupies that has run a little.
  public static final long PROCESS_BYTES = 60_000_000;

  /// How many threads a worker's process has that has run a little.
  private static final int PROCESS_THREADS = 20;

  /// What a JVM can start where nobody tells of a limit.
  private static final long USUAL_THREADS = 1 << 16;

  private static final Capacity HERE = measured();

  private final long bytes;
  private final long threads;

  /// @param bytes how much memory there is for all processes
  /// @param threads how many threads all processes may have
  Capacity(long bytes, long threads) {
    this.bytes = bytes;
    this.threads = threads;
  }

  /// {@return what this machine has}
  public static Capacity here() {
    return HERE;
  }

  private static Capacity measured() {
    long most =
        Stream.of(
                limit("/proc/sys/kernel/threads-max"),
                limit("/proc/sys/kernel/pid_max"),
                limit("/proc/sys/vm/max_map_count") / 2, // a thread's stack and what guards it
                limit("/sys/fs/cgroup/pids.max"))
            .min(Long::compare)
            .orElse(Long.MAX_VALUE);
    return new Capacity(
        MachineMemory.totalBytes(), most < Long.MAX_VALUE / 2 ? most : USUAL_THREADS);
  }

  /// Such a file has to be read at once: the system gives a second read nothing.
  private static long limit(String file) {
    try (BufferedReader reader = Files.newBufferedReader(Path.of(file))) {
      return Long.parseLong(String.valueOf(reader.readLine()).strip());
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE; // No such system, or no such limit.
    }
  }

  /// {@return why there cannot be so many workers, or nothing if there can}
  ///
  /// @param backend `processes`, `threads` or `sequential`
  public String refusal(String backend, int count) {
    return switch (backend) {
      case "processes" ->
          count * PROCESS_BYTES > bytes
              ? String.format(
                  Locale.ROOT,
                  "%,d workers would occupy about %,.0f GB without a task, and this machine has"
                      + " %,.0f GB",
                  count,
                  count * PROCESS_BYTES / 1e9,
                  bytes / 1e9)
              : tooMany(
                  "%,d workers with about %,d threads",
                  count, (long) count * PROCESS_THREADS, threads);
      // Half of them are left to all else: without those this process itself ends.
      case "threads" -> tooMany("%,d threads", count, count, threads / 2);
      default -> "";
    };
  }

  private String tooMany(String what, int count, long started, long most) {
    return started > most
        ? String.format(Locale.ROOT, what, count, started)
            + String.format(
                Locale.ROOT,
                " are too many: this system allows %,d threads for all programs",
                threads)
        : "";
  }
}
