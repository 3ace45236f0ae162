package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LeftoverThreadsTest {

  @Test
  void oneThatIsAboutToEndIsNotLeft() {
    LeftoverThreads threads = new LeftoverThreads(Duration.ofMinutes(1));
    Thread task = Thread.currentThread();
    Thread ending =
        new Thread(() -> {
          // Ends while it is waited for.
          while (task.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
        });
    ending.start();

    assertThat(threads.found()).isEmpty();
  }

  @Test
  void oneThatStaysIsNamedOnce() throws InterruptedException {
    LeftoverThreads threads = new LeftoverThreads(Duration.ofMillis(1));
    CountDownLatch end = new CountDownLatch(1);
    Thread staying =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "staying");
    staying.start();

    assertThat(threads.found()).containsExactly("staying");
    assertThat(threads.found()).isEmpty();
    end.countDown();
    staying.join();
  }
}
