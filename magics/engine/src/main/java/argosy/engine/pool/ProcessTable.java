package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the system tells about a process, where it does.
final class ProcessTable {

  private static final String MEMORY = "VmRSS:";
  private static final String STATE = "State:\tT";

  private ProcessTable() {}

  /// {@return how many bytes of memory the process occupies, or -1 if unknown}
  static long memoryOf(long pid) {
    String line = find(pid, MEMORY);
    return line.isEmpty() ? -1 : 1024 * Long.parseLong(line.replaceAll("\\D", ""));
  }

  /// {@return whether the process was stopped by a signal, and waits for another to go on}
  static boolean isStopped(long pid) {
    return !find(pid, STATE).isEmpty();
  }

  private static String find(long pid, String start) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(start)) {
          return line;
        }
      }
    } catch (IOException e) {
      // No such process any more, or no such system.
    }
    return "";
  }
}
