package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.CurrentTask;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalCallTest {

  @AfterEach
  void leaveTheTask() {
    CurrentTask.enter(null);
  }

  private static LocalCall drawing(long sliceNanos) {
    return new LocalCall(
        1,
        42,
        _ -> Objects.requireNonNull(CurrentTask.get()).random().nextLong(),
        List.<@Nullable Object>of("a", "b", "c"),
        sliceNanos,
        _ -> {});
  }

  @Test
  void givesBackWhatItHasNotBegunWhenItsTimeIsUp() {
    LocalCall slow =
        new LocalCall(
            1,
            2,
            input -> {
              long start = System.nanoTime();
              while (System.nanoTime() - start < 1_000) {
                Thread.onSpinWait();
              }
              return input;
            },
            List.<@Nullable Object>of("a", "b", "c"),
            1,
            _ -> {});

    assertThat(slow.ends(slow.run(() -> false))).containsExactly(new CallEnd.Value("a"));
  }

  @Test
  void stopsBetweenTwoInputs() {
    assertThat(drawing(0).ends(drawing(0).run(() -> true))).hasSize(1);
  }

  @Test
  void drawsTheSameNumbersWhereverItIsCutInTwo() {
    LocalCall whole = drawing(0);
    List<CallEnd> expected = whole.ends(whole.run(() -> false));

    LocalCall rest = whole.again(1, 3, _ -> {});
    LocalCall last = rest.again(1, 2, _ -> {});

    assertThat(rest.ends(rest.run(() -> false))).isEqualTo(expected.subList(1, 3));
    assertThat(last.ends(last.run(() -> false))).isEqualTo(expected.subList(2, 3));
    assertThat(expected).doesNotHaveDuplicates().hasSize(3);
  }
}
