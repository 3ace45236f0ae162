package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Actor;
import argosy.DeadlineExceededException;
import argosy.Engine;
import argosy.Parallel;
import argosy.Task;
import argosy.WorkerLostException;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import argosy.engine.pool.TaskStatus;
import argosy.engine.pool.WorkerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ThreadBackendTest implements BackendContract, TailContract {

  private final LocalEngine engine = new LocalEngine(new RecordingHost());

  @BeforeAll
  void start() {
    Engine.install(engine);
    use(2);
  }

  private void use(int count) {
    engine.configure(new WorkerSettings(count, "threads", null, List.of()));
  }

  @Test
  void thoseThatAreTooManyAreNotListed() {
    use(40);
    assertThat(engine.status()).hasSize(40);

    use(2);

    assertThat(engine.status()).hasSize(2);
  }

  @Test
  void anObjectThatIsThrownAgainSaysForWhichInputItWasThrownLast() {
    IllegalStateException shared = new IllegalStateException("shared");
    for (int failing = 0; failing < 3; failing++) {
      int index = failing;

      assertThatThrownBy(() ->
              Parallel.map(
                  List.of(0, 1, 2),
                  i -> {
                    if (i == index) {
                      throw shared;
                    }
                    return i;
                  }))
          .isSameAs(shared);

      assertThat(shared.getSuppressed())
          .extracting(Throwable::getMessage)
          .containsExactly("in the task for input %d (the first is input 0)".formatted(index));
    }
  }

  @Test
  void whatSaysThatAWorkerWasLostIsNoLossIfATaskThrowsIt() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(() ->
            Parallel.over(List.of(1))
                .retries(2)
                .map(x -> {
                  tries.incrementAndGet();
                  throw new WorkerLostException("some other worker");
                }))
        .isInstanceOf(WorkerLostException.class);

    assertThat(tries).hasValue(1);
  }

  @Test
  void aCallOfAnActorGoesOnWithoutItsCaller() throws Exception {
    CountDownLatch isCalled = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Actor<Integer> actor = Parallel.actor(() -> 1)) {
      Task<Integer> first =
          actor.call(x -> {
            isCalled.countDown();
            mayEnd.await();
            return x;
          });
      Task<Integer> second = actor.call(x -> x + 1);
      isCalled.await();
      assertThat(engine.tasks())
          .extracting(TaskStatus::name)
          .containsExactlyInAnyOrder("actor call", "actor call");

      mayEnd.countDown();

      assertThat(second.get()).isEqualTo(2);
      assertThat(first.isDone()).isTrue();
    }
  }

  @Test
  void whoWaitsForALimitedTimeLeavesTheTasksThatNeedLonger() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    Task<Integer> done = Parallel.submit(() -> 1);
    done.get();
    Task<Integer> running =
        Parallel.submit(() -> {
          mayEnd.await();
          return 2;
        });
    List<Task<Integer>> tasks = List.of(running, done);
    Duration moment = Duration.ofMillis(1);

    assertThat(Parallel.waitAll(tasks, moment)).isFalse();
    assertThat(Parallel.waitAny(List.of(running), moment)).isEmpty();
    assertThat(Parallel.waitAny(tasks, Duration.ZERO)).containsSame(done);
    assertThat(Parallel.waitAnyFailure(tasks, moment)).isEmpty();
    assertThat(running.toCompletableFuture().getNumberOfDependents()).isZero();
    List<Task<Integer>> seen = new ArrayList<>();
    assertThatThrownBy(() -> Parallel.asCompleted(tasks, moment).forEach(seen::add))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageContaining("1 of 2 tasks has not ended within 1 ms");
    assertThat(seen).containsExactly(done);
    assertThat(running.isDone()).isFalse();

    mayEnd.countDown();

    Duration ample = Duration.ofSeconds(Long.MAX_VALUE);
    assertThat(Parallel.waitAll(tasks, ample)).isTrue();
    assertThat(Parallel.asCompleted(tasks, ample)).hasSize(2);
    assertThat(Parallel.waitAny(List.of(running), Duration.ofSeconds(-1))).containsSame(running);
  }

  @Test
  void aCancelledCallOfAnActorLeavesItToTheNext() throws Exception {
    CountDownLatch isCalled = new CountDownLatch(1);
    try (Actor<AtomicInteger> actor = Parallel.actor(() -> new AtomicInteger())) {
      Task<Integer> first =
          actor.call(x -> {
            isCalled.countDown();
            Thread.sleep(60_000);
            return x.incrementAndGet();
          });
      Task<Integer> second = actor.call(AtomicInteger::incrementAndGet);
      Task<Integer> third = actor.call(AtomicInteger::incrementAndGet);
      isCalled.await();

      second.cancel(true);
      first.cancel(true);

      assertThat(third.get()).isEqualTo(1);
    }
  }

  @Test
  void anActorThatATaskHasMadeKeepsTheOrderOfItsCalls() throws Exception {
    Actor<ArrayList<Integer>> actor =
        Parallel.submit(() -> Parallel.actor(() -> new ArrayList<Integer>())).get();
    for (int i = 0; i < 200; i++) {
      int number = i;
      Task<?> _ = actor.run(list -> list.add(number));
    }

    assertThat(actor.call(list -> list).get()).isEqualTo(IntStream.range(0, 200).boxed().toList());
  }

  @Test
  void tasksOnAllThreadsCanCallAnActor() throws Exception {
    try (Actor<AtomicInteger> actor = Parallel.actor(() -> new AtomicInteger())) {
      assertThat(
              Parallel.map(
                  IntStream.range(0, 20), _ -> actor.call(AtomicInteger::incrementAndGet).get()))
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
    }
  }

  @AfterAll
  void stop() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}
