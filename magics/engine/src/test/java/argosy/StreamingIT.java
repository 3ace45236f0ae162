package argosy;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Ten million inputs that nobody has all at once.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class StreamingIT {

  private static final int INPUTS = 10_000_000;

  /// Two workers' look-ahead of 4 full batches each, and as many results on their way.
  private static final long MOST_AHEAD = 100_000;

  private static final long MOST_GROWTH_BYTES = 48 << 20;

  private final AtomicLong produced = new AtomicLong();
  private long mostAhead;
  private long consumed;
  private long early;
  private long late;

  @BeforeEach
  void start() {
    LocalEngine engine = new LocalEngine();
    engine.configure(new WorkerSettings(2, "processes", null, List.of()));
    Engine.install(engine);
  }

  @AfterEach
  void stop() {
    Engine.current().close();
  }

  /// Counts what is taken from it.
  private Iterator<Integer> inputs() {
    return Stream.iterate(0, i -> i + 1)
        .limit(INPUTS)
        .peek(_ -> produced.incrementAndGet())
        .iterator();
  }

  private void consumed() {
    mostAhead = Math.max(mostAhead, produced.get() - consumed);
    consumed++;
    if (consumed == INPUTS / 10) {
      early = usedAfterCollection();
    } else if (consumed == INPUTS / 10 * 9) {
      late = usedAfterCollection();
    }
  }

  private static long usedAfterCollection() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  private void assertThatMemoryStayedFlat() {
    assertThat(produced.get()).isEqualTo(INPUTS);
    assertThat(consumed).isEqualTo(INPUTS);
    assertThat(mostAhead).isBetween(1L, MOST_AHEAD);
    assertThat(late - early).isLessThan(MOST_GROWTH_BYTES);
  }

  @Test
  void aStreamOfResultsNeedsConstantMemory() {
    long sum = 0;
    try (Stream<Integer> results = Parallel.over(inputs()).stream(i -> i % 1_000)) {
      for (Iterator<Integer> each = results.iterator(); each.hasNext(); ) {
        sum += each.next();
        consumed();
      }
    }

    assertThat(sum).isEqualTo(INPUTS / 1_000 * (999L * 1_000 / 2));
    assertThatMemoryStayedFlat();
  }

  @Test
  void soDoesAnUnorderedOne() {
    AtomicLong sum = new AtomicLong();
    try (Stream<Integer> results = Parallel.over(inputs()).unordered().stream(i -> i % 1_000)) {
      results.forEach(result -> {
        sum.addAndGet(result);
        consumed();
      });
    }

    assertThat(sum.get()).isEqualTo(INPUTS / 1_000 * (999L * 1_000 / 2));
    assertThatMemoryStayedFlat();
  }
}
