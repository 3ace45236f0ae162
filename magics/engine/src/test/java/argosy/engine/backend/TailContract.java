package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Actor;
import argosy.Fn;
import argosy.Parallel;
import argosy.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What backends with two workers do when one task takes long and nobody could know: the others do
/// not wait for it. Each test waits for ever if they do.
interface TailContract {

  /// Does nothing for some inputs, waits for a file for one, and makes that for another.
  static int work(int x, int last, String file) throws Exception {
    if (x == 0) {
      while (!Files.exists(Path.of(file))) {
        Thread.sleep(1);
      }
    } else if (x == last - 1) {
      Thread.sleep(30); // more than a batch of short ones may take
    } else if (x == last) {
      Files.createFile(Path.of(file));
    }
    return x;
  }

  static Fn<Integer, Integer> work(Path folder, int last) {
    String file = folder.resolve("go").toString();
    return x -> work(x, last, file);
  }

  static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(0, last).boxed().toList();
  }

  @Test
  default void tasksSentAheadDoNotWaitForALongOne(@TempDir Path folder) throws Exception {
    Fn<Integer, Integer> work = work(folder, 60);
    for (int i = 1; i < 40; i++) {
      int input = i;
      assertThat(Parallel.submit(() -> work.call(input)).get()).isEqualTo(i);
    }

    List<Task<Integer>> tasks = new ArrayList<>();
    for (int input : upTo(60)) {
      tasks.add(Parallel.submit(() -> work.call(input)));
    }

    List<Integer> results = new ArrayList<>();
    for (Task<Integer> task : tasks) {
      results.add(task.get());
    }
    assertThat(results).isEqualTo(upTo(60));
  }

  @Test
  default void inputsSentAheadDoNotWaitForALongOne(@TempDir Path folder) {
    assertThat(oneByOne(folder)).isEqualTo(upTo(60));
  }

  private static List<Integer> oneByOne(Path folder) {
    Fn<Integer, Integer> work = work(folder, 60);
    assertThat(Parallel.over(IntStream.range(1, 40)).batch(1).map(work)).hasSize(39);
    return Parallel.over(upTo(60)).batch(1).map(work);
  }

  @Test
  default void inputsSentAheadDoNotWaitWhereSomethingLivesEither(@TempDir Path folder)
      throws Exception {
    try (Actor<Integer> one = Parallel.actor(() -> 1);
        Actor<Integer> two = Parallel.actor(() -> 2)) {
      assertThat(one.call(x -> x).get()).isEqualTo(1);
      assertThat(two.call(x -> x).get()).isEqualTo(2);

      assertThat(oneByOne(folder)).isEqualTo(upTo(60));
    }
  }

  @Test
  default void whatIsInOneBatchWithALongOneDoesNotWaitForIt(@TempDir Path folder) {
    String file = folder.resolve("go").toString();
    Fn<Integer, Integer> work = x -> work(x, 1_000, file);
    assertThat(Parallel.map(IntStream.range(1, 999), work)).hasSize(998);
    List<Integer> inputs = new ArrayList<>(upTo(998));
    Collections.swap(inputs, 0, 20);
    inputs.add(21, 1_000);

    assertThat(Parallel.map(inputs, work)).isEqualTo(inputs);
  }

  @Test
  default void whatABatchGivesBackDoesNotWaitForALongOne(@TempDir Path folder) {
    Fn<Integer, Integer> work = work(folder, 2_000);
    assertThat(Parallel.map(IntStream.range(1, 1_000), work)).hasSize(999);

    assertThat(Parallel.map(upTo(2_000), work)).isEqualTo(upTo(2_000));
  }
}
