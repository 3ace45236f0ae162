package argosy.kernel.jupyter;

import argosy.kernel.interpreter.Interpreter;
import argosy.kernel.interpreter.OutputReader;
import argosy.kernel.interpreter.ReadableFrame;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A kernel that speaks Jupyter's protocol for a language.
///
/// Binds the sockets that the connection file names and serves until a client asks it to shut down,
/// or until the process that started it ends. The language starts on a thread of its own while the
/// first requests are answered already.
public final class JupyterKernel {

  private static final System.Logger LOG = System.getLogger(JupyterKernel.class.getName());

  /// How long the end may take, from the answer to a shutdown on.
  private static final Duration GRACE = Duration.ofMillis(600);

  private final ConnectionFile file;
  private final Supplier<? extends Interpreter> interpreters;
  private final Duration grace;
  private final Runnable halt;
  private final CompletableFuture<Interpreter> interpreter = new CompletableFuture<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile @Nullable Throwable startFailure;

  /// Reads the connection file.
  ///
  /// @param interpreters makes the language, once
  /// @throws KernelStartException if the file cannot be used
  public JupyterKernel(Path connectionFile, Supplier<? extends Interpreter> interpreters)
      throws KernelStartException {
    this(connectionFile, interpreters, GRACE, () -> Runtime.getRuntime().halt(0));
  }

  /// @param grace how long the end may take
  /// @param halt ends the process at once; called if an orderly end takes longer
  JupyterKernel(
      Path connectionFile,
      Supplier<? extends Interpreter> interpreters,
      Duration grace,
      Runnable halt)
      throws KernelStartException {
    this.file = ConnectionFile.read(connectionFile);
    this.interpreters = Objects.requireNonNull(interpreters, "interpreters is null");
    this.grace = grace;
    this.halt = Objects.requireNonNull(halt, "halt is null");
  }

  /// Serves; blocks until the end.
  ///
  /// @throws KernelStartException if a port is in use or the language does not start
  public void run() throws KernelStartException {
    try (CellStreams streams = new CellStreams(new StartingReader())) {
      streams.install();
      startLanguage();
      serve(new RunningKernel(file, interpreter, streams, _ -> stop()));
    }
    Throwable cause = startFailure;
    if (cause != null) {
      throw new KernelStartException("The language could not start (" + cause + ").", cause);
    }
  }

  /// Before the language is there, nobody knows better than Java.
  private final class StartingReader implements OutputReader {

    private @Nullable Interpreter language() {
      return interpreter.isCompletedExceptionally() ? null : interpreter.getNow(null);
    }

    @Override
    public Optional<ReadableFrame> readable(StackTraceElement frame) {
      Interpreter language = language();
      return language == null ? Optional.empty() : language.readable(frame);
    }

    @Override
    public String readable(String line) {
      Interpreter language = language();
      return language == null ? line : language.readable(line);
    }
  }

  private void serve(RunningKernel kernel) throws KernelStartException {
    CountDownLatch closed = new CountDownLatch(1);
    try {
      kernel.start();
      ParentWatch.start(System.getenv(), this::stop);
      end.await();
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "The kernel ends because its thread was interrupted");
      Thread.currentThread().interrupt();
    } finally {
      haltUnless(closed);
      endLanguage();
      kernel.close();
      closed.countDown();
    }
  }

  /// Makes [#run] return. Returns at once; from any thread.
  public void stop() {
    end.countDown();
  }

  private void startLanguage() {
    Thread.ofPlatform()
        .name("argosy/language")
        .daemon()
        .start(() -> {
          try {
            interpreter.complete(interpreters.get());
          } catch (Throwable e) {
            startFailure = e;
            interpreter.completeExceptionally(e);
            stop();
          }
        });
  }

  /// Ends the language on the calling thread; one that is still starting, as soon as it has.
  private void endLanguage() {
    var _ =
        interpreter.thenAccept(language -> {
          language.interrupt();
          language.close();
        });
  }

  /// Ends the process if an orderly end takes too long.
  private void haltUnless(CountDownLatch closed) {
    Thread.ofPlatform()
        .name("argosy/end")
        .daemon()
        .start(() -> {
          try {
            if (!closed.await(grace.toMillis(), TimeUnit.MILLISECONDS)) {
              halt.run();
            }
          } catch (InterruptedException e) {
            halt.run();
          }
        });
  }
}
