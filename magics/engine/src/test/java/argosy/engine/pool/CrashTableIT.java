package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.DeadlineExceededException;
import argosy.Engine;
import argosy.Options;
import argosy.Parallel;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.Serial;
import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The crash table: every phase of a task crossed with every fault. Each cell checks what the
/// caller sees, that the fault really happened, that the tasks beside it ended well, that the pool
/// still computes, and that this process holds no more of the machine than before.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class CrashTableIT {

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);
  private String usualTemporary = "";
  private Footprint before = Footprint.now();
  private int cell;

  @TempDir static Path temporary;

  @TempDir private Path directory;

  /// When a fault strikes.
  enum Phase {
    CAPTURE,
    REBUILD,
    RUN,
    ENCODE_RESULT,
    REBUILD_RESULT,
    IN_A_CALLBACK,
    AT_GARBAGE_COLLECTION,
    IDLE,
    DURING_RESIZE
  }

  @BeforeAll
  void start() {
    usualTemporary = System.setProperty("java.io.tmpdir", temporary.toString());
    Engine.install(engine);
    engine.configure(settings(2));
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).hasSize(3);
    // A death and a deadline load what they need, and start what stays.
    assertThat(Parallel.over(List.of(1)).timeout(Duration.ofMinutes(1)).map(x -> x))
        .containsExactly(1);
    assertThatThrownBy(() -> Parallel.submit(() -> Runtime.getRuntime().halt(1)).get())
        .isInstanceOf(ExecutionException.class);
    awaitComplete();
    before = Footprint.now();
  }

  @AfterAll
  void nothingIsLeft() {
    engine.close();
    System.setProperty("java.io.tmpdir", usualTemporary);
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThat(temporary).isEmptyDirectory();
  }

  private static WorkerSettings settings(int count) {
    return new WorkerSettings(count, "processes", Fault.HEAP_SIZE, Fault.JVM);
  }

  private void awaitComplete() {
    assertThat(Footprint.await(this::isComplete)).as("two workers and a reserve").isTrue();
  }

  /// Just after a death all look complete, because the reserve has not yet been taken for the one
  /// that is to start: so first those, then the reserve, then how many there are.
  private boolean isComplete() {
    List<String> states = engine.status().stream().map(WorkerStatus::state).toList();
    return states.size() == 2
        && !states.contains("starting")
        && engine.reserve() == 1
        && ProcessHandle.current().children().filter(CrashTableIT::isWorker).count() == 3;
  }

  private static boolean isWorker(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("java");
  }

  static Stream<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (Phase phase : Phase.values()) {
      for (Fault fault : Fault.values()) {
        if (isPossible(phase, fault)) {
          cells.add(Arguments.of(phase, fault));
        }
      }
    }
    return cells.stream();
  }

  /// What strikes in this process ends it, if it is deadly: no pool could help. The codec tries an
  /// endless recursion again on a stack of gigabytes before it gives up: that takes too long here.
  private static boolean isPossible(Phase phase, Fault fault) {
    return switch (phase) {
      case CAPTURE, REBUILD_RESULT -> fault == Fault.EXCEPTION || fault == Fault.ERROR;
      case REBUILD, ENCODE_RESULT -> fault != Fault.STACK;
      case RUN, IN_A_CALLBACK, IDLE -> true;
      case AT_GARBAGE_COLLECTION -> fault != Fault.STOP;
      case DURING_RESIZE -> fault.isDeadly && fault != Fault.STOP;
    };
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cells")
  void costsAtMostTheTaskThatItHits(Phase phase, Fault fault) throws Exception {
    String proof = directory.resolve("proof-" + ++cell).toString();
    List<Task<Integer>> innocents = innocents();
    boolean isAside = phase == Phase.IDLE || phase == Phase.AT_GARBAGE_COLLECTION;
    if (isAside) {
      // Whatever ran there at that moment would be taken for the cause.
      for (Task<Integer> innocent : innocents) {
        assertThat(innocent.get()).isEqualTo(1);
      }
    }

    switch (phase) {
      case CAPTURE -> captured(fault, proof);
      case IDLE -> whileIdle(fault, proof);
      case AT_GARBAGE_COLLECTION -> collected(fault, proof);
      case DURING_RESIZE -> {
        Task<?> victim = strike(Phase.RUN, fault, proof);
        engine.configure(settings(3));
        fails(victim, fault);
        engine.configure(settings(2));
      }
      case IN_A_CALLBACK -> {
        Task<Integer> first = Parallel.submit(() -> 1);
        Object failure =
            first
                .thenCompose(_ -> strike(Phase.RUN, fault, proof))
                .handle((_, e) -> e)
                .toCompletableFuture()
                .get();
        assertThat(failure).isInstanceOf(Throwable.class);
        looksLike(unwrapped((Throwable) failure), fault);
      }
      default -> fails(strike(phase, fault, proof), fault);
    }
    if (!isAside) {
      innocents.addAll(innocents());
    }

    theFaultHappened(phase, fault, Long.parseLong(Files.readString(Path.of(proof))));
    if (isAside) {
      innocents.addAll(innocents());
    }
    for (Task<Integer> innocent : innocents) {
      assertThat(innocent.get()).isEqualTo(1);
    }
    assertThat(Parallel.over(Stream.iterate(0, x -> x + 1).limit(50)).map(x -> x + 1))
        .isEqualTo(Stream.iterate(1, x -> x + 1).limit(50).toList());
    awaitComplete();
    before.awaitAgain();
  }

  private static List<Task<Integer>> innocents() {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tasks.add(
          Parallel.submit(() -> {
            Thread.sleep(2);
            return 1;
          }));
    }
    return tasks;
  }

  private void theFaultHappened(Phase phase, Fault fault, long pid) throws Exception {
    boolean isInKernel = pid == ProcessHandle.current().pid();
    assertThat(isInKernel).isEqualTo(phase == Phase.CAPTURE || phase == Phase.REBUILD_RESULT);
    if (isInKernel) {
      return;
    }
    List<Long> living = engine.status().stream().map(WorkerStatus::pid).toList();
    if (!fault.isDeadly) {
      assertThat(living).contains(pid);
      assertThat(engine.deaths()).noneMatch(death -> death.pid() == pid);
      return;
    }
    assertThat(Footprint.await(() -> ProcessHandle.of(pid).isEmpty())).isTrue();
    // The register is bounded, and this table is long.
    assertThat(Footprint.await(() -> engine.deaths().getLast().pid() == pid)).isTrue();
    WorkerDeath death = engine.deaths().getLast();
    assertThat(death.reason()).contains(fault.message);
    Path crashFile = Path.of(System.getProperty("java.io.tmpdir"), "argosy-hs_err_" + pid + ".log");
    assertThat(Files.exists(crashFile)).isEqualTo(fault == Fault.SEGFAULT);
    if (fault == Fault.SEGFAULT) {
      assertThat(death.reason()).contains(crashFile.toString());
      Files.delete(crashFile);
    }
  }

  // ---- phases

  private static Task<?> strike(Phase phase, Fault fault, String proof) {
    Options limits = Parallel.options().timeout(Duration.ofSeconds(fault == Fault.STOP ? 3 : 60));
    Bomb bomb = new Bomb(phase, fault, proof, ProcessHandle.current().pid());
    return Parallel.with(
        limits,
        () ->
            Parallel.submit(() -> {
              if (bomb.phase == Phase.RUN) {
                fault.strike(proof);
              }
              return bomb;
            }));
  }

  private static void captured(Fault fault, String proof) {
    Bomb bomb = new Bomb(Phase.CAPTURE, fault, proof, ProcessHandle.current().pid());
    assertThatThrownBy(() -> Parallel.submit(() -> bomb.fault))
        .satisfies(e -> assertThat(chain(e)).contains(fault.message));
  }

  /// A thread that a task has left does it when the task is over.
  private void whileIdle(Fault fault, String proof) throws Exception {
    String go = proof + "-go";
    long pid =
        Parallel.submit(
                () -> {
                  Thread thread = new Thread(() -> strikeWhen(go, fault, proof), "time bomb");
                  thread.setDaemon(true);
                  thread.start();
                  return ProcessHandle.current().pid();
                })
            .get();
    Files.createFile(Path.of(go));
    assertThat(Footprint.await(() -> Files.exists(Path.of(proof)))).isTrue();
    assertThat(Footprint.await(() -> isNonEmpty(Path.of(proof)))).isTrue();
    if (fault == Fault.STOP) {
      assertThat(Footprint.await(() -> stateOf(pid).equals("stopped"))).isTrue();
      // It wakes as if nothing had been: no pause is taken for a death.
      new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
      assertThat(Footprint.await(() -> !stateOf(pid).equals("stopped"))).isTrue();
      new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
      assertThat(Footprint.await(() -> stateOf(pid).equals("stopped"))).isTrue();
      runsOutOfTimeOnAStoppedWorker();
    }
  }

  private static void runsOutOfTimeOnAStoppedWorker() {
    assertThatThrownBy(() ->
            Parallel.over(List.of(1, 2, 3, 4))
                .batch(1)
                .timeout(Duration.ofMillis(700))
                .map(x -> {
                  Thread.sleep(50);
                  return x;
                }))
        .isInstanceOf(DeadlineExceededException.class);
  }

  private String stateOf(long pid) {
    return engine.status().stream()
        .filter(worker -> worker.pid() == pid)
        .map(WorkerStatus::state)
        .findFirst()
        .orElse("gone");
  }

  private static boolean isNonEmpty(Path file) {
    return file.toFile().length() > 0;
  }

  static void strikeWhen(String go, Fault fault, String proof) {
    Footprint.await(() -> Files.exists(Path.of(go)));
    fault.strike(proof);
  }

  /// What a task leaves strikes when it is collected, on the thread that cleans.
  private static void collected(Fault fault, String proof) throws Exception {
    String go = proof + "-go";
    Object unused =
        Parallel.submit(
                () -> {
                  Thread collector = new Thread(() -> collectWhen(go, fault, proof), "collector");
                  collector.setDaemon(true);
                  collector.start();
                })
            .get();
    assertThat(unused).isNull();
    Files.createFile(Path.of(go));
    assertThat(Footprint.await(() -> isNonEmpty(Path.of(proof)))).isTrue();
  }

  static void collectWhen(String go, Fault fault, String proof) {
    boolean _ = Footprint.await(() -> Files.exists(Path.of(go)));
    Cleaner.create().register(new Object(), () -> fault.strike(proof));
    boolean _ =
        Footprint.await(() -> {
          System.gc();
          return Files.exists(Path.of(proof));
        });
  }

  // ---- what the caller sees

  private static void fails(Task<?> victim, Fault fault) {
    assertThatThrownBy(victim::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .satisfies(e -> looksLike(e, fault));
  }

  private static void looksLike(Throwable failure, Fault fault) {
    assertThat(failure).isNotNull();
    if (fault == Fault.STOP) {
      assertThat(failure).isInstanceOf(DeadlineExceededException.class);
    } else if (fault.isDeadly) {
      assertThat(failure)
          .isInstanceOf(WorkerLostException.class)
          .hasMessageContaining(fault.message)
          .hasMessageContaining("(pid ")
          .hasMessageContaining("worker ")
          .hasMessageContaining("task ");
    } else {
      assertThat(failure).isNotInstanceOf(WorkerLostException.class);
      assertThat(chain(failure)).contains(fault.message);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    return failure instanceof java.util.concurrent.CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private static String chain(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable e = failure; e != null; e = e.getCause()) {
      text.append(e).append('\n');
    }
    return text.toString();
  }

  /// A value that strikes in one phase of its travels.
  static final class Bomb implements Serializable {

    @Serial private static final long serialVersionUID = 1L;

    final Phase phase;
    final Fault fault;
    private final String proof;
    private final long kernel;

    Bomb(Phase phase, Fault fault, String proof, long kernel) {
      this.phase = phase;
      this.fault = fault;
      this.proof = proof;
      this.kernel = kernel;
    }

    private boolean isInKernel() {
      return ProcessHandle.current().pid() == kernel;
    }

    @Serial
    private Object writeReplace() {
      if (phase == (isInKernel() ? Phase.CAPTURE : Phase.ENCODE_RESULT)) {
        fault.strike(proof);
      }
      return this;
    }

    @Serial
    private Object readResolve() {
      if (phase == (isInKernel() ? Phase.REBUILD_RESULT : Phase.REBUILD)) {
        fault.strike(proof);
      }
      return this;
    }
  }
}
