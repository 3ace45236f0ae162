package argosy.benchmarks;

import argosy.Engine;
import argosy.Parallel;
import argosy.engine.LocalEngine;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.Instruction;
import argosy.engine.schedule.Instruction.Launch;
import argosy.engine.schedule.Instruction.Run;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.Schedule;
import argosy.engine.schedule.SchedulePolicy;
import argosy.engine.schedule.TaskTimes;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Many workers and many tasks: `magics/benchmarks/scale`.
///
/// First the schedule alone, with simulated workers: what an event costs must not grow with their
/// number, nor with that of the tasks. Then real ones, many more than there are processors: this
/// process must need less than one processor for all of them, and no memory that grows.
public final class Scale {

  /// What a worker's part of the timeline takes.
  private static final double BARS_MEGABYTES = 0.17;

  private static final int[] WORKERS = {10, 100, 1_000, 10_000};
  private static final int WINDOW_PER_WORKER = 4;

  private final PrintWriter out;
  private final boolean isQuick;

  private Scale(PrintWriter out, boolean isQuick) {
    this.out = out;
    this.isQuick = isQuick;
  }

  /// Measures, and writes what it found.
  ///
  /// @param args the folder for `scale.md`, and `--quick` for a tenth of the tasks and workers
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    boolean isQuick = List.of(args).contains("--quick");
    Path file = folder.resolve("scale.md");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
      new Scale(out, isQuick).write();
    }
  }

  private void write() {
    out.printf(
        "# Many workers, many tasks%n%n%s, %s %s, %d processors, Java %s.%n%n",
        LocalDate.now(java.time.ZoneId.systemDefault()),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    long tasks = isQuick ? 1_000_000 : 10_000_000;
    out.printf(
        "The schedule alone, with simulated workers, one message per task:%n%n"
            + "| workers | tasks | nanoseconds per task | bytes allocated per task |%n"
            + "|---:|---:|---:|---:|%n");
    simulate(100, 1_000_000, false);
    for (int workers : WORKERS) {
      simulate(workers, tasks, true);
    }
    out.flush();
    run(isQuick ? 16 : 64, isQuick ? 200_000 : 1_000_000);
  }

  private void simulate(int workers, long tasks, boolean isReported) {
    Simulation simulation = new Simulation(workers, tasks);
    long allocated = allocatedBytes();
    long start = System.nanoTime();
    simulation.run();
    long nanos = System.nanoTime() - start;
    if (isReported) {
      out.printf(
          "| %,d | %,d | %,.0f | %,.0f |%n",
          workers, tasks, (double) nanos / tasks, (double) (allocatedBytes() - allocated) / tasks);
    }
  }

  private static long allocatedBytes() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getCurrentThreadAllocatedBytes();
  }

  /// Workers that answer in turn, as soon as they are asked.
  private static final class Simulation {

    private record Sent(int worker, long task) {}

    private final Schedule<Long> schedule;
    private final Job<Long> job = new Job<>(new JobLimits(0, 1, 0), new TaskTimes());
    private final ArrayDeque<Sent> running = new ArrayDeque<>();
    private final int window;
    private final long tasks;
    private long now;
    private long submitted;

    Simulation(int workers, long tasks) {
      schedule = new Schedule<>(SchedulePolicy.DEFAULT, workers, now);
      window = WINDOW_PER_WORKER * workers;
      this.tasks = tasks;
    }

    void run() {
      long ended = 0;
      while (ended < tasks) {
        while (submitted < tasks && submitted - ended < window) {
          submitted++;
          schedule.submit(job, submitted, List.of(submitted), now);
          obey();
        }
        Sent next = running.remove();
        now += 100;
        if (schedule.ended(next.worker(), next.task(), 1_000, now) == null) {
          throw new IllegalStateException("task " + next.task() + " is not known");
        }
        ended++;
        obey();
      }
    }

    private void obey() {
      for (List<Instruction<Long>> all = schedule.take(); !all.isEmpty(); all = schedule.take()) {
        for (Instruction<Long> one : all) {
          switch (one) {
            case Launch<Long>(int worker) -> schedule.started(worker, now);
            case Run<Long>(int worker, List<Long> sent) ->
                sent.forEach(task -> running.add(new Sent(worker, task)));
            default -> throw new IllegalStateException("nothing went wrong, but: " + one);
          }
        }
      }
    }
  }

  private void run(int workers, int tasks) {
    try (LocalEngine engine = new LocalEngine()) {
      Engine.install(engine);
      long start = System.nanoTime();
      engine.configure(new WorkerSettings(workers, "processes", null, List.of()));
      double started = (System.nanoTime() - start) / 1e9;
      out.printf(
          "%n%d worker processes on %d processors have answered after %.1f s. One message per"
              + " task:%n%n| tasks | tasks per second | processors that this process used | heap"
              + " after a collection, MB |%n|---:|---:|---:|---:|%n",
          workers, Runtime.getRuntime().availableProcessors(), started);
      for (int part = 1; part <= 4; part++) {
        measure(tasks / 4);
      }
      out.printf("%nThe same number of tasks in default batches, as a stream of results:%n%n");
      lazily(10 * tasks);
      out.printf(
          "%nThe heap has what `%%timeline` would show: up to two thousand bars for each worker, some"
              + " %,.0f MB when they are full.%n",
          workers * BARS_MEGABYTES);
    }
  }

  private void measure(int tasks) {
    long cpu = cpuNanos();
    long start = System.nanoTime();
    try (Stream<Integer> results =
        Parallel.over(IntStream.range(0, tasks).boxed().toList()).batch(1).stream(x -> x + 1)) {
      check(results.mapToLong(Integer::longValue).sum(), tasks);
    }
    long nanos = System.nanoTime() - start;
    out.printf(
        "| %,d | %,.0f | %.2f | %.1f |%n",
        tasks, tasks * 1e9 / nanos, (double) (cpuNanos() - cpu) / nanos, heapMegabytes());
    out.flush();
  }

  private void lazily(int tasks) {
    List<String> heaps = new ArrayList<>();
    long start = System.nanoTime();
    try (Stream<Integer> results =
        Parallel.over(IntStream.range(0, tasks).iterator()).stream(x -> x + 1)) {
      Iterator<Integer> each = results.iterator();
      long sum = 0;
      for (int i = 1; each.hasNext(); i++) {
        sum += each.next();
        if (i % (tasks / 4) == 0) {
          heaps.add("%.1f".formatted(heapMegabytes()));
        }
      }
      check(sum, tasks);
    }
    out.printf(
        "%,d tasks, %,.0f per second; the heap after each quarter: %s MB.%n",
        tasks, tasks * 1e9 / (System.nanoTime() - start), String.join(", ", heaps));
  }

  private static void check(long sum, long tasks) {
    if (sum != tasks * (tasks + 1) / 2) {
      throw new IllegalStateException("wrong results: their sum is " + sum);
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double heapMegabytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
  }
}
