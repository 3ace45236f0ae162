package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.pool.WorkerSettings;
import argosy.engine.threads.CpuUse;
import argosy.engine.threads.JvmThreads;
import argosy.engine.threads.NativeThreads;
import argosy.engine.threads.ThreadReport;
import argosy.engine.threads.ThreadUse;
import argosy.kernel.extension.MagicUsageException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ThreadsMagicTest {

  private static final NativeThreads NO_LIMIT = NativeThreads.of(Map.of(), List.of());
  private static final ThreadUse KERNEL =
      new ThreadUse(0, 4000, new JvmThreads(4, 3), NO_LIMIT, new CpuUse(40, 0, 3));

  private static NativeThreads limits(int all, Map<String, String> others, String... files) {
    Map<String, String> environment = new HashMap<>();
    NativeThreads.VARIABLES.forEach(each -> environment.put(each, String.valueOf(all)));
    environment.putAll(others);
    return NativeThreads.of(environment, List.of(files));
  }

  private static ThreadUse worker(int number, int processors, @Nullable NativeThreads natives) {
    JvmThreads jvm = new JvmThreads(processors, Math.max(1, processors - 1));
    return new ThreadUse(number, 4000 + number, jvm, natives, new CpuUse(20, 1, 100));
  }

  private static WorkerSettings settings(int count, String... jvmOptions) {
    return new WorkerSettings(count, "processes", null, List.of(jvmOptions));
  }

  private static ThreadUseTable table(
      WorkerSettings settings, ThreadUse kernel, List<ThreadUse> workers, int inside) {
    ThreadUse planned = new ThreadUse(0, -1, new JvmThreads(2, 1), limits(2, Map.of()), null);
    return new ThreadUseTable(settings, new ThreadReport(kernel, workers, planned), inside, 4);
  }

  private static String load(WorkerSettings settings, ThreadUse... workers) {
    return lastLine(table(settings, KERNEL, List.of(workers), 0));
  }

  private static String lastLine(ThreadUseTable table) {
    return Objects.requireNonNull(table.toString().lines().toList().getLast());
  }

  @Test
  void isShownAsATable() {
    ThreadUseTable table =
        table(
            settings(2),
            KERNEL,
            List.of(
                worker(1, 2, limits(2, Map.of(), "/lib/libopenblas.so", "/lib/libgomp.so.1")),
                worker(2, 2, limits(2, Map.of("MKL_NUM_THREADS", "1")))),
            0);
    assertThat(table)
        .hasToString(
            """
            process    pid  processors  common pool  threads  busy  CPU %  native limit          native libraries
            kernel    4000           4            3       40     0      3  none                  none
            worker 1  4001           2            1       20     1    100  2                     gomp, openblas
            worker 2  4002           2            1       20     1    100  2, MKL_NUM_THREADS=1  none
            2 workers may run 4 threads at a time on 4 processors: that fits\
            """);
    assertThat(table).extracting(ThreadUse::worker).containsExactly(0, 1, 2);
    assertThat(table.bundle().get("text/html"))
        .asString()
        .contains("<td style=\"text-align:right\">4001</td>", "<p>2 workers may run 4 threads");
  }

  @Test
  void columnsThatNothingIsKnownForAreAbsent() {
    ThreadUse kernel = new ThreadUse(0, 4000, new JvmThreads(4, 3), null, null);
    ThreadUse worker = new ThreadUse(1, 4001, new JvmThreads(4, 3), null, null);
    ThreadUse starting = new ThreadUse(2, -1, null, null, null);
    assertThat(table(settings(2), kernel, List.of(worker, starting), 0).toString())
        .startsWith(
            """
            process    pid  processors  common pool
            kernel    4000           4            3
            worker 1  4001           4            3
            worker 2
            2 workers may run 5 threads at a time\
            """);
  }

  @Test
  void beforeWorkersStartItSaysWhatWouldBeStarted() {
    assertThat(table(settings(2), KERNEL, List.of(), 0).toString())
        .endsWith(
            """
            none
            No workers run; the next parallel call starts 2, each with 2 processors, common pool 1, \
            native limit 2
            2 workers may run 4 threads at a time on 4 processors: that fits\
            """);
    WorkerSettings threads = new WorkerSettings(3, "threads", null, List.of());
    assertThat(table(threads, KERNEL, List.of(), 0).toString())
        .endsWith(
            """
            the next parallel call starts 3, as threads of the kernel
            3 workers may run 3 threads at a time on 4 processors: that fits\
            """);
    WorkerSettings sequential = new WorkerSettings(3, "sequential", null, List.of());
    assertThat(table(sequential, KERNEL, List.of(), 0).toString())
        .endsWith("none\nTasks run in the cell itself, one after the other");
  }

  @Test
  void threadsThatAreWorkersBelongToTheKernel() {
    ThreadUseTable table = table(settings(6), KERNEL, List.of(), 6);
    assertThat(table.toString()).contains("kernel, with 6 workers  4000");
    assertThat(lastLine(table))
        .isEqualTo(
            "6 workers may run 6 threads at a time, which take turns on 4 processors: there are more"
                + " workers than processors, and %workers 4 keeps one for each");
    assertThat(lastLine(table(settings(4), KERNEL, List.of(worker(1, 1, NO_LIMIT)), 4)))
        .endsWith(
            "there are more workers than processors, and %workers 0 ends those of both backends");
  }

  @Test
  void moreWorkersThanProcessorsAreTooMany() {
    ThreadUse[] five =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> worker(i, 1, limits(1, Map.of())))
            .toArray(ThreadUse[]::new);
    assertThat(load(settings(5), five))
        .isEqualTo(
            "5 workers may run 5 threads at a time, which take turns on 4 processors: there are more"
                + " workers than processors, and %workers 4 keeps one for each");
  }

  @Test
  void anOptionThatAsksForMoreIsNamedWithTheOneThatFits() {
    WorkerSettings asked =
        settings(2, "-Dx=a b", JvmThreads.PROCESSORS + 3, "-Xss1m", JvmThreads.COMMON_POOL + 3);
    assertThat(load(asked, worker(1, 3, null), worker(2, 3, null)))
        .isEqualTo(
            "2 workers may run 6 threads at a time, which take turns on 4 processors: Java code has"
                + " 3 in each, and %workers 2 --jvm \"'-Dx=a b' -Xss1m"
                + " -XX:ActiveProcessorCount=2\" gives each its share");
  }

  @Test
  void workersThatWereStartedWhenThereWereFewerAreToStartAnew() {
    assertThat(
            load(settings(2), worker(1, 4, limits(4, Map.of())), worker(2, 2, limits(2, Map.of()))))
        .isEqualTo(
            "2 workers may run 6 threads at a time, which take turns on 4 processors: Java code has"
                + " up to 4 in each, and %workers 0 and then %workers 2 starts all with an equal"
                + " share; "
                + String.join(", ", NativeThreads.VARIABLES.stream().sorted().toList())
                + " let native libraries have up to 4 in each, and %workers 0 and then %workers 2"
                + " starts all with an equal share");
  }

  @Test
  void aVariableThatTheKernelInheritedIsNamed() {
    Map<String, String> inherited = Map.of("OMP_NUM_THREADS", "4");
    ThreadUse kernel =
        new ThreadUse(0, 4000, new JvmThreads(4, 3), NativeThreads.of(inherited, List.of()), null);
    List<ThreadUse> workers = new ArrayList<>();
    workers.add(worker(1, 2, limits(2, inherited)));
    workers.add(worker(2, 2, limits(2, inherited)));
    assertThat(lastLine(table(settings(2), kernel, workers, 0)))
        .isEqualTo(
            "2 workers may run 8 threads at a time, which take turns on 4 processors:"
                + " OMP_NUM_THREADS lets native libraries have up to 4 in each, and a kernel that is"
                + " started without gives each its share, or %workers 1 keeps as many as fit");
  }

  @Test
  void aVariableThatIsNoNumberLimitsNothingOnceALibraryIsThere() {
    NativeThreads unlimited =
        NativeThreads.of(Map.of("OMP_NUM_THREADS", "few"), List.of("/lib/libgomp.so.1"));
    assertThat(load(settings(2), worker(1, 2, unlimited), worker(2, 2, unlimited)))
        .endsWith(
            "native libraries take all processors in each where no variable is a number, and"
                + " OMP_NUM_THREADS=2 where the kernel is started limits them");
  }

  @Test
  void takesNoArguments() throws Exception {
    FakeKernel kernel = new FakeKernel();
    FakeWorkers workers = new FakeWorkers();
    CommandsExtension.register(kernel, workers);
    assertThatThrownBy(() -> kernel.line("threads", "all"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("'all' is not understood");

    workers.configure(settings(2));
    workers.threadReport = new ThreadReport(KERNEL, List.of(worker(1, 1, null)), KERNEL);
    ThreadUseTable shown = (ThreadUseTable) Objects.requireNonNull(kernel.line("threads", ""));
    assertThat(shown).hasSize(2);
    assertThat(kernel.rendered(ThreadUseTable.class, shown))
        .containsEntry("text/plain", shown.toString());
  }
}
