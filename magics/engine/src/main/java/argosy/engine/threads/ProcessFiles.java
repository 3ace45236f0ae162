package argosy.engine.threads;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the system writes down about processes, where it does: in Linux's `/proc`.
final class ProcessFiles {

  /// Where the time begins that a thread computed: in its own code, then in the system's.
  private static final int USER_TIME = 11;

  private final Path folder;

  /// @param folder has a folder for each process
  ProcessFiles(Path folder) {
    this.folder = folder;
  }

  /// {@return how long each thread of a process has computed, in hundredths of a second, or null if
  /// unknown}
  @Nullable Map<String, Long> times(long pid) {
    Map<String, Long> times = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(file(pid, "task"))) {
      for (Path thread : threads) {
        Long time = time(thread.resolve("stat"));
        if (time != null) {
          times.put(thread.getFileName().toString(), time);
        }
      }
    } catch (IOException e) {
      return null; // no such process any more, or no such system
    }
    return times.isEmpty() ? null : times;
  }

  private static @Nullable Long time(Path file) {
    try {
      String text = read(file);
      // A thread's name, in parentheses, may have blanks and parentheses.
      String[] fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
      return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    } catch (IOException e) {
      return null; // the thread has ended meanwhile
    }
  }

  /// {@return what the native libraries of a process may use, or null if unknown}
  @Nullable NativeThreads natives(long pid) {
    Map<String, String> environment = new HashMap<>();
    try {
      for (String variable : read(file(pid, "environ")).split("\0", -1)) {
        int end = variable.indexOf('=');
        if (end > 0) {
          environment.putIfAbsent(variable.substring(0, end), variable.substring(end + 1));
        }
      }
      return NativeThreads.of(environment, mapped(pid));
    } catch (IOException e) {
      return null; // no such process any more, or no such system
    }
  }

  /// {@return the files of the native mathematics libraries that a process has loaded, as far as
  /// that is known}
  List<Path> mathematics(long pid) {
    try {
      return mapped(pid).stream().filter(NativeThreads::isMathematics).map(Path::of).toList();
    } catch (IOException e) {
      return List.of(); // no such system
    }
  }

  private List<String> mapped(long pid) throws IOException {
    return read(file(pid, "maps"))
        .lines()
        .filter(line -> line.indexOf('/') >= 0)
        .map(line -> line.substring(line.indexOf('/')))
        .distinct()
        .toList();
  }

  private Path file(long pid, String name) {
    return folder.resolve(Long.toString(pid), name);
  }

  /// Paths and variables have bytes, whatever their character set is; no name that matters here
  /// needs one.
  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }
}
