package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.WorkerLostException;
import argosy.engine.pool.WorkerDeath;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerStatus;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersMagicTest {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private final FakeKernel kernel = new FakeKernel();
  private final FakeWorkers workers = new FakeWorkers();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, workers);
  }

  private WorkerTable workers(String arguments) throws Exception {
    return (WorkerTable) Objects.requireNonNull(kernel.line("workers", arguments));
  }

  @Test
  void startsSoManyAndGivesThemAsAList() throws Exception {
    List<WorkerStatus> started = workers("3");
    assertThat(started).extracting(WorkerStatus::number).containsExactly(1, 2, 3);
    assertThat(workers.settings()).isEqualTo(new WorkerSettings(3, "processes", null, List.of()));
  }

  @Test
  void isShownAsATable() throws Exception {
    WorkerTable table = workers("2 --heap 2g");
    assertThat(table)
        .hasToString(
            """
            worker   pid  state  tasks done  memory  Java
                 1  4001  busy        1,500          25.0.3
                 2  4002  idle        3,000   85 MB  25.0.3
            2 processes; backend processes, heap 2g\
            """);
    Map<String, Object> bundle = kernel.rendered(WorkerTable.class, table);
    assertThat(bundle).containsEntry("text/plain", table.toString());
    assertThat(bundle.get("text/html"))
        .asString()
        .contains("<td style=\"text-align:right\">4001</td>");
  }

  @Test
  void showsTheReserveTheLimitsAndTheDead() throws Exception {
    workers.reserve = 1;
    workers.deaths =
        List.of(
            new WorkerDeath(1, 4711, Instant.EPOCH, 17, "signal 9 (SIGKILL)"),
            new WorkerDeath(2, -1, Instant.EPOCH, 0, "exit code 1"));
    WorkerTable table = workers("2 --memory 1500m --idle 600s");
    String time =
        DateTimeFormatter.ofPattern("HH:mm:ss")
            .format(Instant.EPOCH.atZone(ZoneId.systemDefault()));
    assertThat(table.toString())
        .contains("2 processes, 1 more in reserve; backend processes, memory 1.57 GB, idle 10m")
        .endsWith(
            """

            worker   pid  ended at  tasks done  why
                 2        %1$s           0  exit code 1
                 1  4711  %1$s          17  signal 9 (SIGKILL)\
            """
                .formatted(time));
    assertThat(kernel.rendered(WorkerTable.class, table).get("text/html"))
        .asString()
        .contains("signal 9 (SIGKILL)", "4002");
    assertThat(workers("--memory auto --idle auto").toString())
        .doesNotContain("memory 1", "idle 1");
  }

  @Test
  void withoutArgumentsNothingChanges() throws Exception {
    WorkerSettings before = workers.settings();
    assertThat(workers("").toString())
        .isEqualTo("No workers run; the next parallel call starts 0; backend processes");
    assertThat(workers.settings()).isEqualTo(before);
  }

  @Test
  void theSequentialBackendNeedsNoWorkers() throws Exception {
    workers("--backend sequential 0");
    assertThat(workers("").toString())
        .isEqualTo("Tasks run in the cell itself, one after the other; backend sequential");
  }

  @Test
  void threadsAreToldFromProcesses() {
    WorkerSettings settings = new WorkerSettings(1, "threads", null, List.of());
    WorkerStatus thread =
        new WorkerStatus(1, ProcessHandle.current().pid(), "idle", 0, -1, "25.0.3");
    WorkerStatus process = new WorkerStatus(1, 1, "idle", 0, -1, "25.0.3");
    assertThat(new WorkerTable(settings, List.of(thread), 0, List.of()).toString())
        .endsWith("\n1 thread; backend threads");
    List<WorkerStatus> both = List.of(process, process, thread, thread);
    assertThat(new WorkerTable(settings, both, 0, List.of()).toString())
        .containsPattern("\n1 +1  idle")
        .contains("\nthread 1  ")
        .endsWith("\n2 processes, 2 threads; backend threads");
  }

  @Test
  void autoIsOnePerProcessor() throws Exception {
    assertThat(workers("auto")).hasSize(PROCESSORS);
  }

  @Test
  void optionsAreKeptUntilTheyAreSaidAgain() throws Exception {
    workers("2 --backend threads --heap 512m --jvm '-Da=\"b c\" -XX:+UseSerialGC' --jvm -Dx=y");
    assertThat(workers.settings())
        .isEqualTo(
            new WorkerSettings(
                2, "threads", "512m", List.of("-Da=b c", "-XX:+UseSerialGC", "-Dx=y")));
    workers("0");
    workers("4");
    assertThat(workers.settings().heap()).isEqualTo("512m");
    assertThat(workers.settings().backend()).isEqualTo("threads");
    workers("--heap auto --jvm ''");
    assertThat(workers.settings()).isEqualTo(new WorkerSettings(4, "threads", null, List.of()));
  }

  @Test
  void optionsThatNoWorkerStartsWithAreTakenBack() throws Exception {
    workers("1 --jvm -Dx=y");
    WorkerSettings before = workers.settings();
    assertThatThrownBy(() -> workers("3 --jvm -bad"))
        .isInstanceOf(WorkerLostException.class)
        .hasMessage(
            """
            worker 1 could not start
            The settings from before hold again: 1 worker, backend processes, JVM -Dx=y\
            """);
    assertThat(workers.settings()).isEqualTo(before);
  }

  @Test
  void warnsOnceOfACrowdAndObeys() throws Exception {
    int many = 20 * PROCESSORS;
    assertThat(workers(many + " --backend threads")).hasSize(many);
    assertThat(kernel.err.toString()).contains(" workers: they take turns on ");
    String warning = kernel.err.toString();
    workers(many + " --idle 5m");
    workers(String.valueOf(many - 1));
    assertThat(kernel.err.toString()).isEqualTo(warning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          32   | processes  | 2 | 8 | ''
          33   | processes  | 2 | 8 | '33 workers: they take turns on 2 processors'
          33   | threads    | 2 | 8 | '33 workers: they take turns on 2 processors'
          33   | sequential | 2 | 8 | ''
          17   | processes  | 1 | 8 | '17 workers: they take turns on one processor'
          64   | threads    | 8 | 1 | ''
          64   | processes  | 8 | 4 | '64 workers: without a task they occupy about 4 GB of the 4 GB of this machine'
          1000 | processes  | 2 | 8 | '1,000 workers: they take turns on 2 processors, and without a task they occupy about 60 GB of the 8 GB of this machine'
          """)
  void saysWhatACrowdCosts(
      int count, String backend, int processors, long gigabytes, String expected) {
    String warning =
        Crowd.warning(
            new WorkerSettings(count, backend, null, List.of()),
            processors,
            gigabytes * 1_000_000_000);
    assertThat(warning)
        .isEqualTo(
            expected.isEmpty() ? "" : expected + "; %workers auto starts one for each processor");
  }

  @Test
  void moreThanTheMachineHasRoomForAreNotStarted() {
    WorkerSettings before = workers.settings();

    assertThatThrownBy(() -> workers("1000000"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageStartingWith(
            "1,000,000 workers would occupy about 60,000 GB without a task, and this machine has ");
    assertThatThrownBy(() -> workers("--backend threads 2000000000"))
        .isInstanceOf(MagicFailedException.class)
        .hasMessageStartingWith("2,000,000,000 threads are too many: this system allows ")
        .hasMessageEndingWith("; %workers auto starts one for each processor");
    assertThat(workers.settings()).isEqualTo(before);
  }

  @Test
  void lessMemoryThanAWorkerOccupiesIsToldOf() throws Exception {
    Object _ = workers("1 --memory 1m");
    assertThat(kernel.err.toString())
        .isEqualTo(
            "--memory 1 MB: a worker occupies about 60 MB before it has run anything, so each is"
                + " replaced after every task\n");
    Object _ = workers("1");
    Object _ = workers("1 --memory 200m");
    assertThat(kernel.err.toString().lines()).hasSize(1);
  }

  @Test
  void optionsAloneStartWorkersIfThereAreNone() throws Exception {
    assertThat(workers("--heap 1g")).hasSize(PROCESSORS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          many              | 'many' is not a number of workers
          1.5               | '1.5' is not a number of workers
          99999999999       | '99999999999' is not a number of workers
          -1                | '-1' is not understood
          2 3               | '3' is not understood
          --spark           | '--spark' is not understood
          2 --heap          | --heap takes a value
          2 --heap big      | 'big' is not a size such as 512m or 2g
          2 --memory much   | 'much' is not a size such as 512m or 2g
          2 --memory 10     | '10' is less than a megabyte: without a unit it is bytes, with one 512m or 2g
          2 --heap 4k       | '4k' is less than a megabyte: without a unit it is bytes, with one 512m or 2g
          2 --heap 0        | '0' is less than a megabyte: without a unit it is bytes, with one 512m or 2g
          2 --memory 9999999999t | '9999999999t' is not a size such as 512m or 2g
          2 --idle soon     | 'soon' is not a time such as 90s, 10m or 1h
          2 --idle 0s       | '0s' is not a time such as 90s, 10m or 1h
          2 --backend cloud | there is no backend cloud
          """)
  void wrongArgumentsAreSaidAndNothingChanges(String arguments, String message) {
    WorkerSettings before = workers.settings();
    assertThatThrownBy(() -> workers(arguments))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage(message);
    assertThat(workers.settings()).isEqualTo(before);
  }
}
