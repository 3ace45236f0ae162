package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.RecordingHost;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.JobLimits;
import argosy.engine.timeline.Timeline;
import argosy.trial.Node;
import argosy.wire.TaskFunction;
import java.io.Serializable;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Large values go beside the sockets, once to each worker.
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class LargeValuesIT {

  private static final int WORKERS = 2;
  private static final long SMALL = 200_000;

  private interface Body<A, R> extends TaskFunction<A, R>, Serializable {}

  @AutoClose
  private final ProcessBackend backend =
      new ProcessBackend(
          new RecordingHost(),
          new WorkerSettings(WORKERS, "processes", null, List.of()),
          new Timeline(new RecordingHost()));

  @SuppressWarnings("unchecked")
  private <A, R> List<R> run(Body<A, R> function, List<A> inputs) throws Throwable {
    Batch batch =
        backend.open(
            function, new BatchSpec(new JobLimits(0, 1, 0), 1, new RecordingHost().output()));
    List<CompletableFuture<CallEnd>> ends = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (A input : inputs) {
      CompletableFuture<CallEnd> end = new CompletableFuture<>();
      ends.add(end);
      calls.add(batch.prepare(input, calls.size(), end::complete));
    }
    batch.start(calls);
    List<R> results = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      results.add((R) calls.get(i).value(ends.get(i).get()));
    }
    return results;
  }

  private static double[] numbers(int count) {
    double[] numbers = new double[count];
    Arrays.setAll(numbers, i -> i * 0.5);
    return numbers;
  }

  @Test
  void takesAndReturnsArraysBesideTheSocket() throws Throwable {
    double[] input = numbers(3_000_000);

    List<double[]> results =
        run(
            (double[] x) -> {
              x[1] = 42;
              return x;
            },
            List.of(input, input, input));

    assertThat(results)
        .hasSize(3)
        .allSatisfy(result -> {
          assertThat(result[1]).isEqualTo(42);
          assertThat(result[2_999_999]).isEqualTo(input[2_999_999]);
        });
    assertThat(input[1]).isEqualTo(0.5);
    assertThat(backend.bytesSent()).isLessThan(SMALL);
    assertThat(backend.memory().totalBytes()).isPositive();
  }

  @Test
  void findsLargeValuesInsideObjects() throws Throwable {
    double[] shared = numbers(200_000);
    String text = "中".repeat(300_000);
    Node input = new Node(text, shared, List.of(new Node("x", shared, new boolean[900_000])));

    Node result = run((Node node) -> node, List.of(input)).getFirst();

    assertThat(result.name()).isEqualTo(text);
    assertThat(result.data()).isEqualTo(shared);
    Node inner = (Node) ((List<?>) java.util.Objects.requireNonNull(result.next())).getFirst();
    assertThat(inner.data()).isSameAs(result.data());
    assertThat((boolean[]) inner.next()).hasSize(900_000).doesNotContain(true);
    assertThat(backend.bytesSent()).isLessThan(SMALL);
  }

  @Test
  void sendsWhatAFunctionCapturesOnceToEachWorker() throws Throwable {
    double[] captured = numbers(1_000_000);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      words.add("word " + i);
    }

    List<Double> first =
        run((Integer i) -> captured[i] + words.size(), IntStream.range(0, 100).boxed().toList());
    long sent = backend.bytesSent();
    run((Integer i) -> captured[i] + words.size(), IntStream.range(0, 100).boxed().toList());

    assertThat(first.get(3)).isEqualTo(20_001.5);
    // The words go in messages, once to each worker; the array does not.
    assertThat(sent).isLessThan(WORKERS * 400_000L);
    assertThat(backend.bytesSent() - sent).isLessThan(100 * 300L + WORKERS * 400_000L);
  }

  @Test
  void doesNotKeepWhatEachTurnOfALoopHasCaptured() throws Throwable {
    int turns = 14;
    int count = 8 << 20;
    for (int turn = 0; turn < turns; turn++) {
      double[] captured = new double[count];
      Arrays.fill(captured, turn);
      assertThat(run((Integer i) -> captured[i], List.of(3))).containsExactly((double) turn);
    }
    // Less than a worker keeps.
    assertThat(backend.memory().totalBytes()).isLessThan((turns - 1L) * count * Double.BYTES);
  }

  @Test
  void usesTheSameMemoryAgainForTheNextArray() throws Throwable {
    for (int i = 0; i < 12; i++) {
      double[] input = numbers(2_000_000);
      input[0] = i;
      assertThat(run((double[] x) -> x[0], List.of(input))).containsExactly((double) i);
    }

    assertThat(backend.memory().totalBytes()).isLessThanOrEqualTo(6 * 16L * 1024 * 1024);
  }

  @Test
  void doesNotCollectTheWholeHeapForInputsThatDieYoung() throws Throwable {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      double[] input = numbers(2_500_000);
      input[0] = i;
      Body<double[], String> collections =
          x -> {
            long count =
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .filter(each -> List.of(each.getMemoryPoolNames()).contains("Tenured Gen"))
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
            return ProcessHandle.current().pid() + ": " + count;
          };
      seen.addAll(run(collections, List.of(input)));
    }

    assertThat(seen).as("400 MB").hasSizeLessThanOrEqualTo(WORKERS);
  }

  @Test
  void freesTheMemoryOfAWorkerThatDies() throws Throwable {
    double[] input = numbers(2_000_000);
    Batch batch =
        backend.open(
            (Body<double[], Object>)
                x -> {
                  Runtime.getRuntime().halt(3);
                  return x;
                },
            new BatchSpec(new JobLimits(0, 1, 0), 1, new RecordingHost().output()));
    CompletableFuture<CallEnd> end = new CompletableFuture<>();
    batch.start(List.of(batch.prepare(input, 0, end::complete)));
    assertThat(end.get()).isInstanceOf(CallEnd.Failed.class);

    assertThat(run((double[] x) -> x.length, List.of(input))).containsExactly(2_000_000);
    assertThat(backend.memory().totalBytes()).isLessThanOrEqualTo(3 * 16L * 1024 * 1024);
  }
}
