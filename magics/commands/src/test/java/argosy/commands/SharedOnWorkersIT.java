package argosy.commands;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Shared memory in a notebook's variables.
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class SharedOnWorkersIT extends OnTwoWorkers {

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
