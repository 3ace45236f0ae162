package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Engine;
import argosy.Parallel;
import argosy.PoolClosedException;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Worker processes from their start to their end.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WorkersIT {

  /// Where this class's workers are met: other programs use the usual one.
  @TempDir static Path temporary;

  private static String usual = "";

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @BeforeAll
  static void meetElsewhere() {
    usual = System.setProperty("java.io.tmpdir", temporary.toString());
  }

  @AfterAll
  static void meetAsUsual() {
    System.setProperty("java.io.tmpdir", usual);
  }

  @BeforeEach
  void install() {
    Engine.install(engine);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
    assertThat(rendezvous()).isEmpty();
    assertThat(Footprint.await(WorkersIT::isNobodyReading)).as("no reader of a process").isTrue();
  }

  private static boolean isNobodyReading() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().startsWith("argosy/process-"));
  }

  private static List<Path> rendezvous() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(Files::isDirectory).toList();
    }
  }

  private void use(int count) {
    engine.configure(new WorkerSettings(count, "processes", null, List.of()));
  }

  private List<Long> pids() {
    return engine.status().stream().map(WorkerStatus::pid).toList();
  }

  // ---- life

  @Test
  void nothingRunsBeforeTheFirstTask() {
    assertThat(engine.status()).isEmpty();
    assertThat(ProcessHandle.current().children()).isEmpty();

    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);

    assertThat(engine.status()).isNotEmpty();
  }

  @Test
  void workersAreOtherProcessesAndStay() {
    use(2);
    List<Long> pids = pids();

    List<Long> seen =
        Parallel.over(IntStream.range(0, 40))
            .map(x -> {
              Thread.sleep(2);
              return ProcessHandle.current().pid();
            });

    assertThat(seen).isSubsetOf(pids).doesNotContain(ProcessHandle.current().pid());
    assertThat(pids()).isEqualTo(pids);
    assertThat(engine.status())
        .allSatisfy(worker -> {
          assertThat(worker.state()).isEqualTo("idle");
          assertThat(worker.java()).isEqualTo(System.getProperty("java.version"));
          assertThat(worker.residentBytes()).isPositive();
        });
    assertThat(engine.status().stream().mapToLong(WorkerStatus::tasksDone).sum()).isEqualTo(40);
  }

  @Test
  void theyAreResizedStoppedAndStartedAgain() {
    use(1);
    List<Long> one = pids();
    use(3);
    assertThat(pids()).hasSize(3);
    use(2);
    assertThat(Parallel.map(List.of(1, 2, 3, 4), x -> x)).hasSize(4);
    use(0);
    assertThat(pids()).isEmpty();
    assertThat(one).allMatch(pid -> ProcessHandle.of(pid).isEmpty());
    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);
    assertThat(pids()).hasSize(2).doesNotContainAnyElementsOf(one);
  }

  @Test
  void aJobThatAsksForMoreWorkersGetsThem(@TempDir Path directory) {
    use(1);
    String present = directory.toString();

    Set<Long> seen =
        Set.copyOf(
            Parallel.over(IntStream.range(0, 60))
                .workers(3)
                .batch(1)
                .map(_ -> pidWhenAllAreThere(Path.of(present), 3)));

    assertThat(seen).hasSize(3);
  }

  /// Says that this process is there, and waits for others.
  static long pidWhenAllAreThere(Path present, int count) throws IOException {
    long pid = ProcessHandle.current().pid();
    boolean _ = present.resolve(Long.toString(pid)).toFile().createNewFile();
    boolean _ = Footprint.await(() -> present.toFile().list().length == count);
    return pid;
  }

  @Test
  void tasksThatWaitWhenAllIsStoppedSaySo() {
    use(1);
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tasks.add(
          Parallel.submit(() -> {
            Thread.sleep(60_000);
            return 1;
          }));
    }

    use(0);

    for (Task<Integer> task : tasks) {
      assertThatThrownBy(task::get)
          .cause()
          .isInstanceOf(PoolClosedException.class)
          .hasMessageMatching(
              "the workers were stopped \\(%workers 0\\) before task \\d+ had ended; run it again, and"
                  + " new ones start for it");
    }
  }

  @Test
  void tasksThatWaitWhenTheWorkersGetOtherOptionsSaySo() {
    use(1);
    Task<Integer> task =
        Parallel.submit(() -> {
          Thread.sleep(60_000);
          return 1;
        });

    engine.configure(new WorkerSettings(1, "processes", "200m", List.of()));

    assertThatThrownBy(task::get)
        .cause()
        .isInstanceOf(PoolClosedException.class)
        .hasMessageContainingAll("another --heap or --jvm", "run it again, on the new ones");
  }

  @Test
  void thoseThatAreTooManyHaveLeftWhenTheCallReturns() {
    use(3);
    List<Long> pids = pids();

    use(1);

    assertThat(pids()).hasSize(1);
    assertThat(pids.subList(1, 3)).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  @Test
  void aWorkerThatCannotStartSaysWhyAndTheNextSettingsWork() {
    assertThatThrownBy(() ->
            engine.configure(
                new WorkerSettings(1, "processes", null, List.of("-XX:+NoSuchOption"))))
        .isInstanceOf(WorkerLostException.class)
        .hasMessageContaining("NoSuchOption");
    assertThatThrownBy(() -> Parallel.submit(() -> 1).get())
        .cause()
        .hasMessageContaining("NoSuchOption");

    use(1);

    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);
  }

  @Test
  void aTemporaryDirectoryOfNoUseIsNamed() {
    System.setProperty("java.io.tmpdir", "/proc/1/none");
    try {
      assertThatThrownBy(() -> use(1))
          .isInstanceOf(WorkerLostException.class)
          .hasMessageContaining("/proc/1/none")
          .hasMessageContaining("-Djava.io.tmpdir");
    } finally {
      System.setProperty("java.io.tmpdir", temporary.toString());
    }
    use(1);
    assertThat(Parallel.map(List.of(1), x -> x)).containsExactly(1);
  }

  @Test
  void heapAndOptionsReachTheWorkers() {
    engine.configure(new WorkerSettings(1, "processes", "40m", List.of("-Dsome.key=value")));

    assertThat(
            Parallel.map(
                List.of(1), x -> System.getProperty("some.key") + Runtime.getRuntime().maxMemory()))
        .first()
        .asString()
        .startsWith("value")
        .isLessThan("value45000000");
  }

  @Test
  void coresAreSharedAmongWorkers() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    use(cores);

    assertThat(
            Parallel.submit(() ->
                    Runtime.getRuntime().availableProcessors()
                        + " "
                        + System.getenv("OMP_NUM_THREADS"))
                .get())
        .isEqualTo("1 1");
  }

  // ---- what tasks find around them

  private static final ThreadLocal<String> LOCAL = ThreadLocal.withInitial(() -> "initial");

  static String surroundings() {
    return Locale.getDefault()
        + " "
        + TimeZone.getDefault().getID()
        + " "
        + System.getProperty("a.key")
        + " "
        + LOCAL.get()
        + " "
        + Thread.currentThread().getName()
        + " "
        + Thread.currentThread().isInterrupted()
        + " "
        + (System.out.getClass() == java.io.PrintStream.class)
        + " "
        + Thread.currentThread().getPriority()
        + " "
        + (Thread.getDefaultUncaughtExceptionHandler() == null)
        + " "
        + (Thread.currentThread().getUncaughtExceptionHandler() instanceof ThreadGroup);
  }

  @Test
  void aNewWorkerHasTheLocaleAndTheTimeZoneOfThisProcess() throws Exception {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.of("de", "CH"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      use(0);
      use(1);

      assertThat(
              Parallel.submit(() ->
                      Locale.getDefault()
                          + " "
                          + Locale.getDefault(Locale.Category.FORMAT)
                          + " "
                          + TimeZone.getDefault().getID())
                  .get())
          .isEqualTo("de_CH de_CH Asia/Tokyo");
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
      use(0);
    }
  }

  @Test
  void whatATaskChangesAroundItIsAsBeforeForTheNext() throws Exception {
    use(1);
    String before = Parallel.submit(WorkersIT::surroundings).get();

    assertThat(Parallel.submit(WorkersIT::changeSurroundings).get())
        .contains("tlh", "Asia/Tokyo", "changed");
    assertThat(Parallel.submit(WorkersIT::surroundings).get()).isEqualTo(before);
    assertThat(Parallel.submit(() -> Thread.currentThread().getContextClassLoader() != null).get())
        .isTrue();

    Task<Object> failing =
        Parallel.submit(() -> {
          throw new IllegalStateException(changeSurroundings());
        });
    assertThatThrownBy(failing::get).hasMessageContaining("tlh");
    assertThat(Parallel.submit(WorkersIT::surroundings).get()).isEqualTo(before);
  }

  @SuppressWarnings("ThreadPriorityCheck") // what a task may do
  static String changeSurroundings() {
    Locale.setDefault(Locale.of("tlh"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    System.setProperty("a.key", "changed");
    LOCAL.set("changed");
    Thread thread = Thread.currentThread();
    thread.setName("changed");
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.setUncaughtExceptionHandler((_, _) -> {});
    Thread.setDefaultUncaughtExceptionHandler((_, _) -> {});
    System.setOut(null);
    thread.interrupt();
    thread.setContextClassLoader(null);
    return surroundingsChanged();
  }

  static String surroundingsChanged() {
    return Locale.getDefault() + TimeZone.getDefault().getID() + LOCAL.get();
  }

  @Test
  void additionsToTheClassPathReachRunningWorkers(@TempDir Path directory) throws Exception {
    use(2);
    assertThat(Parallel.map(List.of(1, 2), x -> x)).hasSize(2);
    Path source = Files.writeString(directory.resolve("Added.java"), "public class Added {}");
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
        .isZero();

    host.add(directory);

    assertThat(
            Parallel.map(
                List.of(1, 2),
                x ->
                    Class.forName("Added", true, Thread.currentThread().getContextClassLoader())
                        .getName()))
        .containsOnly("Added");
  }

  // ---- interrupts

  @Test
  void anInterruptEndsTheJobsOfItsCellAndNoOthers() throws Exception {
    use(2);
    host.enter("cell 1");
    Task<Integer> other = Parallel.submit(() -> longNap(300));
    host.enter("cell 2");
    Task<Integer> mine = Parallel.submit(() -> longNap(60_000));

    host.interrupt();

    assertThatThrownBy(mine::get).isInstanceOf(CancellationException.class);
    assertThat(other.get()).isEqualTo(300);
  }

  static int longNap(int millis) throws InterruptedException {
    Thread.sleep(millis);
    return millis;
  }

  @Test
  void anInterruptEndsAMapThatSomebodyWaitsFor() {
    use(2);
    Thread interrupter =
        Thread.ofVirtual()
            .start(() -> {
              boolean _ =
                  Footprint.await(
                      () -> engine.status().stream().anyMatch(w -> w.state().equals("busy")));
              host.interrupt();
            });

    assertThatThrownBy(() -> Parallel.map(List.of(1, 2, 3), x -> longNap(60_000)))
        .isInstanceOf(CancellationException.class);
    assertThat(interrupter.isInterrupted()).isFalse();
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).containsExactly(1, 2, 3);
  }

  @Test
  void noTaskEverGetsTheInterruptOfAnother() throws Exception {
    use(2);
    SplittableRandom random = new SplittableRandom(46);
    List<Task<Boolean>> kept = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Task<Boolean> task = Parallel.submit(() -> isUndisturbed());
      if (random.nextInt(3) == 0) {
        java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(400_000));
        boolean _ = task.cancel(true);
      } else {
        kept.add(task);
      }
    }

    for (Task<Boolean> task : kept) {
      assertThat(task.get()).isTrue();
    }
    assertThat(kept).hasSizeBetween(100, 399);
  }

  static boolean isUndisturbed() {
    boolean isUndisturbed = !Thread.currentThread().isInterrupted();
    long end = System.nanoTime() + 100_000;
    while (System.nanoTime() < end) {
      isUndisturbed &= !Thread.currentThread().isInterrupted();
    }
    return isUndisturbed;
  }

  @Test
  void manyThreadsUseThePoolAtOnce() throws Exception {
    use(2);
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 8; t++) {
      int offset = t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int i = 0; i < 20; i++) {
                    int number = i + offset;
                    assertThat(Parallel.submit(() -> number).get()).isEqualTo(number);
                    assertThat(Parallel.map(IntStream.range(0, 20), x -> x + number)).hasSize(20);
                    boolean _ = Parallel.submit(() -> longNap(5)).cancel(true);
                  }
                } catch (Throwable e) {
                  failures.add(e);
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
  }

  @Test
  void whatCannotBeEncodedFailsBeforeItIsSentAndTheWorkersStayUsable() throws Exception {
    use(1);
    Thread unshippable = Thread.currentThread();

    assertThatThrownBy(() -> Parallel.submit(() -> unshippable.getName()))
        .isInstanceOf(argosy.NotShippableException.class)
        .hasMessageContaining("java.lang.Thread");
    assertThatThrownBy(() -> Parallel.submit(() -> Thread.currentThread()).get())
        .isInstanceOf(ExecutionException.class);
    assertThat(Parallel.submit(() -> 1).get()).isEqualTo(1);
  }
}
