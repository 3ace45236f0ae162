package argosy.engine.pool;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a process ended.
///
/// @param exitCode as the shell would give it: 128 and the number for a signal
/// @param lastWords what it wrote last to its own standard output and error
record ProcessEnd(int exitCode, List<String> lastWords) {

  private static final int SIGNAL_BASE = 128;

  /// The code with which a JVM leaves that was started with ExitOnOutOfMemoryError.
  private static final int OUT_OF_MEMORY = 3;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(9, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(15, "SIGTERM"));

  private static final Pattern CRASH = Pattern.compile("#\\s+(SIG[A-Z]+|Internal Error) \\(.*");
  private static final Pattern CRASH_FILE = Pattern.compile("#\\s+(\\S*hs_err\\S*\\.log)");

  /// Copies.
  ProcessEnd {
    lastWords = List.copyOf(lastWords);
  }

  /// {@return why it ended, in a few words, and what to do about it where that is known}
  String reason() {
    for (String line : lastWords) {
      Matcher crash = CRASH.matcher(line);
      if (crash.matches()) {
        return "the JVM crashed: " + line.substring(1).strip() + crashFile();
      }
      if (exitCode == OUT_OF_MEMORY && line.contains("java.lang.OutOfMemoryError")) {
        return "it ran out of memory ("
            + line.substring(line.indexOf("java.lang.OutOfMemoryError")).strip()
            + "); give the workers a larger heap, or each task less to keep";
      }
    }
    int signal = exitCode - SIGNAL_BASE;
    if (SIGNALS.containsKey(signal)) {
      String name = "signal %d (%s)".formatted(signal, SIGNALS.get(signal));
      return signal == 9 ? name + "; if nobody killed it, the system did for lack of memory" : name;
    }
    return "exit code " + exitCode;
  }

  private String crashFile() {
    for (String line : lastWords) {
      Matcher file = CRASH_FILE.matcher(line);
      if (file.matches()) {
        return ", described in " + file.group(1);
      }
    }
    return "";
  }

  /// {@return the reason and the last words, as the end of a message}
  String describe() {
    StringBuilder text = new StringBuilder(reason());
    if (!lastWords.isEmpty()) {
      text.append("\nIts last words:");
      for (String line : lastWords) {
        text.append("\n  ").append(line);
      }
    }
    return text.toString();
  }
}
