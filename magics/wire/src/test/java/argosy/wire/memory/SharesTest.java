package argosy.wire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class SharesTest {

  private static final long LARGE = (64L << 20) + 5;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 8 << 20, (8 << 20) - 1, LARGE})
  void coversEveryByteOnce(long bytes) throws Throwable {
    for (int processors : new int[] {1, 2, 3, 64}) {
      AtomicLong sum = new AtomicLong();
      Set<Long> ends = ConcurrentHashMap.newKeySet();

      boolean isRight =
          Shares.run(
              bytes,
              (from, to) -> {
                sum.addAndGet(to - from);
                ends.add(from);
                ends.add(to);
                return true;
              },
              processors);

      assertThat(isRight).isTrue();
      assertThat(sum.get()).isEqualTo(bytes);
      assertThat(ends).contains(0L, bytes);
    }
  }

  /// Each share waits for the other one.
  @Test
  void runsSharesAtTheSameTime() throws Throwable {
    CyclicBarrier both = new CyclicBarrier(2);

    assertThat(
            Shares.run(
                LARGE,
                (from, to) -> {
                  both.await();
                  return true;
                },
                2))
        .isTrue();
  }

  @Test
  void oneShareThatIsNotRightMakesAllNotRight() throws Throwable {
    assertThat(Shares.run(LARGE, (from, to) -> from == 0, 2)).isFalse();
    assertThat(Shares.run(LARGE, (from, to) -> from != 0, 2)).isFalse();
  }

  @Test
  void whatAShareThrowsArrivesWhenAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(() ->
            Shares.run(
                LARGE,
                (from, to) -> {
                  ended.incrementAndGet();
                  if (from != 0) {
                    throw new IllegalStateException("no memory");
                  }
                  return true;
                },
                2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no memory");
    assertThat(ended.get()).isEqualTo(2);
  }

  @Test
  void anInterruptIsKeptForLater() throws Throwable {
    Thread.currentThread().interrupt();

    assertThat(Shares.run(LARGE, (from, to) -> true, 2)).isTrue();

    assertThat(Thread.interrupted()).isTrue();
  }
}
