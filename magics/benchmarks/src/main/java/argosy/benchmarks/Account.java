package argosy.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Accounts for the microseconds of one task, beside what the machine itself takes:
/// `magics/benchmarks/account`.
public final class Account {

  /// A step of a trivial task's way, and the benchmark that measures it.
  private record Step(String benchmark, String what) {}

  private static final String RUN =
      "on the worker: rebuild the function and the input, call it, encode the result";

  private static final List<Step> STEPS =
      List.of(
          new Step("PartsBenchmark.capture", "capture the function: read what its code reaches"),
          new Step("PartsBenchmark.encodeNumber", "encode the input"),
          new Step("PartsBenchmark.schedule", "the schedule: submitted, sent, ended"),
          new Step("WorkerSideBenchmark.passTask", "the task's message, framed and read"),
          new Step("WorkerSideBenchmark.rebuildAndRun", RUN),
          new Step("WorkerSideBenchmark.passResult", "the result's message, framed and read"),
          new Step("PartsBenchmark.decodeNumber", "decode the result"));

  private static final List<Step> MEMORY =
      List.of(
          new Step("MemoryBenchmark.copy", "a copy in memory"),
          new Step("MemoryBenchmark.copyToFreshPages", "a copy to fresh pages"),
          new Step("MemoryBenchmark.argument", "an array as an argument"),
          new Step("MemoryBenchmark.handOver", "a `Shared` array handed over"));

  private static final String ROUND_TRIP = "RoundTripBenchmark.submit";
  private static final String FLOOR = "RoundTripBenchmark.pingPong";

  /// How long some benchmarks run.
  private record Duration(List<String> benchmarks, int warmups, int millis) {}

  private static final Duration STEPS_BRIEFLY =
      new Duration(
          List.of("PartsBenchmark", "WorkerSideBenchmark.(pass|rebuildAndRun)", "MemoryBenchmark"),
          2,
          400);

  /// Both ends of these have to become warm.
  private static final Duration ROUND_TRIPS =
      new Duration(List.of("RoundTripBenchmark.(submit|pingPong)"), 4, 1_000);

  private final Map<String, RunResult> results = new TreeMap<>();
  private final PrintWriter out;

  private Account(PrintWriter out) {
    this.out = out;
  }

  /// Measures, and writes the account.
  ///
  /// @param args the folder for `account.md`
  public static void main(String[] args) throws IOException, RunnerException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    List<RunResult> measured = new ArrayList<>(measured(STEPS_BRIEFLY));
    measured.addAll(measured(ROUND_TRIPS));
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(folder.resolve("account.md"), StandardCharsets.UTF_8))) {
      Account account = new Account(out);
      measured.forEach(account::add);
      account.write();
    }
  }

  private static Collection<RunResult> measured(Duration duration) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .param("backend", "processes", "threads")
            .addProfiler(GCProfiler.class)
            .warmupIterations(duration.warmups())
            .warmupTime(TimeValue.milliseconds(duration.millis()))
            .measurementIterations(3)
            .measurementTime(TimeValue.milliseconds(duration.millis()))
            .forks(1);
    duration.benchmarks().forEach(options::include);
    return new Runner(options.build()).run();
  }

  private void add(RunResult result) {
    String name = result.getParams().getBenchmark().replace("argosy.benchmarks.", "");
    String backend = result.getParams().getParam("backend");
    String megabytes = result.getParams().getParam("megabytes");
    String detail = backend != null ? backend : megabytes;
    results.put(detail == null ? name : name + ":" + detail, result);
  }

  private void write() {
    out.printf(
        "# Where a task's microseconds go%n%n%s, %s %s, %d processors, Java %s. All of one"
            + " run.%n%n",
        LocalDate.now(ZoneId.systemDefault()),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version());
    double total = micros(ROUND_TRIP + ":processes");
    double floor = micros(FLOOR);
    out.printf(
        "One task that captures nothing, submitted and waited for: **%.1f µs**, %.1f times what"
            + " 64%nbytes take through a Unix-domain socket to another JVM and back (%.1f µs). On"
            + " `threads`: %.1f µs.%n%n",
        total, total / floor, floor, micros(ROUND_TRIP + ":threads"));
    out.printf("| step | µs | bytes allocated |%n|---|---:|---:|%n");
    // Who finds the other side awake does not pay for a wake-up.
    boolean isSpared = total < floor;
    double known = isSpared ? 0 : floor;
    out.printf(
        "| the floor: two system calls and a wake-up on each side%s | %.2f | 0 |%n",
        isSpared ? ", spared while both sides look again before they sleep" : "", floor);
    for (Step step : STEPS) {
      double micros = micros(step.benchmark());
      known += micros;
      out.printf("| %s | %.2f | %,.0f |%n", step.what(), micros, allocated(step.benchmark()));
    }
    out.printf(
        "| the rest: %swhat surrounds a task on the worker (output, properties, stop), locks,"
            + " caches that went cold meanwhile | %.2f | |%n",
        isSpared ? "the system calls, " : "", Math.max(0, total - known));
    out.printf("| together | %.2f | %,.0f |%n", total, allocated(ROUND_TRIP + ":processes"));
    writeOthers();
  }

  private void writeOthers() {
    out.printf(
        "%nA message of a thousand tasks is framed and read in %.1f µs; a record with three fields"
            + " is encoded in %.2f µs.%n%n",
        micros("PartsBenchmark.frame"), micros("PartsBenchmark.encodeRecord"));
    out.printf("| | 1 MB, µs | 32 MB, µs | 32 MB, GB/s |%n|---|---:|---:|---:|%n");
    for (Step step : MEMORY) {
      double large = micros(step.benchmark() + ":32");
      out.printf(
          "| %s | %,.1f | %,.1f | %.1f |%n",
          step.what(), micros(step.benchmark() + ":1"), large, 32_000 / large);
    }
  }

  private RunResult result(String name) {
    RunResult result = results.get(name);
    if (result == null) {
      throw new IllegalStateException(name + " was not measured, only " + results.keySet());
    }
    return result;
  }

  private double micros(String name) {
    Result<?> primary = result(name).getPrimaryResult();
    double score =
        primary.getStatistics().getN() > 1_000
            ? primary.getStatistics().getPercentile(50)
            : primary.getScore();
    return primary.getScoreUnit().startsWith("ns") ? score / 1_000 : score;
  }

  private double allocated(String name) {
    Result<?> bytes = result(name).getSecondaryResults().get("gc.alloc.rate.norm");
    return bytes == null ? Double.NaN : bytes.getScore();
  }
}
