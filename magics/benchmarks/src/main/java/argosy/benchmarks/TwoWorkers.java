package argosy.benchmarks;

import argosy.Engine;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Two workers of a backend.
@State(Scope.Benchmark)
public class TwoWorkers {

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
