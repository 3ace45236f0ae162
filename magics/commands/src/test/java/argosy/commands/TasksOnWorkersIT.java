package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `%tasks` and `%cancel` in real cells, on workers that are really stuck.
@Timeout(300)
class TasksOnWorkersIT {

  @TempDir static Path folder;
  private static Notebook notebook;
  private static int marks;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 2").shown();
    notebook.run(
        """
        void touch(String file) throws Exception { Files.createFile(Path.of(file)); }
        void await(String file) throws Exception {
          while (!Files.exists(Path.of(file))) Thread.sleep(5);
        }
        """);
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  /// Starts a task, in a cell of its own, and waits until it runs.
  ///
  /// @param code what it does when it has begun
  private static void start(String name, String code) {
    String mark = folder.resolve("mark" + marks++).toString();
    notebook.run("%%submit " + name + "\ntouch(\"" + mark + "\");\n" + code).showsNothing();
    notebook.run("await(\"" + mark + "\");").showsNothing();
  }

  private static String pids() {
    return notebook
        .run(
            "List<argosy.engine.pool.WorkerStatus> w = %workers\nw.stream().map(x -> x.pid()).toList()")
        .shown();
  }

  /// {@return the process of the one task that runs}
  private static long pidOfFirst() {
    return Long.parseLong(
        notebook.run("List<argosy.engine.pool.TaskStatus> t = %tasks\nt.get(0).pid()").shown());
  }

  @Test
  void aTaskInALoopIsShownDumpedAndCancelledWhileItsWorkerStays() {
    String before = pids();
    start(
        "spinning", "long turns = 0;\nwhile (turns >= 0) turns = (turns + 1) % 7;\nreturn turns;");

    String table = notebook.run("%tasks").shown();
    assertThat(table).containsPattern("\\d+ +spinning +Cell \\[\\d+] +running +\\d+ +\\d+");
    String cell = table.replaceAll("(?s).*(Cell \\[\\d+]).*", "$1");

    String dump = notebook.run("%tasks --dump").shown();
    assertThat(dump).contains("(spinning) of " + cell, "\"main\" RUNNABLE", "(" + cell + ":4)");

    assertThat(notebook.run("%cancel spinning").out())
        .matches("Cancelled task \\d+ \\(spinning\\)\n");
    notebook.run("spinning.isCancelled()").shows("true");
    assertThat(notebook.run("%tasks").shown()).isEqualTo("No task runs or waits");
    assertThat(pids()).isEqualTo(before);
  }

  @Test
  void aTaskThatIsCancelledWithoutAnInterruptIsShownAsRunningOn() {
    start(
        "spinning", "long turns = 0;\nwhile (turns >= 0) turns = (turns + 1) % 7;\nreturn turns;");
    notebook.run("spinning.cancel(false)").shows("true");

    notebook
        .run("spinning")
        .shows(
            "Task (cancelled; what it began runs to its end, unless %cancel or cancel(true) ends"
                + " it)");
    assertThat(notebook.run("%tasks").shown())
        .containsPattern("spinning +Cell \\[\\d+] +cancelled, runs to its end +\\d+ +\\d+");
    Notebook.Ran ran = notebook.run("spinning.get()");
    ran.says("CancellationException: the task was cancelled", "it was cancelled here");

    assertThat(notebook.run("%cancel spinning").out())
        .matches("Cancelled task \\d+ \\(spinning\\)\n");
    assertThat(notebook.run("%tasks").shown()).isEqualTo("No task runs or waits");
    notebook.run("spinning").shows("Task (cancelled)");
  }

