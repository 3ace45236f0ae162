package argosy.benchmarks;

import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
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
import org.openjdk.jmh.annotations.Param;
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
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED"
    })
public class RoundTripBenchmark {

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

  /// Two workers of a backend.
  @State(Scope.Benchmark)
  public static class Workers {

    /// Where tasks run.
    @Param({"processes", "threads"})
    public String backend = "processes";

    @SuppressWarnings("NullAway.Init") // by JMH, in start()
    private LocalEngine engine;

    /// Starts them.
    @Setup
    public void start() {
      engine = new LocalEngine();
      engine.configure(new WorkerSettings(2, backend, null, List.of()));
      Engine.install(engine);
    }

    /// Ends them.
    @TearDown
    public void stop() {
      engine.close();
    }
  }

  /// The floor: 64 bytes there and back through a Unix-domain socket.
  @Benchmark
  public void pingPong(PingPong state) throws IOException {
    state.echo.exchange();
  }

  /// A task that captures nothing.
  @Benchmark
  public Integer submit(Workers workers) throws InterruptedException, ExecutionException {
    return Parallel.submit(() -> 1).get();
  }

  /// A map over one input.
  @Benchmark
  public List<Integer> mapOfOne(Workers workers) {
    return Parallel.map(List.of(1), x -> x + 1);
  }
}
