package argosy.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningChunkTest {

  @Test
  void beginsAllAndNoMore() {
    RunningChunk chunk = new RunningChunk(7, 2);
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.begin()).isFalse();
    assertThat(chunk.takeBack()).isZero();
  }

  @Test
  void takesBackWhatHasNotBegunOnce() {
    RunningChunk chunk = new RunningChunk(7, 4);
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.takeBack()).isEqualTo(9);
    assertThat(chunk.takeBack()).isZero();
    assertThat(chunk.begin()).isFalse();
    assertThat(chunk.takeBack()).isZero();
  }

  @Test
  void keepsTheFirst() {
    RunningChunk chunk = new RunningChunk(7, 4);
    assertThat(chunk.takeBack()).isEqualTo(8);
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.begin()).isFalse();
  }

  @Test
  void isNotEmpty() {
    assertThatThrownBy(() -> new RunningChunk(7, 0)).hasMessage("a chunk of 0 calls");
  }

  /// Whatever the order, each call is either begun or taken back.
  @Test
  void bothSidesAgree() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      RunningChunk chunk = new RunningChunk(1, 50);
      CountDownLatch ready = new CountDownLatch(1);
      AtomicLong rest = new AtomicLong();
      Thread other =
          new Thread(() -> {
            ready.countDown();
            rest.set(chunk.takeBack());
          });
      other.start();
      ready.await();
      int begun = 0;
      while (chunk.begin()) {
        begun++;
      }
      other.join();

      assertThat(rest.get()).isEqualTo(begun == 50 ? 0 : 1 + begun);
    }
  }
}
