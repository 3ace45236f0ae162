package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.DeadlineExceededException;
import argosy.Engine;
import argosy.Parallel;
import argosy.Task;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A task that no interrupt reaches ends with its process, whoever wants it to end, and costs
/// nobody else anything.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class StuckIT {

  private static final String REASON =
      "its task did not give in when it was cancelled or its time was up";

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @TempDir private Path directory;

  /// A place that a thread does not leave when it is interrupted.
  enum Place {
    SLEEP("nativeSleep"),
    PAUSE("nativePause"),
    MONITOR("enterMonitor"),
    DEAF("sleepOn");

    /// The method in which its thread then is.
    private final String method;

    Place(String method) {
      this.method = method;
    }

    /// Writes this process's number to a file, then never returns.
    void enter(String proof) throws IOException {
      Files.writeString(Path.of(proof), Long.toString(ProcessHandle.current().pid()));
      switch (this) {
        case SLEEP -> nativeSleep();
        case PAUSE -> nativePause();
        case MONITOR -> enterMonitor();
        case DEAF -> sleepOn();
      }
    }

    private static void nativeSleep() {
      MethodHandle sleep =
          function("sleep", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
      try {
        while (true) {
          int _ = (int) sleep.invokeExact(1_000);
        }
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    private static void nativePause() {
      MethodHandle pause = function("pause", FunctionDescriptor.of(ValueLayout.JAVA_INT));
      try {
        while (true) {
          int _ = (int) pause.invokeExact();
        }
      } catch (Throwable e) {
        throw new IllegalStateException(e);
      }
    }

    @SuppressWarnings("restricted") // past the JDK, as native code would
    private static MethodHandle function(String name, FunctionDescriptor type) {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }

    /// Somebody else has it for good.
    private static void enterMonitor() {
      Object monitor = new Object();
      CompletableFuture<Boolean> isTaken = new CompletableFuture<>();
      Thread.ofPlatform()
          .daemon()
          .start(() -> {
            synchronized (monitor) {
              isTaken.complete(true);
              sleepOn();
            }
          });
      isTaken.join();
      synchronized (monitor) {
        throw new IllegalStateException("the monitor was free");
      }
    }

    private static void sleepOn() {
      while (true) {
        boolean _ = Thread.interrupted();
        LockSupport.parkNanos(1_000_000_000);
      }
    }
  }

  @BeforeEach
  void start() {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "processes", "64m", List.of()));
  }

  @AfterEach
  void nothingIsLeft() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  // ---- the others

  /// A task of another cell, which runs on the other worker until a file is there.
  private final class Innocent {

    private final Path end = directory.resolve("end");
    private final Path begun = directory.resolve("begun");
    private final Task<Long> task;

    Innocent() {
      host.enter("cell of others");
      String endName = end.toString();
      String begunName = begun.toString();
      task = Parallel.submit(() -> runUntil(endName, begunName));
      assertThat(Footprint.await(() -> Files.exists(begun))).isTrue();
      host.enter("cell of the stuck");
    }

    /// It still runs where it began, and comes to its end.
    void assertUnharmed(long pidOfStuck) throws Exception {
      assertThat(task.isDone()).isFalse();
      Files.createFile(end);
      assertThat(task.get()).isPositive().isNotEqualTo(pidOfStuck);
    }
  }

  static long runUntil(String end, String begun) throws IOException, InterruptedException {
    Files.createFile(Path.of(begun)); // fails if it has begun before
    while (!Files.exists(Path.of(end))) {
      Thread.sleep(5);
    }
    return ProcessHandle.current().pid();
  }

  // ---- the stuck

  private String proof() {
    return directory.resolve("stuck").toString();
  }

  /// Waits until the task is where nobody reaches it.
  private long stuck(Place place) {
    assertThat(
            Footprint.await(() ->
                Files.exists(Path.of(proof()))
                    && engine.threads(_ -> true).stream()
                        .anyMatch(worker -> worker.text().contains("Place." + place.method))))
        .as("a thread in " + place.method)
        .isTrue();
    long pid = writtenPid();
    assertThat(ProcessHandle.of(pid)).isPresent();
    return pid;
  }

  private long writtenPid() {
    try {
      return Long.parseLong(Files.readString(Path.of(proof())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertOnlyItsWorkerEnded(long pid, Innocent innocent) throws Exception {
    assertEndedAndExplained(pid);
    innocent.assertUnharmed(pid);
    assertThePoolStillComputes();
  }

  private void assertEndedAndExplained(long pid) {
    assertThat(Footprint.await(() -> ProcessHandle.of(pid).isEmpty())).isTrue();
    assertThat(Footprint.await(() -> !engine.deaths().isEmpty())).isTrue();
    assertThat(engine.deaths())
        .singleElement()
        .satisfies(death -> {
          assertThat(death.pid()).isEqualTo(pid);
          assertThat(death.reason()).contains(REASON);
        });
  }

  private void assertThePoolStillComputes() {
    assertThat(Parallel.over(List.of(1, 2, 3, 4)).batch(1).map(x -> 3 * x))
        .containsExactly(3, 6, 9, 12);
    engine.configure(engine.settings());
    assertThat(engine.status()).hasSize(2);
  }

  private Task<?> submit(Place place) {
    String proof = proof();
    return Parallel.submit(() -> place.enter(proof));
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenItIsCancelled(Place place) throws Exception {
    Innocent innocent = new Innocent();
    Task<?> task = submit(place);
    long pid = stuck(place);

    assertThat(task.cancel(true)).isTrue();

    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    assertOnlyItsWorkerEnded(pid, innocent);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenItsTimeIsUp(Place place) throws Exception {
    Innocent innocent = new Innocent();
    Task<?> task =
        Parallel.with(Parallel.options().timeout(Duration.ofSeconds(3)), () -> submit(place));

    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("ran longer than its timeout of 3 s and was ended on worker");
    long pid = writtenPid();
    assertOnlyItsWorkerEnded(pid, innocent);
  }

  /// As Jupyter's stop button does it.
  @ParameterizedTest
  @EnumSource
  void endsWhenItsCellIsInterrupted(Place place) throws Exception {
    Innocent innocent = new Innocent();
    Task<?> task = submit(place);
    long pid = stuck(place);

    host.interrupt();

    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    assertOnlyItsWorkerEnded(pid, innocent);
  }

  @ParameterizedTest
  @EnumSource
  void endsWhenTheThreadThatWaitsForItIsInterrupted(Place place) throws Exception {
    Innocent innocent = new Innocent();
    String proof = proof();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Thread waiting =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Parallel.over(List.of(1)).forEach(_ -> place.enter(proof));
                thrown.complete(new AssertionError("it returned"));
              } catch (RuntimeException e) {
                thrown.complete(e);
              }
            });
    long pid = stuck(place);

    waiting.interrupt();

    assertThat(thrown.get())
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("interrupted while waiting for tasks");
    waiting.join();
    assertOnlyItsWorkerEnded(pid, innocent);
  }
}
