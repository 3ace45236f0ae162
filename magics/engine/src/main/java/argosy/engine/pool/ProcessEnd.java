package argosy.engine.pool;

import argosy.wire.Protocol;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// How a process ended.
///
/// @param exitCode as the shell would give it: 128 and the number for a signal
/// @param lastWords what it wrote last to its own standard output and error
record ProcessEnd(int exitCode, List<String> lastWords) {

  /// What else is known of a process that has ended.
  ///
  /// @param heap what its heap was limited to, or null if the JVM chose
  /// @param memoryBytes how much memory it occupied when last seen, or -1
  /// @param isOutOfMemoryKill whether the system has just killed a process of this group because
  ///   memory was short
  record Context(@Nullable String heap, long memoryBytes, boolean isOutOfMemoryKill) {

    /// Nothing.
    static final Context NONE = new Context(null, -1, false);

    private String occupied() {
      return memoryBytes < 0
          ? ""
          : ", and its process occupied %,d MB when last seen".formatted(memoryBytes >> 20);
    }
  }

  private static final int SIGNAL_BASE = 128;
  private static final int KILL = 9;

  /// The code with which a JVM leaves that was started with ExitOnOutOfMemoryError.
  private static final int OUT_OF_MEMORY = 3;

  private static final String OUT_OF_MEMORY_ERROR = "java.lang.OutOfMemoryError";

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
          Map.entry(KILL, "SIGKILL"),
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
  String reason(Context context) {
    for (String line : lastWords) {
      Matcher crash = CRASH.matcher(line);
      if (crash.matches()) {
        return "the JVM crashed: " + line.substring(1).strip() + crashFile();
      }
      if (exitCode == OUT_OF_MEMORY && line.contains(OUT_OF_MEMORY_ERROR)) {
        return outOfMemory(line.substring(line.indexOf(OUT_OF_MEMORY_ERROR)).strip(), context);
      }
    }
    if (exitCode == Protocol.UNREACHABLE) {
      return "it had closed its connection to this process, and left (exit code %d)"
          .formatted(exitCode);
    }
    int signal = exitCode - SIGNAL_BASE;
    String name = SIGNALS.get(signal);
    if (name == null) {
      // Who ends a JVM by exit or halt says nothing there; a JVM that cannot go on does.
      return "exit code "
          + exitCode
          + (lastWords.isEmpty()
              ? " (System.exit and halt end the worker that calls them; throw an exception instead)"
              : "");
    }
    String text = "signal %d (%s)".formatted(signal, name);
    return signal == KILL ? text + killer(context) : text;
  }

  private static String outOfMemory(String error, Context context) {
    String heap =
        context.heap() == null ? "" : "; its heap was limited to %s".formatted(context.heap());
    String what;
    if (error.contains("Metaspace")) {
      what = "it loaded too many classes for -XX:MaxMetaspaceSize";
    } else if (error.contains("array size exceeds VM limit")) {
      what = "no heap has room for an array of so many elements; make several";
    } else {
      what = "give the workers a larger heap (%workers --heap 2g), or each task less to keep";
    }
    return "it ran out of memory (%s%s%s); %s".formatted(error, heap, context.occupied(), what);
  }

  private static String killer(Context context) {
    return context.isOutOfMemoryKill()
        ? "; the system killed it for lack of memory%s. Use fewer workers, or give each task less"
            .formatted(context.occupied())
        : "; if nobody killed it, the system did for lack of memory" + context.occupied();
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
  String describe(Context context) {
    return withLastWords(reason(context));
  }

  /// {@return a reason that somebody else knows, and the last words}
  String withLastWords(String reason) {
    StringBuilder text = new StringBuilder(reason);
    if (!lastWords.isEmpty()) {
      text.append("\nIts last words:");
      for (String line : lastWords) {
        text.append("\n  ").append(line);
      }
    }
    return text.toString();
  }
}
