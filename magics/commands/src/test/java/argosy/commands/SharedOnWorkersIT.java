package argosy.commands;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Shared memory in a notebook's variables.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SharedOnWorkersIT {

  @TempDir static Path folder;
  private static Notebook notebook;

  @BeforeAll
  static void open() {
    notebook = Notebook.open(folder);
    notebook.run("%workers 2").shown();
  }

  @AfterAll
  static void close() {
    notebook.close();
  }

  @Test
  void whatIsClosedIsNamed() {
    notebook.run("var prices = Shared.of(new double[] {1, 2}); prices.close();").showsNothing();

    notebook
        .run("Parallel.map(List.of(0, 1), i -> prices.get(i))")
        .says("task -> variable prices -> Shared.Doubles: it was closed");
    notebook.run("prices.publish(null)").says("this shared memory was closed");
  }

  @Test
  void aListIsWalkedOverHereAndSearchedThere() {
    notebook.run("var words = Shared.list(\"a\", 1, null);").showsNothing();

    notebook.run("Parallel.map(words, x -> words.indexOf(x) + words.count(x))").shows("[1, 2, 3]");
    notebook
        .run("Parallel.map(List.of(1), i -> { words.asList().set(i, 7); return words.count(1); })")
        .shows("[0]");
    notebook.run("words.asList()").shows("[a, 7, null]");
    notebook.run("var copy = words.toList(); copy").shows("[a, 7, null]");
    notebook.run("words.publish(null)").says("the name of shared memory is null");
  }
}
