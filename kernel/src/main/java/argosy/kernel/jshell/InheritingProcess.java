package argosy.kernel.jshell;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A process that a cell starts so that it prints where the cell does, as
/// [ProcessBuilder#inheritIO] says. The operating system would have it print where the kernel does,
/// which nobody sees; so it gets pipes, and a thread for each hands on what comes.
///
/// Otherwise the same as the process that it stands for.
final class InheritingProcess extends Process {

  /// How long what it has printed may take to arrive when it has ended; a process of its own that
  /// it leaves behind may keep the pipe open.
  private static final Duration LATE = Duration.ofMillis(500);

  private final Process process;
  private final boolean hasOut;
  private final boolean hasErr;
  private final List<Thread> readers = new ArrayList<>();

  private InheritingProcess(Process process, boolean hasOut, boolean hasErr) {
    this.process = process;
    this.hasOut = hasOut;
    this.hasErr = hasErr;
  }

  /// Starts a process, as `builder.start()` does.
  static Process start(ProcessBuilder builder) throws IOException {
    CellIo cell = CellScope.current();
    Redirect out = builder.redirectOutput();
    Redirect err = builder.redirectError();
    boolean inheritsOut = isInherited(out);
    boolean inheritsErr = isInherited(err) && !builder.redirectErrorStream();
    if (cell == null || (!inheritsOut && !inheritsErr)) {
      return builder.start();
    }
    InheritingProcess started;
    try {
      builder.redirectOutput(inheritsOut ? Redirect.PIPE : out);
      builder.redirectError(inheritsErr ? Redirect.PIPE : err);
      started = new InheritingProcess(builder.start(), inheritsOut, inheritsErr);
    } finally {
      builder.redirectOutput(out);
      builder.redirectError(err);
    }
    if (inheritsOut) {
      started.handOn("out", started.process.inputReader(), cell::stdout);
    }
    if (inheritsErr) {
      started.handOn("err", started.process.errorReader(), cell::stderr);
    }
    return started;
  }

  private static boolean isInherited(Redirect redirect) {
    return redirect.type() == Redirect.Type.INHERIT;
  }

  private void handOn(String name, Reader from, Consumer<String> to) {
    Thread reader =
        new Thread(
            () -> {
              char[] part = new char[8192];
              try (from) {
                for (int read = from.read(part); read >= 0; read = from.read(part)) {
                  to.accept(new String(part, 0, read));
                }
              } catch (IOException | UncheckedIOException e) {
                // The process has been ended by force.
              }
            },
            "argosy/process-" + process.pid() + "-" + name);
    reader.setDaemon(true);
    readers.add(reader);
    reader.start();
  }

  private void takeRest() throws InterruptedException {
    for (Thread reader : readers) {
      boolean _ = reader.join(LATE);
    }
  }

  @Override
  public int waitFor() throws InterruptedException {
    int status = process.waitFor();
    takeRest();
    return status;
  }

  @Override
  public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
    boolean hasEnded = process.waitFor(timeout, unit);
    if (hasEnded) {
      takeRest();
    }
    return hasEnded;
  }

  @Override
  public CompletableFuture<Process> onExit() {
    return process.onExit().thenApply(_ -> this);
  }

  @Override
  public OutputStream getOutputStream() {
    return process.getOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return hasOut ? InputStream.nullInputStream() : process.getInputStream();
  }

  @Override
  public InputStream getErrorStream() {
    return hasErr ? InputStream.nullInputStream() : process.getErrorStream();
  }

  @Override
  public int exitValue() {
    return process.exitValue();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void destroy() {
    process.destroy();
  }

  @Override
  public Process destroyForcibly() {
    process.destroyForcibly();
    return this;
  }

  @Override
  public boolean supportsNormalTermination() {
    return process.supportsNormalTermination();
  }

  @Override
  public ProcessHandle toHandle() {
    return process.toHandle();
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public ProcessHandle.Info info() {
    return process.info();
  }

  @Override
  public Stream<ProcessHandle> children() {
    return process.children();
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  @Override
  public String toString() {
    return process.toString();
  }
}
