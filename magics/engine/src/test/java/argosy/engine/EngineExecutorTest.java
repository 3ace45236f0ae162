package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Parallel;
import argosy.engine.pool.WorkerSettings;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(60)
class EngineExecutorTest {

  private final RecordingHost host = new RecordingHost();

  @RegisterExtension private final FreshEngine fresh = new FreshEngine(host);

  private static ExecutorService onThreads() {
    return Parallel.with(Parallel.options().backend("threads"), Parallel::executor);
  }

  @Test
  void whatNobodyHoldsTheFutureOfShowsItsException() {
    try (ExecutorService executor = onThreads()) {
      executor.execute(() -> {
        throw new IllegalStateException("unheld");
      });
    }
    assertThat(host.err())
        .startsWith(
            "Exception in a task that execute() was given: java.lang.IllegalStateException: unheld");
  }

  @Test
  void theEndWaitsForStagesWhoseTaskStillRuns() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService executor = onThreads();
    CompletableFuture<Void> stage = CompletableFuture.runAsync(() -> await(go), executor);

    executor.shutdown();
    assertThat(executor.isTerminated()).isFalse();
    go.countDown();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(stage).isDone();
  }

  @Test
  void whatComesWhileItIsShutDownIsRefusedAndNotOpen() {
    ExecutorService executor = onThreads();
    host.whenScopeIsAsked(executor::shutdown);

    assertThatThrownBy(() -> executor.execute(() -> {}))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(executor.isTerminated()).isTrue();
  }

  @Test
  void theEndByForceCancelsStages() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ExecutorService executor = onThreads();
    CompletableFuture<Void> stage = CompletableFuture.runAsync(() -> await(never), executor);

    assertThat(executor.shutdownNow()).isEmpty();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(stage).isCompletedExceptionally();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSuddenEndHandsBackWhatHasNotBegun() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    List<String> ran = new CopyOnWriteArrayList<>();
    fresh.engine().configure(new WorkerSettings(1, "threads", null, List.of()));
    ExecutorService executor = onThreads();
    Future<?> running =
        executor.submit(() -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return 1;
        });
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
    Future<String> waiting = executor.submit(() -> "waiting");
    executor.execute(() -> ran.add("command"));

    List<Runnable> neverBegun = executor.shutdownNow();
    neverBegun.forEach(Runnable::run);

    assertThat(neverBegun).hasSize(2).first().isSameAs(waiting);
    assertThat(ran).containsExactly("command");
    assertThat(waiting.isCancelled()).isTrue();
    assertThat(running.isCancelled()).isTrue();
    assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
  }
}
