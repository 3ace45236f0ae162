package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system tells about the memory that all processes share, where it tells. Safe from any
/// thread.
public final class MachineMemory {

  private static final Path EVENTS = Path.of("/sys/fs/cgroup/memory.events");
  private static final Path LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path MACHINE = Path.of("/proc/meminfo");
  private static final String KILLS = "oom_kill ";
  private static final String TOTAL = "MemTotal:";

  private MachineMemory() {}

  /// {@return how many processes of this group the system has killed so far because memory was
  /// short}
  static long kills() {
    return number(EVENTS, KILLS, 0);
  }

  /// {@return how much memory this process and all others of its group may have together, in bytes;
  /// a number beyond any machine's if nobody tells}
  public static long totalBytes() {
    long machine = number(MACHINE, TOTAL, Long.MAX_VALUE >> 10) << 10;
    return Math.min(machine, number(LIMIT, "", Long.MAX_VALUE));
  }

  private static long number(Path file, String field, long otherwise) {
    try {
      for (String line : Files.readAllLines(file)) {
        String value = line.replaceAll("\\D", "");
        if (line.startsWith(field) && !value.isEmpty()) {
          return Long.parseLong(value);
        }
      }
    } catch (IOException e) {
      // No such system.
    }
    return otherwise;
  }
}
