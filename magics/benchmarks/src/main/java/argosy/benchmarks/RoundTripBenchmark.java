package argosy.benchmarks;

import argosy.Parallel;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One trivial task, submitted and waited for, next to a bare message of the same length there and
/// back between two JVMs.
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(2)
public class RoundTripBenchmark extends EngineBenchmark {

  /// The floor.
  @State(Scope.Benchmark)
  public static class PingPong {

    /// About what a trivial task's message has.
    private static final int BYTES = 64;

    @SuppressWarnings("NullAway.Init") // by JMH, in start()
    private Echo echo;

    /// Starts the other process.
    @Setup
    public void start() throws IOException {
      echo = new Echo(BYTES);
    }

    /// Ends it.
    @TearDown
    public void stop() throws IOException {
      echo.close();
    }
  }

  /// The floor: 64 bytes there and back through a Unix-domain socket.
  @Benchmark
  public void pingPong(PingPong state) throws IOException {
    state.echo.exchange();
  }

  /// A task that captures nothing.
  @Benchmark
  public Integer submit(TwoWorkers workers) throws InterruptedException, ExecutionException {
    return Parallel.submit(() -> 1).get();
  }

  /// A map over one input.
  @Benchmark
  public List<Integer> mapOfOne(TwoWorkers workers) {
    return Parallel.map(List.of(1), x -> x + 1);
  }
}
