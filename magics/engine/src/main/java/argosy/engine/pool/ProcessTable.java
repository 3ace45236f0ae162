package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system tells about a process, where it does.
final class ProcessTable {

  private static final String MEMORY = "\nVmRSS:";
  private static final String STATE = "\nState:\tT";

  private ProcessTable() {}

  /// {@return how many bytes of memory the process occupies, or -1 if unknown}
  static long memoryOf(long pid) {
    String status = status(pid);
    int start = status.indexOf(MEMORY);
    int end = status.indexOf(" kB", start);
    return start < 0 || end < 0
        ? -1
        : 1024 * Long.parseLong(status.substring(start + MEMORY.length(), end).strip());
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
