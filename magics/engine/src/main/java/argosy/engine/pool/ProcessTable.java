package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system tells about a process, where it does.
final class ProcessTable {

  private static final String MEMORY = "\nVmRSS:";
  private static final String SHARED = "\nRssShmem:";
  private static final String STATE = "\nState:\tT";

  private ProcessTable() {}

  /// {@return how many bytes of memory the process occupies, or -1 if unknown; without what it
  /// shares with others, which would stay if it ended}
  static long memoryOf(long pid) {
    String status = status(pid);
    long all = bytes(status, MEMORY);
    return all < 0 ? -1 : all - Math.max(0, bytes(status, SHARED));
  }

  private static long bytes(String status, String title) {
    int start = status.indexOf(title);
    int end = status.indexOf(" kB", start);
    return start < 0 || end < 0
        ? -1
        : 1024 * Long.parseLong(status.substring(start + title.length(), end).strip());
  }

  /// {@return whether the process was stopped by a signal, and waits for another to go on}
  static boolean isStopped(long pid) {
    return status(pid).contains(STATE);
  }

  private static String status(long pid) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException e) {
      return ""; // no such process any more, or no such system
    }
  }
}
