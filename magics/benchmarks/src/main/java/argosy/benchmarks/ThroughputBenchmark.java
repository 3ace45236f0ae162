package argosy.benchmarks;

import argosy.Parallel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// What one of many trivial tasks costs, on processes and on threads, next to a plain loop.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ThroughputBenchmark.TASKS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class ThroughputBenchmark extends EngineBenchmark {

  static final int TASKS = 10_000;

  /// The floor: the same values without any worker.
  @Benchmark
  public List<Integer> loop() {
    return IntStream.range(0, TASKS).mapToObj(x -> x + 1).toList();
  }

  /// As many tasks to a message as Argosy thinks right.
  @Benchmark
  public List<Integer> map(TwoWorkers workers) {
    return Parallel.map(IntStream.range(0, TASKS), x -> x + 1);
  }

  /// Every task by itself.
  @Benchmark
  public List<Integer> mapOneByOne(TwoWorkers workers) {
    return Parallel.over(IntStream.range(0, TASKS)).batch(1).map(x -> x + 1);
  }
}
