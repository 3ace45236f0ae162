package argosy.engine.pool;

import java.util.ArrayDeque;
import java.util.List;

/// The last lines that a process wrote to its own standard output and error, past our relay: what
/// the JVM and native code say when they die. Safe from any thread.
final class LastWords {

  private static final int LINES = 30;
  private static final int LINE_CHARS = 2000;

  private final ArrayDeque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    if (lines.size() == LINES) {
      lines.removeFirst();
    }
    lines.add(line.length() > LINE_CHARS ? line.substring(0, LINE_CHARS) + " …" : line);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
