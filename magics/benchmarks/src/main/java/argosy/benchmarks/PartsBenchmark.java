package argosy.benchmarks;

import argosy.engine.backend.Batch;
import argosy.engine.backend.BatchSpec;
import argosy.engine.backend.Call;
import argosy.engine.backend.ProcessBackend;
import argosy.engine.host.ClassPathHost;
import argosy.engine.host.Host;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.Instruction;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.Schedule;
import argosy.engine.schedule.SchedulePolicy;
import argosy.engine.schedule.TaskTimes;
import argosy.engine.timeline.Timeline;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ContentId;
import argosy.wire.FrameOutput;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.RunChunk;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/// What a task's way consists of, step by step, without a second process: `jmh Parts -prof gc`.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class PartsBenchmark extends EngineBenchmark {

  /// A small value as people have them.
  public record City(String name, double latitude, int people) {}

  private final Host host = new ClassPathHost();
  private final ProcessBackend backend =
      new ProcessBackend(
          host, new WorkerSettings(1, "processes", null, List.of()), new Timeline(host));
  private final BatchSpec spec = new BatchSpec(JobLimits.NONE, 42, host.output());
  private final Applied<Integer, Integer> function = new Applied<>(x -> x + 1);
  private final Batch batch = backend.open(function, spec);
  private final City city = new City("Oslo", 59.9, 717_000);
  private final MemoryChannel memory = new MemoryChannel();
  private final FrameOutput output = new FrameOutput();
  private final Schedule<String> schedule = new Schedule<>(SchedulePolicy.DEFAULT, 2, 0);
  private final Job<String> job = new Job<>(JobLimits.NONE, new TaskTimes());
  private long lastTask;

  @SuppressWarnings("NullAway.Init") // by JMH, in prepare()
  private Call encoded;

  @SuppressWarnings("NullAway.Init") // by JMH, in prepare()
  private RunChunk chunk;

  /// Encodes what is decoded, and starts the schedule's two workers.
  @Setup
  public void prepare() {
    encoded = batch.prepare(1, 0, _ -> {});
    Pack.Writer pack = new Pack.Writer();
    for (int i = 0; i < 1_000; i++) {
      pack.add(0, Payload.of(new byte[] {1, 4, 1}));
    }
    chunk = new RunChunk(new ContentId(1, 2), 1, 2, 3, pack.count(), pack.payload());
    schedule.resize(2);
    for (Instruction<String> one : schedule.take()) {
      if (one instanceof Instruction.Launch<String>(int worker)) {
        schedule.started(worker, 0);
      }
    }
  }

  /// Ends nothing, for nothing was started.
  @TearDown
  public void close() {
    backend.close();
  }

  /// The function and all that its code reaches.
  @Benchmark
  public Batch capture() {
    return backend.open(function, spec);
  }

  /// A number as an input.
  @Benchmark
  public Call encodeNumber() {
    return batch.prepare(1, 0, _ -> {});
  }

  /// A record as an input.
  @Benchmark
  public Call encodeRecord() {
    return batch.prepare(city, 0, _ -> {});
  }

  /// A number as a result.
  @Benchmark
  public @Nullable Object decodeNumber() throws Throwable {
    return encoded.value(
        new CallEnd.Returned(Payload.of(new byte[] {1, 5, 2}), ReturnedValues.NONE));
  }

  /// A message of a thousand tasks into a buffer and out again, without a socket.
  @Benchmark
  public ToWorker frame() throws IOException {
    chunk.write(output);
    return ToWorker.read(memory.passed(output));
  }

  /// A task submitted, sent and ended in the schedule.
  @Benchmark
  public @Nullable String schedule() {
    lastTask++;
    schedule.submit(job, lastTask, List.of("task"), 0);
    String ended = null;
    for (Instruction<String> one : schedule.take()) {
      if (one instanceof Instruction.Run<String>(int worker, _)) {
        ended = schedule.ended(worker, lastTask, 1_000, 0);
      }
    }
    return ended;
  }
}
