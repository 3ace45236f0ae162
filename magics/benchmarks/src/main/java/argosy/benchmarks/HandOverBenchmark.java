package argosy.benchmarks;

import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.util.List;
import java.util.concurrent.ExecutionException;
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

/// One large array as an argument, as a result and as a captured variable, next to the two copies
/// that no hand-over between two heaps can do without.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@State(Scope.Benchmark)
@Fork(1)
public class HandOverBenchmark extends EngineBenchmark {

  /// How large the array is.
  @Param({"1", "100", "1000"})
  public int megabytes = 100;

  @SuppressWarnings("NullAway.Init") // by JMH, in start()
  private LocalEngine engine;

  private double[] array = new double[0];
  private double[] other = new double[0];

  /// Starts two workers.
  @Setup
  public void start() {
    engine = new LocalEngine();
    engine.configure(new WorkerSettings(2, "processes", null, List.of()));
    Engine.install(engine);
    array = new double[megabytes * 125_000];
    other = new double[array.length];
  }

  /// Ends them.
  @TearDown
  public void stop() {
    engine.close();
  }

  /// The floor: there and back in one heap.
  @Benchmark
  public double twoCopies() {
    System.arraycopy(array, 0, other, 0, array.length);
    System.arraycopy(other, 0, array, 0, array.length);
    return array[0];
  }

  /// To a worker, whose answer is a number. The content is new each time.
  @Benchmark
  public double argument() {
    array[0]++;
    return Parallel.map(List.of(array), (double[] x) -> x[0] + x[x.length - 1]).get(0);
  }

  /// Back from a worker.
  @Benchmark
  public double[] result() throws InterruptedException, ExecutionException {
    int length = array.length;
    return Parallel.submit(() -> new double[length]).get();
  }

  /// A function that captures what the worker already has.
  @Benchmark
  public double captured() throws InterruptedException, ExecutionException {
    double[] known = other;
    return Parallel.submit(() -> known[5]).get();
  }
}
