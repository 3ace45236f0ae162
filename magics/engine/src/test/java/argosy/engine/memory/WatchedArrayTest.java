package argosy.engine.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.Range;
import argosy.wire.memory.SharedFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The system says what has been written; where it does not, nothing is watched and everything is
/// compared.
class WatchedArrayTest {

  private static final int LENGTH = 2 << 20;

  private final @Nullable WrittenPages system = WrittenPages.ofThisProcess();

  private static double[] numbers() {
    double[] numbers = new double[LENGTH];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  @Test
  void saysWhereAnArrayWasWritten() {
    double[] numbers = numbers();
    WatchedArray watched = WatchedArray.of(numbers, system);
    if (watched == null) {
      assertThat(system).as("what tells").isNull();
      return;
    }
    int ends = count(watched.changed(numbers));

    numbers[LENGTH / 2] = -1;
    List<WatchedArray.Elements> changed = requireNonNull(watched.changed(numbers));

    assertThat(changed).anyMatch(part -> part.from() <= LENGTH / 2 && LENGTH / 2 < part.to());
    assertThat(count(changed)).as("little more").isGreaterThan(ends).isLessThan(LENGTH / 20);
    assertThat(count(watched.changed(numbers))).as("since the last call").isEqualTo(ends);
    watched.forget();
    assertThat(watched.changed(numbers)).as("it is not watched any more").isNull();
  }

  private static int count(@Nullable List<WatchedArray.Elements> changed) {
    return requireNonNull(changed).stream().mapToInt(part -> part.to() - part.from()).sum();
  }

  @Test
  void comparesOnlyWhatMayHaveChanged() throws IOException {
    assertThat(looksAtAll(() -> null, false)).isTrue();
    assertThat(looksAtAll(() -> system, false)).isEqualTo(system == null);
  }

  @Test
  void doesNotWatchWhatChanges() throws IOException {
    assertThat(looksAtAll(() -> system, true)).isTrue();
  }

  /// Whoever compares all of an array sees that what was stored of it is something else now.
  private static boolean looksAtAll(Supplier<@Nullable WrittenPages> system, boolean changesBefore)
      throws IOException {
    try (SharedMemory memory = new SharedMemory(0)) {
      ValueStore store = new ValueStore(memory, system);
      double[] numbers = numbers();
      StoredValue stored = store.store(numbers);
      assertThat(store.store(numbers)).isSameAs(stored);
      if (changesBefore) {
        numbers[LENGTH / 2]++;
        stored = store.store(numbers);
      }
      Range range = requireNonNull(stored.memory());
      try (SharedFile file = SharedFile.open(range.path(), true)) {
        file.write(new double[] {-1}, range.offset() + LENGTH / 3 * 8L);
      }
      assertThat(store.store(numbers.clone())).as("another array").isNotSameAs(stored);
      return store.store(numbers) != stored;
    }
  }

  @Test
  void findsEveryChange() {
    Random random = new Random(5);
    ValueStore store = new ValueStore(new SharedMemory(1 << 28));
    double[] numbers = numbers();
    StoredValue last = store.store(numbers);
    for (int round = 0; round < 60; round++) {
      int again = random.nextInt(3);
      for (int i = 0; i < again; i++) {
        assertThat(store.store(numbers)).isSameAs(last);
      }
      int writes =
          switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> 10;
            case 2 -> 1000;
            default -> LENGTH;
          };
      for (int i = 0; i < writes; i++) {
        numbers[random.nextInt(LENGTH)] += 1;
      }
      if (random.nextInt(5) == 0) {
        System.gc();
      }
      StoredValue changed = store.store(numbers);
      assertThat(changed).as("round %d, %d writes", round, writes).isNotSameAs(last);
      assertThat(changed.isIn(numbers)).as("bit by bit").isTrue();
      last.release();
      last = changed;
    }
  }

  @Test
  void findsAChangeWhoeverAsksFirst() throws Exception {
    ValueStore store = new ValueStore(new SharedMemory(1 << 28));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      double[] numbers = numbers();
      for (int round = 0; round < 20; round++) {
        StoredValue before = store.store(numbers);
        assertThat(store.store(numbers)).isSameAs(before);
        numbers[round * 1000 + 17] = -1;
        Callable<StoredValue> ask = () -> store.store(numbers);

        for (Future<StoredValue> answer : threads.invokeAll(List.of(ask, ask, ask, ask))) {
          assertThat(answer.get()).isNotSameAs(before);
          assertThat(answer.get().isIn(numbers)).isTrue();
        }
      }
    }
  }

  @Test
  void everyKindOfArrayIsWatched() {
    List<Object> arrays =
        List.of(
            new byte[1 << 23],
            new short[1 << 22],
            new char[1 << 22],
            new int[1 << 21],
            new float[1 << 21],
            new long[1 << 20],
            new double[1 << 20]);
    for (Object array : arrays) {
      WatchedArray watched = WatchedArray.of(array, system);
      assertThat(watched == null).as("%s", array.getClass()).isEqualTo(system == null);
      if (watched != null) {
        assertThat(watched.changed(array)).isNotNull();
        watched.forget();
      }
    }
    assertThat(WatchedArray.of(new boolean[1 << 23], system))
        .as("its bytes are no segment")
        .isNull();
    assertThat(WatchedArray.of(new double[1000], system)).as("too small").isNull();
  }
}
