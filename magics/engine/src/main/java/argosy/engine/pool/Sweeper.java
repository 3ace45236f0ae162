package argosy.engine.pool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Ends what workers leave behind: the processes that their tasks started, and, when this process
/// dies, the workers themselves and their files. Safe from any thread.
/*
 * Marks. Every worker has a variable in its environment that no other process has. Children inherit
 * it, so they are found when their worker is gone, whatever they did to leave its process tree.
 *
 * Guard. A worker watches this process through its standard input, but a stopped worker sees nothing,
 * and one that was killed can no longer end its children. So a shell, in a session of its own, which
 * a signal to this process's group does not reach, waits for the end of its standard input, too, and
 * then ends everything that is marked. It is a few hundred kilobytes large.
 *
 * Where there is no /proc or no shell, children are found as long as their worker lives.
 */
final class Sweeper implements AutoCloseable {

  private static final System.Logger LOGGER = System.getLogger(Sweeper.class.getName());
  private static final Path PROCESSES = Path.of("/proc");
  private static final long CLOSE_SECONDS = 2;

  /// How often a guard that somebody kills is replaced.
  private static final int MAX_GUARDS = 5;

  /// `$1` is the name of the mark, `$2` what the names of all files begin with.
  private static final String SCRIPT =
      """
      trap '' HUP INT QUIT TERM
      read -r _
      for turn in 1 2 3 4 5 6 7 8 9; do
        marked=$(grep -ls "$1=" /proc/[0-9]*/environ) || break
        for file in $marked; do
          process=${file#/proc/}
          kill -9 "${process%/environ}"
        done
      done 2>/dev/null
      rm -rf -- "$2"-*
      """;

  private final String id = Long.toString(new SecureRandom().nextLong() >>> 24, 36);
  private final String mark = "ARGOSY_" + id.toUpperCase(Locale.ROOT);
  private @Nullable Process guard;
  private int guards;
  private boolean isClosed;

  /// {@return what the names of everything in the temporary directory begin with}
  String filePrefix() {
    return "argosy-" + id;
  }

  /// Marks a process that is about to start.
  ///
  /// @param number which no other one has
  void mark(Map<String, String> environment, long number) {
    environment.put(mark, Long.toString(number));
  }

  /// Makes sure that somebody cleans up after this process's death. Does not wait.
  synchronized void guard() {
    Process running = guard;
    if (isClosed || guards >= MAX_GUARDS || (running != null && running.isAlive())) {
      return;
    }
    guards++;
    Path files = Path.of(System.getProperty("java.io.tmpdir"), filePrefix());
    String[] shell = {"sh", "-c", SCRIPT, "argosy-guard", mark, files.toString()};
    String[] inItsOwnSession = new String[shell.length + 1];
    inItsOwnSession[0] = "setsid";
    System.arraycopy(shell, 0, inItsOwnSession, 1, shell.length);
    Process started = start(inItsOwnSession);
    guard = started == null ? start(shell) : started;
    if (guard != null) {
      var _ = guard.onExit().thenRun(this::guard);
    }
  }

  private static @Nullable Process start(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      LOGGER.log(System.Logger.Level.DEBUG, "nobody cleans up after this process", e);
      return null;
    }
  }

  /// Ends every process that a worker has left behind. The worker itself has ended.
  ///
  /// @param number with which it was marked
  void sweep(long number) {
    byte[] wanted = (mark + "=" + number).getBytes(StandardCharsets.UTF_8);
    for (boolean hasFound = true; hasFound; ) {
      hasFound = false;
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
        for (Path process : processes) {
          hasFound |= isMarked(process, wanted) && kill(process);
        }
      } catch (IOException e) {
        // No such file system here.
      }
    }
  }

  private static boolean isMarked(Path process, byte[] wanted) {
    try (InputStream environment = Files.newInputStream(process.resolve("environ"))) {
      byte[] bytes = environment.readAllBytes();
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == 0) {
          if (java.util.Arrays.equals(bytes, start, i, wanted, 0, wanted.length)) {
            return true;
          }
          start = i + 1;
        }
      }
    } catch (IOException e) {
      // It has ended, or belongs to somebody else.
    }
    return false;
  }

  private static boolean kill(Path process) {
    long pid = Long.parseLong(process.getFileName().toString());
    return ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
  }

  /// All workers have ended: ends what they left, and the guard. Idempotent.
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      isClosed = true;
      last = guard;
      guard = null;
    }
    if (last == null) {
      return;
    }
    try {
      last.getOutputStream().close();
      if (!last.waitFor(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        last.destroyForcibly();
      }
    } catch (IOException e) {
      last.destroyForcibly();
    } catch (InterruptedException e) {
      last.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
