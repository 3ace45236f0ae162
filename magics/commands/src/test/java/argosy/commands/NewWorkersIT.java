package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A worker that takes another one's place runs the `%%px` cells that the other ran, or says why
/// not.
@Timeout(300)
class NewWorkersIT {

  private static final String STATUS = "List<argosy.engine.pool.WorkerStatus> w = %workers\n";

  @TempDir private Path folder;
  private Notebook notebook;
  private final List<Notebook.Ran> ran = new ArrayList<>();

  @BeforeEach
  void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 2").shown();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private String run(String code) {
    ran.add(notebook.run(code));
    return ran.getLast().shown();
  }

  /// {@return what all cells have shown, what came late included}
  private String said() {
    return ran.stream().map(Notebook.Ran::description).collect(Collectors.joining("\n"));
  }

  private List<String> pids() {
    String pids = run(STATUS + "w.stream().map(x -> x.pid()).toList()");
    return List.of(pids.replaceAll("[\\[\\] ]", "").split(","));
  }

  /// Kills a worker, and waits until two others than that can take tasks.
  private void killOneAndAwaitTheNext() {
    String victim = pids().getFirst();
    assertThat(ProcessHandle.of(Long.parseLong(victim)).orElseThrow().destroyForcibly()).isTrue();
    String ready = "w.stream().filter(x -> x.state().equals(\"idle\") && x.pid() != " + victim;
    assertThat(Notebook.await(() -> run(STATUS + ready + ").count()").equals("2")))
        .as(this::said)
        .isTrue();
  }

  private Path teach(String code) {
    Path mark = folder.resolve("mark");
    notebook
        .run(
            "%%px\nif (Files.exists(Path.of(\""
                + mark
                + "\"))) { "
                + code
                + " }\nint known = 17;\n")
        .showsNothing();
    return mark;
  }

  private int times(String text) {
    return Math.toIntExact(Pattern.compile(text).matcher(said()).results().count());
  }

  @Test
  void aFailureIsSaidOnceAndTheWorkerTakesTasks() throws IOException {
    Path mark = teach("throw new IllegalStateException(\"the house is empty\");");
    Files.createFile(mark);

    killOneAndAwaitTheNext();
    killOneAndAwaitTheNext();

    assertThat(times("IllegalStateException: the house is empty")).as(said()).isOne();
    assertThat(said())
        .containsPattern(
            "Worker \\d+ \\(pid \\d+\\) could not run again .* \\(%%px of Cell \\[2]\\)")
        .contains("--once");
    assertThat(run("Parallel.map(List.of(1, 2, 3, 4), x -> x + 1)")).isEqualTo("[2, 3, 4, 5]");

    Files.delete(mark);
    killOneAndAwaitTheNext();
    killOneAndAwaitTheNext();
    assertThat(run("Parallel.map(List.of(1, 2, 3, 4), x -> known + x)"))
        .isEqualTo("[18, 19, 20, 21]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%px --forget", "%reset", "%jshell /reset"})
  void whatIsForgottenDoesNotRunAgain(String forgetting) {
    Path log = folder.resolve("log");
    String append = "StandardOpenOption.CREATE, StandardOpenOption.APPEND";
    run("%px Files.writeString(Path.of(\"" + log + "\"), \"x\", " + append + ")");
    notebook.run(forgetting).showsNothing();
    notebook.run("%px int after = 2;").showsNothing();

    killOneAndAwaitTheNext();

    notebook.run("%px --out all after").showsNothing();
    notebook.run("all").shows("[2, 2]");
    assertThat(log).hasContent("xx");
  }

  @Test
  void whatNeverEndsIsShownAndCancelledAndNotTriedAgain() throws IOException {
    Path mark = teach("while (true) {}");
    Files.createFile(mark);
    String victim = pids().getFirst();
    assertThat(ProcessHandle.of(Long.parseLong(victim)).orElseThrow().destroyForcibly()).isTrue();
    assertThat(Notebook.await(() -> run("%tasks").contains("%%px again, on a new worker")))
        .as(this::said)
        .isTrue();
    assertThat(ran.getLast().shown()).contains("Cell [2]", "running");
    // The other worker works meanwhile.
    assertThat(run("Parallel.map(List.of(1, 2), x -> known + x)")).isEqualTo("[18, 19]");

    ran.add(notebook.run("%cancel all"));
    assertThat(ran.getLast().out()).startsWith("Cancelled task");
    killOneAndAwaitTheNext();

    assertThat(times("it was cancelled")).as(said()).isOne();
    assertThat(run("Parallel.map(List.of(1, 2, 3, 4), x -> x + 1)")).isEqualTo("[2, 3, 4, 5]");
  }

  @Test
  void whatTakesForEverEndsByItselfAndKeepsNoWorkerFromItsTasks() throws IOException {
    Path mark = teach("new CompletableFuture<String>().join();");
    Files.createFile(mark);

    killOneAndAwaitTheNext();

    assertThat(said()).contains("could not run again", "it had not ended after", "Cell [2]");
    assertThat(run("Parallel.map(List.of(1, 2, 3, 4), x -> x + 1)")).isEqualTo("[2, 3, 4, 5]");
  }

  private void awaitReserve(boolean isThere) {
    assertThat(Notebook.await(() -> run("%workers").contains("more in reserve") == isThere))
        .as(this::said)
        .isTrue();
  }

  @Test
  void workersWithVariablesOfTheirOwnDoNotRest() {
    notebook.run("%%px\nint[] count = {0};").showsNothing();
    notebook.run("%px count[0]++").shown();
    List<String> before = pids();
    awaitReserve(true);
    run("%workers --idle 100ms");

    // When it is time to rest, the process in reserve goes as well.
    awaitReserve(false);

    assertThat(pids()).isEqualTo(before);
    assertThat(run("%px count[0]")).contains("1");
  }
}
