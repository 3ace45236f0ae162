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
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What tasks do with actors wherever both are.
interface CalledActorContract {

  /// Something that calls an actor.
  record Relay(Actor<AtomicInteger> target) {

    int add(int number) throws Exception {
      return target.call(counter -> counter.addAndGet(number)).get();
    }
  }

  @Test
  default void tasksCallAnActor() throws Exception {
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger(100))) {
      List<Integer> seen =
          Parallel.map(IntStream.range(0, 20), _ -> counter.call(c -> c.incrementAndGet()).get());

      assertThat(seen)
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(101, 120).boxed().toList());
      assertThat(counter.call(c -> c.get()).get()).isEqualTo(120);
    }
  }

  @Test
  default void theCallsOfATaskArriveInTheirOrder() throws Exception {
    try (Actor<List<Integer>> log = Parallel.actor(() -> new ArrayList<Integer>())) {
      Task<List<Integer>> task =
          Parallel.submit(() -> {
            for (int i = 0; i < 100; i++) {
              int number = i;
              Task<?> _ = log.run(l -> l.add(number));
            }
            return log.call(l -> List.copyOf(l)).get();
          });

      assertThat(task.get()).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }
  }

  @Test
  default void aCallThatThrowsDoesSoInTheTask() {
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger())) {
      Task<String> task =
          Parallel.submit(() -> {
            Task<Integer> failing =
                counter.call(_ -> {
                  throw new IOException("no");
                });
            try {
              return "got " + failing.get();
            } catch (ExecutionException e) {
              return String.valueOf(e.getCause());
            }
          });

      assertThat(task.join()).isEqualTo("java.io.IOException: no");
    }
  }

  @Test
  default void aTaskWaitsForItsCallsInEveryWay() throws Exception {
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger())) {
      Task<String> task =
          Parallel.submit(() -> {
            List<Task<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
              calls.add(counter.call(c -> c.incrementAndGet()));
            }
            int any = Parallel.waitAny(calls).get();
            Parallel.waitAll(calls);
            int sum = 0;
            for (Task<Integer> each : Parallel.asCompleted(calls)) {
              sum += each.join();
            }
            int then = counter.call(c -> c.get()).then(x -> x * 10).get();
            boolean isInTime = Parallel.waitAll(calls, Duration.ofMinutes(1));
            return (any > 0) + " " + sum + " " + then + " " + isInTime;
          });

      assertThat(task.get()).isEqualTo("true 10 40 true");
    }
  }

  @Test
  default void actorsAreInputsAndResults() throws Exception {
    try (Actor<AtomicInteger> one = Parallel.actor(() -> new AtomicInteger(1));
        Actor<AtomicInteger> two = Parallel.actor(() -> new AtomicInteger(2))) {
      assertThat(Parallel.map(List.of(one, two), actor -> actor.call(c -> c.addAndGet(10)).get()))
          .containsExactly(11, 12);
      Actor<AtomicInteger> back = Parallel.submit(() -> two).get();
      assertThat(back).isSameAs(two);
    }
  }

  @Test
  default void anActorCallsAnother() throws Exception {
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger());
        Actor<Relay> relay = Parallel.actor(() -> new Relay(counter))) {
      assertThat(relay.call(r -> r.add(3)).get()).isEqualTo(3);
      assertThat(Parallel.map(List.of(1, 1), x -> relay.call(r -> r.add(x)).get()))
          .containsExactlyInAnyOrder(4, 5);
    }
  }

  @Test
  default void anActorGetsAnotherInACall() throws Exception {
    try (Actor<AtomicInteger> counter = Parallel.actor(() -> new AtomicInteger());
        Actor<List<Actor<AtomicInteger>>> others =
            Parallel.actor(() -> new ArrayList<Actor<AtomicInteger>>())) {
      Task<?> _ = others.run(list -> list.add(counter));

      assertThat(others.call(list -> list.getFirst().call(c -> c.addAndGet(5)).get()).get())
          .isEqualTo(5);
    }
  }

  @Test
  default void aCallInATaskTakesNoLongerThanWasSaidWhenTheActorWasMade() {
    Options briefly = Parallel.options().timeout(Duration.ofMillis(150));
    try (Actor<AtomicInteger> slow =
        Parallel.with(briefly, () -> Parallel.actor(() -> new AtomicInteger()))) {
      Task<Integer> task =
          Parallel.submit(() ->
              slow.call(
                      c -> {
                        Thread.sleep(60_000);
                        return c.get();
                      })
                  .get());

      assertThatThrownBy(task::get).rootCause().isInstanceOf(DeadlineExceededException.class);
    }
  }

  @Test
  default void anActorThatWouldWaitForItselfSaysSo() {
    try (Actor<AtomicInteger> self = Parallel.actor(() -> new AtomicInteger())) {
      assertThatThrownBy(() -> self.call(_ -> self.call(c -> c.incrementAndGet()).get()).get())
          .rootCause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot call itself");
      assertThat(self.call(c -> c.get()).join()).isZero();
    }
  }

  @Test
  default void actorsThatWouldWaitForEachOtherSaySo() {
    try (Actor<AtomicInteger> one = Parallel.actor(() -> new AtomicInteger());
        Actor<AtomicInteger> two = Parallel.actor(() -> new AtomicInteger())) {
      assertThatThrownBy(() ->
              one.call(_ -> two.call(_ -> one.call(c -> c.incrementAndGet()).get()).get()).get())
          .rootCause()
          .isInstanceOf(IllegalStateException.class);
      assertThat(one.call(c -> c.get()).join() + two.call(c -> c.get()).join()).isZero();
    }
  }
}