  @Test
  void aTaskThatDoesNotGiveInEndsWithItsWorkerAndTheOthersGoOn() {
    start("deaf", "return new CompletableFuture<String>().join();");
    long pid = pidOfFirst();
    notebook.run("%submit other = 40 + 2");

    assertThat(notebook.run("%cancel deaf").out())
        .matches(
            """
            Cancelled task \\d+ \\(deaf\\)
            Worker \\d+ \\(pid \\d+\\) was ended, because its task did not give in
            """);
    assertThat(ProcessHandle.of(pid)).isEmpty();
    notebook.run("other.get()").shows("42");
    notebook.run("Parallel.map(List.of(1, 2, 3), x -> x + 1)").shows("[2, 3, 4]");
    assertThat(notebook.run("%workers").shown()).contains("did not give in");
  }

  @Test
  void aJobOfAnotherThreadIsCancelledAsAWhole() {
    Path marks = folder.resolve("job");
    notebook.run(
        """
        var outcome = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
          try {
            Parallel.over(IntStream.range(0, 100)).batch(1).map(i -> {
              touch("%1$s" + i);
              Thread.sleep(1_000_000);
              return i;
            });
          } catch (Throwable e) {
            outcome.complete(e.toString());
          }
        });
        await("%1$s0");
        await("%1$s1");
        """
            .formatted(marks));
    assertThat(notebook.run("%tasks").shown()).contains("input 0", "2 running");

    assertThat(notebook.run("%cancel all").out()).matches("Cancelled \\d+ tasks\n");

    notebook
        .run("outcome.get()")
        .shows("java.util.concurrent.CancellationException: the job was cancelled by its user");
  }

  @Test
  void aTaskThatWaitsForAnotherIsShownAndCancelled() throws IOException {
    Path go = folder.resolve("go");
    start("first", "await(\"" + go + "\"); return 1;");
    notebook.run("var second = first.then(x -> x + 1);").showsNothing();

    assertThat(notebook.run("%tasks").shown())
        .containsPattern("\\d+ +second +Cell \\[\\d+] +waiting for another task");
    assertThat(notebook.run("%cancel second").out()).matches("Cancelled task \\d+ \\(second\\)\n");

    assertThat(notebook.run("%tasks").shown()).contains("first").doesNotContain("second");
    Files.createFile(go);
    notebook.run("first.get()").shows("1");
    notebook.run("second.isCancelled()").shows("true");
    assertThat(notebook.run("%tasks").shown()).isEqualTo("No task runs or waits");
  }

  @Test
  void whatATaskShowsInThisProcessAppearsBelowTheCellThatAskedForIt() {
    String threads = "Parallel.with(Parallel.options().backend(\"threads\"), () -> %s);";
    notebook.run(threads.formatted("Parallel.map(List.of(1, 2), x -> x)")).shown();

    Notebook.Ran map =
        notebook.run(threads.formatted("Parallel.map(List.of(1, 2), x -> display(\"in \" + x))"));
    Notebook.Ran next =
        notebook.run(
            "Parallel.submit(() -> 3).thenAccept(x -> display(\"then \" + x))"
                + ".toCompletableFuture().get();");

    assertThat(map.displays()).containsExactlyInAnyOrder("in 1", "in 2");
    assertThat(next.displays()).containsExactly("then 3");
  }

  @Test
  void aWorkerThatStandsStillIsSaidToBeStopped() throws IOException, InterruptedException {
    start("frozen", "Thread.sleep(1_000_000); return 1;");
    long pid = pidOfFirst();
    signal("STOP", pid);
    assertThat(Notebook.await(() -> isStopped(pid))).isTrue();

    assertThat(notebook.run("%tasks --dump").shown())
        .contains("pid " + pid + ", stopped, with task", "kill -CONT " + pid);
    signal("CONT", pid);
    assertThat(notebook.run("%tasks --dump").shown())
        .contains("pid " + pid + ", busy", "TIMED_WAITING");

    notebook.run("%cancel frozen").showsNothing();
  }

  private static boolean isStopped(long pid) {
    try {
      return Files.readString(Path.of("/proc/" + pid + "/status")).contains("State:\tT");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void signal(String name, long pid) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
    assertThat(kill.waitFor()).isZero();
  }
}
