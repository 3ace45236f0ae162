package argosy.engine.pool;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// A worker's operating-system process: its last words, its end, and the end of its children.
final class WorkerProcess {

  /// How long to wait for the rest of the output of a process that has ended; a child of it may
  /// keep the pipe open for ever.
  private static final Duration DRAIN = Duration.ofMillis(500);

  private final Process process;
  private final LastWords lastWords = new LastWords();
  private final Thread reader;
  private final Runnable sweep;
  private final CompletableFuture<ProcessEnd> end = new CompletableFuture<>();

  /// Who gets each line that the process itself writes.
  private volatile Consumer<String> onLine = _ -> {};

  /// Starts the process and tells it the token.
  ///
  /// @param sweep ends what the process has left behind when it is gone
  WorkerProcess(ProcessBuilder builder, byte[] token, Runnable sweep) throws IOException {
    this.sweep = sweep;
    process = builder.start();
    reader =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("argosy/process-" + process.pid() + "/raw")
            .start(this::read);
    var _ = process.onExit().thenAccept(_ -> Thread.startVirtualThread(this::bury));
    try {
      // Stays open: its end is how the process learns that this one is gone.
      OutputStream stdin = process.getOutputStream();
      stdin.write(token);
      stdin.flush();
    } catch (IOException e) {
      // The process is gone already; its end says why.
      System.getLogger(WorkerProcess.class.getName())
          .log(System.Logger.Level.DEBUG, "a worker ended before it was told its token", e);
    }
  }

  /// Passes on each line that the process writes from now on, on a thread of its own.
  void onLine(Consumer<String> listener) {
    onLine = listener;
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        lastWords.add(line);
        onLine.accept(line);
      }
    } catch (IOException e) {
      // The pipe was closed together with the process.
    }
  }

  private void bury() {
    // A child that it leaves could keep its output open for ever.
    sweep.run();
    try {
      boolean _ = reader.join(DRAIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    end.complete(new ProcessEnd(process.exitValue(), lastWords.lines()));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// {@return completes when the process has ended and its last words are read}
  CompletableFuture<ProcessEnd> end() {
    return end;
  }

  /// Ends it by force, and all processes that its tasks started. Does not wait.
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
