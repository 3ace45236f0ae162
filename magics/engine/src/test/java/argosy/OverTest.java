package argosy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.engine.FreshEngine;
import argosy.engine.RecordingHost;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What [Over] and [Task] promise, wherever the tasks run.
@Timeout(60)
class OverTest {

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(new RecordingHost());

  private static <A> Over<A> here(Over<A> inputs) {
    return inputs.backend("threads");
  }

  @Test
  void aStreamIsForOneJob() {
    Over<Integer> inputs = here(Parallel.over(Stream.of(1, 2, 3)));
    assertThat(inputs.map(x -> x)).containsExactly(1, 2, 3);

    assertThatThrownBy(() -> inputs.map(x -> x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("a stream", "another job has read", "make a list");
    assertThatThrownBy(() -> inputs.batch(2).reduce(0, Integer::sum))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  @SuppressWarnings("NullAway") // what somebody writes by mistake
  void nullsAreNamedAtOnce() {
    Task<Integer> task =
        Parallel.with(Parallel.options().backend("threads"), () -> Parallel.submit(() -> 1));
    assertThatThrownBy(() -> Parallel.combine(task, null, (a, b) -> a))
        .hasMessage("the second task is null");
    assertThatThrownBy(() -> Parallel.asCompleted((List<Task<Integer>>) null))
        .hasMessage("the tasks are null");
    assertThatThrownBy(() -> Parallel.waitAll(task, null)).hasMessage("task 2 of 2 is null");
    assertThatThrownBy(() -> Parallel.explain((Object) null)).hasMessage("the function is null");
  }

  @Test
  void saysHowManyInputsItHas() {
    assertThat(Parallel.over(List.of(1, 2, 3)).toString()).startsWith("Over[3 inputs, ");
    assertThat(Parallel.over(new int[1]).workers(2).toString()).startsWith("Over[1 input, ");
    assertThat(Parallel.over(Stream.iterate(1, x -> 2 * x)).toString()).startsWith("Over[inputs, ");
  }

  @Test
  void anIteratorIsForOneJob() {
    Over<Integer> inputs = here(Parallel.over(List.of(1, 2, 3).iterator()));
    assertThat(inputs.reduce(0, Integer::sum)).isEqualTo(6);

    assertThatThrownBy(() -> inputs.forEach(x -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("an iterator");
  }

  @Test
  void aCollectionIsForMany() {
    Over<Integer> inputs = here(Parallel.over(List.of(1, 2, 3)));

    assertThat(inputs.map(x -> x)).isEqualTo(inputs.map(x -> x));
  }

  @Test
  void whatAReductionStartsWithCountsOnce() {
    assertThat(here(Parallel.over(IntStream.rangeClosed(1, 1_000))).reduce(10, Integer::sum))
        .isEqualTo(500_510);
    assertThat(here(Parallel.over(Stream.of("b", "c"))).batch(1).reduce("a", String::concat))
        .isEqualTo("abc");
    assertThat(here(Parallel.over(List.<Integer>of())).reduce(10, Integer::sum)).isEqualTo(10);
  }

  @Test
  void stagesOfATaskCanBeWaitedFor() throws Exception {
    Task<Integer> one =
        Parallel.with(Parallel.options().backend("threads"), () -> Parallel.submit(() -> 1));

    assertThat(one.thenApply(x -> x + 1).get()).isEqualTo(2);
    assertThat(one.thenCombine(one, Integer::sum).join()).isEqualTo(2);
    assertThat(one.thenCompose(x -> one.then(y -> x + y)).get()).isEqualTo(2);
    assertThat(one.handle((x, failure) -> x + "," + failure).get()).isEqualTo("1,null");
    assertThat(one.whenComplete((_, _) -> {}).get(20, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(one.exceptionally(_ -> 0).join()).isEqualTo(1);
    assertThat(one.thenAccept(_ -> {}).thenCombine(one.thenRun(() -> {}), (_, _) -> "both").get())
        .isEqualTo("both");
  }
}
