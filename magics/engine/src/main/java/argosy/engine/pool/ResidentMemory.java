package argosy.engine.pool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much memory a process occupies, where the system tells.
final class ResidentMemory {

  private static final String FIELD = "VmRSS:";

  private ResidentMemory() {}

  /// {@return the bytes, or -1 if unknown}
  static long ofProcess(long pid) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
        if (line.startsWith(FIELD)) {
          return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      // No such process any more, or no such system.
    }
    return -1;
  }
}
