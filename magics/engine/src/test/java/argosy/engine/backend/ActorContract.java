package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Actor;
import argosy.DeadlineExceededException;
import argosy.Options;
import argosy.Parallel;
import argosy.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What actors do wherever they live.
interface ActorContract {

  @Test
  default void anActorsCallsRunInTheirOrder() throws Exception {
    try (Actor<List<Integer>> actor = Parallel.actor(() -> new ArrayList<Integer>())) {
      for (int i = 0; i < 200; i++) {
        int number = i;
        Task<?> _ = actor.call(list -> list.add(number));
      }

      assertThat(actor.call(list -> new ArrayList<>(list)).get())
          .isEqualTo(IntStream.range(0, 200).boxed().toList());
    }
  }

  @Test
  default void anActorDoesWhatHasNoResult() throws Exception {
    Consumer<List<Integer>> consumer = list -> list.add(3);
    try (Actor<List<Integer>> actor =
        Parallel.actor(() -> new ArrayList<Integer>(List.of(2, 1, 0)))) {
      assertThat(actor.run(Collections::sort).get()).isNull();
      assertThat(actor.run(list -> list.removeFirst()).get()).isNull();
      assertThat(actor.run(consumer).get()).isNull();
      assertThat(actor.call(list -> list.toString()).get()).isEqualTo("[1, 2, 3]");
      Task<?> failed =
          actor.run(_ -> {
            throw new IOException("no");
          });
      assertThatThrownBy(failed::get).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  default void theCallsOfAnActorThatCouldNotBeMadeSaySo() {
    Actor<Integer> actor =
        Parallel.actor(() -> {
          throw new IOException("no maker");
        });

    assertThatThrownBy(() -> actor.call(x -> x + 1).get())
        .cause()
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("the object could not be made", "no maker");
    assertThatThrownBy(() -> actor.call(x -> x + 1).get())
        .cause()
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  default void aCallOfAnActorTakesNoLongerThanIsSaidWhereItIsMade() {
    Actor<Integer> actor = Parallel.actor(() -> 1);
    Options briefly = Parallel.options().timeout(Duration.ofMillis(150));

    Task<Integer> task = Parallel.with(briefly, () -> actor.call(x -> sleep(x)));

    assertThatThrownBy(task::get).hasCauseInstanceOf(DeadlineExceededException.class);
  }

  @Test
  default void aCallOfAnActorTakesNoLongerThanWasSaidWhenThatWasMade() {
    Options briefly = Parallel.options().timeout(Duration.ofMillis(150));
    Actor<Integer> actor = Parallel.with(briefly, () -> Parallel.actor(() -> 1));

    assertThatThrownBy(() -> actor.call(x -> sleep(x)).get())
        .hasCauseInstanceOf(DeadlineExceededException.class);
  }

  private static int sleep(int x) throws InterruptedException {
    Thread.sleep(60_000);
    return x;
  }

  @Test
  default void anActorsMissingFunctionIsNamed() {
    assertThatThrownBy(() -> Parallel.actor(missingMaker())).hasMessage("the function is null");
    Actor<Integer> actor = Parallel.actor(() -> 1);
    assertThatThrownBy(() -> actor.call(missing())).hasMessage("the function is null");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static Callable<Integer> missingMaker() {
    return null;
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static Function<Integer, Integer> missing() {
    return null;
  }
}
