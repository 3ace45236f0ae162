package argosy.benchmarks;

import argosy.Engine;
import argosy.Parallel;
import argosy.Shared;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How an array reaches a worker, next to a copy in memory and to memory that nobody has touched.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class MemoryBenchmark extends EngineBenchmark {

  /// An array, the same as a `Shared`, and a copy of it.
  @State(Scope.Benchmark)
  public static class Arrays {

    /// How large.
    @Param({"1", "32"})
    public int megabytes = 1;

    private double[] source = {};
    private double[] target = {};

    /// Writes to all of it.
    @Setup
    public void fill() {
      source = new double[megabytes * 125_000];
      target = new double[source.length];
      java.util.Arrays.fill(source, 1);
      java.util.Arrays.fill(target, 1);
    }
  }

  /// A worker process, and the array in shared memory.
  @State(Scope.Benchmark)
  public static class Worker {

    @SuppressWarnings("NullAway.Init") // by JMH, in start()
    private LocalEngine engine;

    @SuppressWarnings("NullAway.Init") // by JMH, in start()
    private Shared.Doubles shared;

    /// Starts it.
    @Setup
    public void start(Arrays arrays) {
      engine = new LocalEngine();
      engine.configure(new WorkerSettings(1, "processes", null, List.of()));
      Engine.install(engine);
      shared = Shared.of(arrays.source);
    }

    /// Ends it.
    @TearDown
    public void stop() {
      shared.close();
      engine.close();
    }
  }

  /// The floor: a copy between two arrays that both have been written.
  @Benchmark
  public double[] copy(Arrays arrays) {
    System.arraycopy(arrays.source, 0, arrays.target, 0, arrays.source.length);
    return arrays.target;
  }

  /// What fresh memory costs: the same copy to pages that nobody has touched.
  @Benchmark
  public long copyToFreshPages(Arrays arrays) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fresh = arena.allocate(8L * arrays.source.length, 8);
      MemorySegment.copy(MemorySegment.ofArray(arrays.source), 0, fresh, 0, fresh.byteSize());
      return fresh.byteSize();
    }
  }

  /// An array as an argument, there and a number back.
  @Benchmark
  public List<Double> argument(Arrays arrays, Worker worker) {
    return Parallel.map(List.of(arrays.source), array -> array[0]);
  }

  /// A shared array handed over, and a number back.
  @Benchmark
  public List<Double> handOver(Worker worker) {
    return Parallel.map(List.of(worker.shared), array -> array.get(0));
  }
}
