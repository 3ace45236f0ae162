package argosy;

import argosy.Engine.Inputs;
import argosy.Scaling.Measurement;
import argosy.wire.TaskFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Runs a sample on every backend with every number of workers, in turns.
/*
 * A machine that drifts drifts for all: each round visits every combination once. The first round
 * only warms up. A sample that takes no time is run several times over, so that a clock can see it.
 */
final class ScalingTrial<A extends @Nullable Object> {

  private static final int ROUNDS = 3;
  private static final String THREADS = "threads";
  private static final String PROCESSES = "processes";
  private static final List<String> BACKENDS = List.of(THREADS, PROCESSES);
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int MOST_COPIES = 1_000;

  private final TaskFunction<A, ?> function;
  private final List<A> sample;
  private final int maxWorkers;
  private final List<String> notes = new ArrayList<>();

  ScalingTrial(TaskFunction<A, ?> function, List<A> sample, int maxWorkers) {
    this.function = function;
    this.sample = sample;
    this.maxWorkers = maxWorkers;
  }

  Scaling run() {
    List<Options> combinations = combinations(triedOnAWorker() ? BACKENDS : List.of(THREADS));
    loop(sample);
    int copies = Math.clamp(SHORTEST_NANOS / Math.max(1, loop(sample)) + 1, 1, MOST_COPIES);
    List<A> inputs = new ArrayList<>(copies * sample.size());
    for (int i = 0; i < copies; i++) {
      inputs.addAll(sample);
    }
    Map<Options, long[]> nanos = new LinkedHashMap<>();
    long[] loops = new long[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (Options each : combinations) {
        long taken = run(inputs, each);
        if (round >= 0) {
          nanos.computeIfAbsent(each, _ -> new long[ROUNDS])[round] = taken;
        }
      }
      if (round >= 0) {
        loops[round] = loop(inputs);
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    nanos.forEach((options, taken) -> measurements.add(measurement(options, median(taken))));
    return new Scaling(inputs.size(), median(loops) / 1e9, measurements, notes);
  }

  private static Measurement measurement(Options options, long nanos) {
    String backend = options.backend();
    Integer workers = options.workers();
    if (backend == null || workers == null) {
      throw new IllegalStateException("a combination names both");
    }
    return new Measurement(backend, workers, nanos / 1e9);
  }

  /// Runs the sample on a worker before it runs here: what ends a process ends that one.
  ///
  /// @return whether it can run there
  private boolean triedOnAWorker() {
    try {
      run(sample, Options.NONE.backend(PROCESSES).workers(1));
      return true;
    } catch (NotShippableException e) {
      notes.add("%s: %s".formatted(PROCESSES, e.getMessage()));
      return false;
    }
  }

  private List<Options> combinations(List<String> backends) {
    TreeSet<Integer> counts = new TreeSet<>();
    for (int n = 1; n < maxWorkers; n = n < 4 ? n + 1 : 2 * n) {
      counts.add(n);
    }
    counts.add(maxWorkers);
    List<Options> combinations = new ArrayList<>();
    for (String backend : backends) {
      counts.forEach(n -> combinations.add(Options.NONE.backend(backend).workers(n)));
    }
    return combinations;
  }

  private long run(List<A> inputs, Options options) {
    long start = System.nanoTime();
    try (Results<?> results =
        Engine.current()
            .each(function, new Inputs<>(inputs.iterator(), inputs.size(), false), options)) {
      results.forEachRemaining(_ -> {});
    }
    return System.nanoTime() - start;
  }

  @SuppressWarnings("NullAway") // the function takes an A, which may be null
  private long loop(List<A> inputs) {
    long start = System.nanoTime();
    try {
      for (A input : inputs) {
        Object _ = function.apply(input);
      }
    } catch (Exception e) {
      throw Rethrow.unchecked(e);
    }
    return System.nanoTime() - start;
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
