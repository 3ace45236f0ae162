package argosy.kernel.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputBatchTest {

  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final OutputBatch batch =
      new OutputBatch(timer, (stream, text) -> sent.add(stream.wireName() + ":" + text));

  @AfterEach
  void stopTheTimer() {
    timer.shutdownNow();
  }

  @Test
  void holdsNothingBackAfterTheTimerHasEnded() {
    timer.shutdown();
    batch.append(StreamName.STDOUT, "a");
    assertThat(sent).containsExactly("stdout:a");
  }

  @Test
  void joinsWhatGoesToOneStreamAndKeepsTheOrderOfBoth() throws InterruptedException {
    CountDownLatch busy = holdTheTimer();
    batch.append(StreamName.STDOUT, "a");
    batch.append(StreamName.STDOUT, "b");
    batch.append(StreamName.STDERR, "c");
    batch.append(StreamName.STDOUT, "d");
    batch.flushThen(() -> sent.add("display"));
    assertThat(sent).containsExactly("stdout:ab", "stderr:c", "stdout:d", "display");
    busy.countDown();
  }

  @Test
  void sendsALotWithoutWaiting() throws InterruptedException {
    CountDownLatch busy = holdTheTimer();
    batch.append(StreamName.STDOUT, "x".repeat(100_000));
    assertThat(sent).hasSize(1);
    busy.countDown();
  }

  @Test
  void sendsALittleSoon() throws InterruptedException {
    CountDownLatch arrived = new CountDownLatch(1);
    OutputBatch soon = new OutputBatch(timer, (_, _) -> arrived.countDown());
    soon.append(StreamName.STDOUT, "x");
    assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private CountDownLatch holdTheTimer() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    timer.execute(() -> {
      held.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    held.await();
    return release;
  }
}
