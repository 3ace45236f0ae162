package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.pool.Caller;
import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.pool.WorkerThreads;
import argosy.engine.schedule.Standing.Phase;
import argosy.kernel.extension.MagicUsageException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TasksMagicTest {

  private final FakeKernel kernel = new FakeKernel();
  private final FakeWorkers workers = new FakeWorkers();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, workers);
    workers.configure(new WorkerSettings(2, "processes", null, List.of()));
  }

  private final class FromCell implements Caller {
    @Override
    public Object scope() {
      return kernel;
    }

    @Override
    public void giveUp() {}
  }

  private TaskStatus task(long number, int count, String name, Phase phase, int worker) {
    long pid = worker == 0 ? -1 : 4000 + worker;
    return new TaskStatus(
        number, count, name, phase, worker, pid, Duration.ofMillis(1520), 1, new FromCell());
  }

  private Object tasks(String arguments) throws Exception {
    return Objects.requireNonNull(kernel.line("tasks", arguments));
  }

  @Test
  void showsWhatRunsBeforeWhatWaits() throws Exception {
    workers.tasks =
        List.of(
            task(1, 1, "", Phase.QUEUED, 0),
            task(2, 3, "input 1 to input 3", Phase.SENT, 2),
            task(4, 1, "", Phase.WAITING, 0),
            task(5, 1, "%%px", Phase.ENDING, 1),
            task(6, 1, "input 0", Phase.RUNNING, 2));

    TaskTable table = (TaskTable) tasks("");

    assertThat(table).extracting(TaskStatus::number).containsExactly(5L, 6L, 2L, 1L, 4L);
    assertThat(table)
        .hasToString(
            """
            task  what                cell      state                     worker   pid  for    try
               5  %%px                Cell [1]  being ended                    1  4001  1.5 s    1
               6  input 0             Cell [1]  running                        2  4002  1.5 s    1
               2  input 1 to input 3  Cell [1]  next on its worker             2  4002  1.5 s    1
               1                      Cell [1]  queued                                  1.5 s    1
               4                      Cell [1]  waiting for another task                1.5 s    1
            1 running, 1 being ended, 3 next on its worker, 1 queued, 1 waiting for another task\
            """);
    assertThat(kernel.rendered(TaskTable.class, table).get("text/html"))
        .asString()
        .contains("being ended");
  }

  @Test
  void saysSoWhenThereAreNone() throws Exception {
    assertThat(tasks("")).hasToString("No task runs or waits");
  }

  @Test
  void ofVeryManyTheFirstAreShownAndAllCounted() throws Exception {
    workers.tasks =
        LongStream.range(1, 2001).mapToObj(i -> task(i, 1, "", Phase.QUEUED, 0)).toList();

    TaskTable table = (TaskTable) tasks("");

    assertThat(table).hasSize(2000);
    assertThat(table.toString().lines()).hasSize(52);
    assertThat(table.toString()).endsWith("2,000 queued; the first 50 lines are shown");
  }

  @Test
  void timesAreReadable() {
    assertThat(TaskTable.time(Duration.ofMillis(49))).isEqualTo("0.0 s");
    assertThat(TaskTable.time(Duration.ofSeconds(61))).isEqualTo("1:01 min");
    assertThat(TaskTable.time(Duration.ofMinutes(62))).isEqualTo("1:02 h");
  }

  @Test
  void dumpsTheThreadsOfTheWorkersThatAreChosen() throws Exception {
    workers.tasks = List.of(task(6, 1, "input 0", Phase.RUNNING, 2));
    workers.threads =
        List.of(
            new WorkerThreads(1, 4001, "idle", "\"main\" WAITING\n"),
            new WorkerThreads(2, 4002, "busy", "\"main\" RUNNABLE\n    at f(Cell [1]:3)\n"));

    assertThat(tasks("--dump"))
        .hasToString(
            """
            worker 1, pid 4001, idle
            "main" WAITING

            worker 2, pid 4002, busy, with task 6 (input 0) of Cell [1] for 1.5 s
            "main" RUNNABLE
                at f(Cell [1]:3)\
            """);
    assertThat((ThreadTexts) tasks("--dump 2"))
        .singleElement()
        .extracting(WorkerThreads::worker)
        .isEqualTo(2);
  }

  /// Its number is also that of a process.
  @Test
  void aThreadIsToldFromAProcess() throws Exception {
    long own = ProcessHandle.current().pid();
    TaskStatus onProcess = task(6, 1, "input 0", Phase.RUNNING, 1);
    TaskStatus onThread =
        new TaskStatus(
            7, 1, "input 1", Phase.RUNNING, 1, own, Duration.ofMillis(1520), 1, new FromCell());
    workers.tasks = List.of(onProcess, onThread);
    workers.threads =
        List.of(
            new WorkerThreads(1, 4001, "busy", "process"),
            new WorkerThreads(1, own, "busy", "thread"));

    assertThat(tasks("").toString()).containsPattern(" 1 +4001 ").contains("thread 1");
    assertThat(tasks("--dump"))
        .hasToString(
            """
            worker 1, pid 4001, busy, with task 6 (input 0) of Cell [1] for 1.5 s
            process
            thread 1, pid %d, busy, with task 7 (input 1) of Cell [1] for 1.5 s
            thread\
            """
                .formatted(own));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          --all    | '--all' is not understood
          --dump x | 'x' is not the number of a worker
          --dump 7 | there is no worker 7; there are [1, 2]
          """)
  void wrongArgumentsAreSaid(String arguments, String message) {
    assertThatThrownBy(() -> tasks(arguments))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage(message);
  }

  // ---- %cancel

  @Test
  void cancelsByNumberAlsoOneOfSeveral() throws Exception {
    workers.tasks =
        List.of(task(1, 1, "", Phase.QUEUED, 0), task(2, 3, "input 1 to input 3", Phase.SENT, 2));

    assertThat(kernel.line("cancel", "4")).isNull();

    assertThat(workers.tasks).extracting(TaskStatus::number).containsExactly(1L);
    assertThat(kernel.out).hasToString("Cancelled task 2 (input 1 to input 3)\n");
  }

  @Test
  void cancelsAllAndSaysWhichWorkersHadToGo() throws Exception {
    workers.tasks = List.of(task(1, 1, "", Phase.QUEUED, 0), task(6, 1, "", Phase.RUNNING, 9));

    kernel.line("cancel", "all");

    assertThat(workers.tasks).isEmpty();
    assertThat(kernel.out)
        .hasToString(
            """
            Cancelled 2 tasks
            Worker 9 (pid 4009) was ended, because its task did not give in
            """);
  }

  @Test
  void completionOffersTheTasksThatCanBeCancelled() {
    workers.tasks = List.of(task(1, 1, "", Phase.QUEUED, 0), task(6, 1, "", Phase.RUNNING, 9));

    assertThat(Objects.requireNonNull(kernel.magics.get("cancel")).candidates())
        .containsExactly("1", "6", "all");
  }

  @Test
  void nothingToCancelIsNoError() throws Exception {
    kernel.line("cancel", "all");
    assertThat(kernel.out).hasToString("No task runs or waits\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~  | which task? Say its number or its name
          7   | no task '7' runs or waits; %tasks shows those that do
          fit | no task 'fit' runs or waits; %tasks shows those that do
          1 7 | no task '7' runs or waits; %tasks shows those that do
          """)
  void whatDoesNotRunIsSaidAndNothingIsCancelled(String arguments, String message) {
    workers.tasks = List.of(task(1, 1, "", Phase.QUEUED, 0));
    assertThatThrownBy(() -> kernel.line("cancel", arguments))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage(message);
    assertThat(workers.tasks).hasSize(1);
  }
}
