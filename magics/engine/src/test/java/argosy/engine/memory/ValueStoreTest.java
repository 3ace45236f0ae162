package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.pool.Footprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A content is stored once, wherever it goes.
class ValueStoreTest {

  static Stream<ValueStore> stores() {
    return Stream.of(new ValueStore(null), new ValueStore(new SharedMemory(0)));
  }

  private static double[] numbers() {
    double[] numbers = new double[100_000];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("stores")
  void findsAContentAgain(ValueStore store) {
    StoredValue stored = store.store(numbers());

    assertThat(store.store(numbers())).isSameAs(stored);
    assertThat(store.store("é".repeat(70_000))).isSameAs(store.store("é".repeat(70_000)));
    assertThat(store.store("中".repeat(70_000))).isSameAs(store.store("中".repeat(70_000)));
  }

  @ParameterizedTest
  @MethodSource("stores")
  void tellsContentsApartThatDifferInOneBit(ValueStore store) {
    StoredValue stored = store.store(numbers());
    double[] other = numbers();
    other[0] = -0.0;
    long[] bits = new long[100_000];
    Arrays.setAll(bits, i -> Double.doubleToRawLongBits(i));

    assertThat(store.store(other)).isNotSameAs(stored);
    assertThat(store.store(bits)).isNotSameAs(stored);
    for (int i = 0; i < 100; i++) {
      double[] changed = numbers();
      changed[i * 997] += 1;
      assertThat(store.store(changed)).isNotSameAs(stored);
    }
  }

  @ParameterizedTest
  @MethodSource("stores")
  void keepsWhatItWasWhenItWasStored(ValueStore store) {
    double[] numbers = numbers();
    StoredValue stored = store.store(numbers);
    numbers[5] = 1e9;

    assertThat(stored.isIn(numbers())).isTrue();
    assertThat(store.store(numbers)).isNotSameAs(stored);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void isFreeAfterTheLastRelease(ValueStore store) {
    StoredValue stored = store.store(numbers());
    assertThat(stored.retain()).isTrue();
    stored.release();
    stored.release();

    assertThat(stored.retain()).isFalse();
    assertThat(store.store(numbers())).isNotSameAs(stored);
  }

  @ParameterizedTest
  @MethodSource("stores")
  void isAnOrphanWhenNobodyHasWhatItCameFrom(ValueStore store) {
    List<Object> had = new ArrayList<>(List.of(numbers(), numbers()));
    StoredValue stored = store.store(had.get(0));
    assertThat(store.store(had.get(1))).isSameAs(stored);

    had.removeFirst();
    System.gc();
    assertThat(stored.isOrphan()).as("it may come from the other one again").isFalse();
    had.removeFirst();

    assertThat(
            Footprint.await(() -> {
              System.gc();
              return stored.isOrphan();
            }))
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("stores")
  void isAnOrphanWhenWhatItCameFromHasChanged(ValueStore store) {
    double[] one = new double[1_000_000];
    double[] other = one.clone();
    StoredValue zeros = store.store(one);
    assertThat(store.store(other)).isSameAs(zeros);

    one[5] = 5;
    StoredValue changed = store.store(one);
    assertThat(zeros.isOrphan()).as("the other one is as it was").isFalse();
    other[7] = 7;
    StoredValue _ = store.store(other);

    assertThat(zeros.isOrphan()).isTrue();
    assertThat(changed.isOrphan()).isFalse();
    one[5] = 0;
    assertThat(store.store(one)).as("until it comes again").isSameAs(zeros);
    assertThat(zeros.isOrphan()).isFalse();
  }
}
