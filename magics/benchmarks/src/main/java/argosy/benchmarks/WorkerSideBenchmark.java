package argosy.benchmarks;

import argosy.engine.closure.Capture;
import argosy.engine.closure.Encoded;
import argosy.engine.host.ClassPathHost;
import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ClosureDefinition;
import argosy.wire.FrameOutput;
import argosy.wire.FromWorker;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.Payload;
import argosy.wire.TaskCall;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.RunTasks;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import argosy.worker.rebuild.Prepared;
import argosy.worker.rebuild.ResultMemory;
import java.io.IOException;
import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;

/// What a worker does for one task, step by step, in this process: `jmh WorkerSide -prof gc`.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class WorkerSideBenchmark extends EngineBenchmark {

  private final Capture capture =
      Capture.of(
          new ClassPathHost(), new Applied<Integer, Integer>(x -> x + 1), new ValueStore(null));
  private final ClosureRuntime closures =
      new ClosureRuntime(WorkerSideBenchmark.class.getClassLoader(), ResultMemory.NONE);
  private final Encoded input = capture.encode(1);
  private final ClosureDefinition closure = capture.closure();
  private final MemoryChannel channel = new MemoryChannel();
  private final FrameOutput output = new FrameOutput();
  private final RunTasks message =
      new RunTasks(closure.id(), List.of(new TaskCall(1, 2, input.graph(), List.of())));
  private final TaskReturned reply =
      new TaskReturned(1, 1_000, Payload.of(new byte[] {1, 5, 2}), List.of());

  /// Defines the function, as its first task does.
  @Setup
  public void define() {
    capture.classes().forEach(closures::define);
    capture.parts().forEach(part -> closures.definePart(part.use().part(), part.bytes()));
    closures.define(closure);
  }

  /// The message with the task, framed and read.
  @Benchmark
  public ToWorker passTask() throws IOException {
    message.write(output);
    return ToWorker.read(channel.passed(output));
  }

  /// The function, what it captures, and the input.
  @Benchmark
  public Prepared rebuild() {
    return closures.prepare(closure.id(), input.graph(), List.of());
  }

  /// The same, the function called, and its result encoded.
  @Benchmark
  public Outcome rebuildAndRun() {
    return closures.prepare(closure.id(), input.graph(), List.of()).run();
  }

  /// The message with the result, framed and read.
  @Benchmark
  public FromWorker passResult() throws IOException {
    reply.write(output);
    return FromWorker.read(channel.passed(output));
  }
}
