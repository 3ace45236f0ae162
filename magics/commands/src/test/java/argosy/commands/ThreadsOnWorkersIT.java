package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `%threads` of workers that really run, on any number of processors.
@Timeout(300)
class ThreadsOnWorkersIT extends OnTwoWorkers {

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @BeforeEach
  void theUsualOptions() {
    notebook.run("%workers 0").shown();
    notebook.run("%workers 2 --backend processes --jvm ''").shown();
  }

  @Test
  void theKernelAndEachWorkerHaveARow() {
    int share = Math.max(1, PROCESSORS / 2);
    assertThat(notebook.run("%threads").shown())
        .containsPattern("^process .* processors  common pool")
        .containsPattern("\nkernel +\\d+ +" + PROCESSORS + " ")
        .containsPattern("\nworker \\d+ +\\d+ +" + share + " +" + Math.max(1, share - 1) + "\\b")
        .containsPattern("\n2 workers may run \\d+ threads at a time");
    notebook.run("List<argosy.engine.threads.ThreadUse> t = %threads\nt.size()").shows("3");
    // What a worker is told holds there.
    notebook
        .run(
            "Parallel.submit(() -> Runtime.getRuntime().availableProcessors()).get()"
                + " == t.get(1).jvm().processors()")
        .shows("true");
    notebook
        .run(
            "Parallel.submit(() -> java.util.concurrent.ForkJoinPool.getCommonPoolParallelism())"
                + ".get() == t.get(1).jvm().commonPool()")
        .shows("true");
  }

  @Test
  void aThreadThatComputesIsBusy() throws Exception {
    Path go = folder.resolve("go");
    notebook.run("%%submit spins\nwhile (!Files.exists(Path.of(\"" + go + "\"))) {}");
    String threads = "List<argosy.engine.threads.ThreadUse> now = %threads\n";
    String isBusy =
        "now.stream().skip(1).anyMatch(use -> use.cpu() == null || use.cpu().busy() > 0)";
    // It begins when it can.
    assertThat(Notebook.await(() -> notebook.run(threads + isBusy).shown().equals("true")))
        .isTrue();
    Files.createFile(go);
    notebook.run("spins.get()");
  }

  @Test
  void anOptionThatAsksForTooMuchIsWarnedOf() {
    int asked = PROCESSORS + 1;
    notebook.run("%workers 2 --jvm '-XX:ActiveProcessorCount=" + asked + "'").shown();

    String shown = notebook.run("%threads").shown();
    int share = Math.max(1, PROCESSORS / 2);
    assertThat(shown)
        .containsPattern("\nworker \\d+ +\\d+ +" + asked + " +" + PROCESSORS + "\\b")
        .contains(
            "2 workers may run " + 2 * asked + " threads at a time, which take turns on ",
            "Java code has %d in each, and %%workers 2 --jvm \"-XX:ActiveProcessorCount=%d\""
                .formatted(asked, share));

    notebook.run("%workers 2 --jvm \"-XX:ActiveProcessorCount=" + share + "\"").shown();
    assertThat(notebook.run("%threads").shown()).doesNotContain("Java code has");
  }

  @Test
  void aWorkerThatWasStartedAloneKeepsItsShareAsLongAsSomethingLivesThere() {
    notebook.run("%workers 0").shown();
    notebook.run("%workers 1").shown();
    notebook.run("var held = Parallel.actor(() -> new int[7]);").showsNothing();
    notebook.run("held.call(a -> a.length).get()").shows("7");
    notebook.run("%workers 2").shown();
    assertThat(notebook.run("%threads").shown())
        .contains(
            PROCESSORS == 1
                ? "there are more workers than processors"
                : "%workers 0 and then %workers 2 starts all with an equal share");

    notebook.run("held.close();").showsNothing();
    notebook.run("%workers 1").shown();
    notebook.run("%workers 2").shown();
    assertThat(notebook.run("%threads").shown()).doesNotContain("starts all with an equal share");
  }

  @Test
  void withoutWorkersItSaysWhatWouldBeStarted() {
    notebook.run("%workers 0").shown();
    assertThat(notebook.run("%threads").shown())
        .contains("\nNo workers run; the next parallel call starts 2, each with ")
        .doesNotContain("\nworker ");
  }
}
