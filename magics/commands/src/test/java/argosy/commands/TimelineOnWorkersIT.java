package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `%timeline` of tasks that really ran.
@Timeout(300)
class TimelineOnWorkersIT extends OnTwoWorkers {

  @BeforeEach
  void theWorkersAreThere() {
    notebook.run("%workers 2 --backend processes").shown();
    notebook.run("%timeline --last 1ms").shown();
  }

  @Test
  void aJobIsShownByTheLineOfItsLambdaOnEachWorker() {
    notebook
        .run(
            """
            int slow(int x) throws Exception { Thread.sleep(20); return x; }
            Parallel.over(IntStream.range(0, 8)).batch(1).map(x ->
                slow(x));
            Parallel.submit(() -> 3).get()
            """)
        .shows("3");

    String shown = notebook.run("%timeline").shown();
    assertThat(shown)
        .containsPattern("^Cell \\[\\d+]: 9 tasks in [\\d.]+ m?s on 2 workers, busy \\d+ %")
        .containsPattern("worker \\d+  \\S*A\\S* +\\d+ %  [3456]\n")
        .containsPattern("A  Cell \\[\\d+], line 3: 8 tasks, \\d.* each")
        .containsPattern("B  Cell \\[\\d+], line 4: 1 task, ");
  }

  @Test
  void aMillionTasksAreCountedAndTheirBarsAreBounded() {
    notebook.run("Parallel.map(IntStream.range(0, 1_000_000), x -> x + 1).size()").shows("1000000");

    assertThat(notebook.run("%timeline").shown()).contains(": 1,000,000 tasks in ");
    notebook.run("List<?> bars = %timeline\nbars.size() > 2 && bars.size() <= 4096").shows("true");
  }

  @Test
  void whatFailsIsCancelledOrLostIsMarked() {
    notebook
        .run(
            """
            var bad = Parallel.submit(() -> Integer.parseInt("x"));
            Parallel.waitAll(List.of(bad));
            var late = Parallel.with(Parallel.options().timeout(java.time.Duration.ofMillis(50)),
                () -> Parallel.submit(() -> { Thread.sleep(60_000); return 1; }));
            Parallel.waitAll(List.of(late));
            var dead = Parallel.submit(() -> { Runtime.getRuntime().halt(3); return 1; });
            Parallel.waitAll(List.of(dead));
            """)
        .showsNothing();

    assertThat(notebook.run("%timeline").shown())
        .contains(", 1 failed, 1 cancelled or out of time, 1 lost with its worker")
        .contains("! failed", "/ cancelled or out of time", "# lost with its worker");
  }

  @Test
  void whatRunsIsShownAndSoAreWorkersThatWereStopped() throws Exception {
    Path go = folder.resolve("go");
    notebook.run("%%submit waits\nwhile (!Files.exists(Path.of(\"" + go + "\"))) Thread.sleep(5);");

    assertThat(notebook.run("%timeline").shown()).contains("1 running on ", ": 1 running");
    Files.createFile(go);
    notebook.run("waits.get()");
    notebook.run("%workers 0").shown();
    assertThat(notebook.run("%timeline").shown()).containsPattern("1 task in .* on [12] worker");
  }

  @Test
  void threadsAndTheCellItselfHaveRowsToo() {
    notebook.run("%workers 2 --backend threads").shown();
    notebook.run("Parallel.map(List.of(1, 2, 3, 4), x -> x + 1)").shows("[2, 3, 4, 5]");
    assertThat(notebook.run("%timeline").shown())
        .contains(": 4 tasks in ", "thread 1  ", "thread 2  ");

    notebook.run("%workers --backend sequential").shown();
    notebook.run("Parallel.map(List.of(1, 2, 3), x -> x + 1)").shows("[2, 3, 4]");
    assertThat(notebook.run("%timeline").shown())
        .contains(": 3 tasks in ", "on the cell's own thread", "in the cell  ");
  }

  @Test
  void whatLivesOnWorkersIsCalledWhatItDoes() {
    notebook.run("%%px\nint seen = 0;").showsNothing();
    assertThat(notebook.run("%timeline").shown()).contains("A  %%px: 2 tasks");
  }
}
