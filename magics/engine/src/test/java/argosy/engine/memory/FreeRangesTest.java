package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeRangesTest {

  @Test
  void takesTheFirstThatIsLargeEnough() {
    FreeRanges ranges = new FreeRanges(100);
    assertThat(ranges.take(40)).isZero();
    assertThat(ranges.take(30)).isEqualTo(40);
    ranges.give(0, 40);
    assertThat(ranges.take(35)).isZero();
    assertThat(ranges.take(20)).isEqualTo(70);
    assertThat(ranges.take(20)).isEqualTo(-1);
    assertThat(ranges.bytes()).isEqualTo(15);
  }

  @Test
  void joinsWhatIsSideBySide() {
    FreeRanges ranges = new FreeRanges(90);
    long first = ranges.take(30);
    long second = ranges.take(30);
    long third = ranges.take(30);
    ranges.give(first, 30);
    ranges.give(third, 30);
    assertThat(ranges.has(31)).isFalse();
    ranges.give(second, 30);
    assertThat(ranges.take(90)).isZero();
  }

  @Test
  void givesUpItsEndOnly() {
    FreeRanges ranges = new FreeRanges(100);
    long first = ranges.take(30);
    ranges.take(30);
    ranges.give(first, 30);
    assertThat(ranges.reaches(100)).isTrue();
    assertThat(ranges.trim(100)).isEqualTo(60);
    assertThat(ranges.reaches(60)).isFalse();
    assertThat(ranges.trim(60)).isEqualTo(60);
    assertThat(ranges.bytes()).isEqualTo(30);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void givesNothingTwiceAndLosesNothing(long seed) {
    record Part(int start, int length) {}
    Random random = new Random(seed);
    FreeRanges ranges = new FreeRanges(1_000);
    BitSet used = new BitSet();
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      if (random.nextBoolean()) {
        int length = 1 + random.nextInt(120);
        int start = (int) ranges.take(length);
        if (start < 0) {
          assertThat(ranges.has(length)).isFalse();
          continue;
        }
        assertThat(used.get(start, start + length).isEmpty()).isTrue();
        used.set(start, start + length);
        parts.add(new Part(start, length));
      } else if (!parts.isEmpty()) {
        Part part = parts.remove(random.nextInt(parts.size()));
        ranges.give(part.start, part.length);
        used.clear(part.start, part.start + part.length);
      }
      assertThat(ranges.bytes()).isEqualTo(1_000 - used.cardinality());
    }
    parts.forEach(part -> ranges.give(part.start, part.length));
    assertThat(ranges.take(1_000)).isZero();
  }
}
