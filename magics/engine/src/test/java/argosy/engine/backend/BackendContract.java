package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import argosy.Actor;
import argosy.Broadcast;
import argosy.DeadlineExceededException;
import argosy.Parallel;
import argosy.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every backend does alike. Implemented by one small class per backend.
interface BackendContract extends ActorContract, CalledActorContract {

  static int square(int x) throws IOException {
    if (x < 0) {
      throw new IOException("negative: " + x);
    }
    return x * x;
  }

  // ---- inputs

  @Test
  default void mapsEveryKindOfInputInOrder() {
    assertThat(Parallel.map(List.of(1, 2, 3), x -> x + 1)).containsExactly(2, 3, 4);
    assertThat(Parallel.map(new String[] {"a", "b"}, x -> x + "!")).containsExactly("a!", "b!");
    assertThat(Parallel.map(new int[] {1, 2}, x -> x * 10)).containsExactly(10, 20);
    assertThat(Parallel.map(new long[] {1, 2}, x -> x * 10)).containsExactly(10L, 20L);
    assertThat(Parallel.map(new double[] {1, 2}, x -> x / 2)).containsExactly(0.5, 1.0);
    assertThat(Parallel.map(IntStream.range(0, 3), x -> x)).containsExactly(0, 1, 2);
    assertThat(Parallel.map(LongStream.range(0, 3), x -> x)).containsExactly(0L, 1L, 2L);
    assertThat(Parallel.map(DoubleStream.of(1.5), x -> x)).containsExactly(1.5);
    assertThat(Parallel.map(Stream.of("x"), x -> x)).containsExactly("x");
    assertThat(Parallel.map(List.of("x").iterator(), x -> x)).containsExactly("x");
    assertThat(Parallel.map(Map.of("k", 7), entry -> entry.getKey() + entry.getValue()))
        .containsExactly("k7");
  }

  @Test
  default void mapsNothingToNothingAndNullToNull() {
    assertThat(Parallel.map(List.<String>of(), x -> x)).isEmpty();
    assertThat(Parallel.map(Arrays.asList(1, null), x -> x)).containsExactly(1, null);
  }

  @Test
  default void manyOfTheSmallestInputsGoTogether() {
    List<@Nullable Object> smallest = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      smallest.addAll(Arrays.asList(null, i % 3 == 0, (byte) i));
    }

    assertThat(Parallel.over(smallest).batch(100).map(x -> x)).isEqualTo(smallest);
  }

  @Test
  default void keepsTheOrderOfManyInputsOfDifferentLengths() {
    List<Integer> results =
        Parallel.over(IntStream.range(0, 300))
            .map(x -> {
              if (x % 50 == 0) {
                Thread.sleep(5);
              }
              return x;
            });

    assertThat(results).isEqualTo(IntStream.range(0, 300).boxed().toList());
  }

  @Test
  default void aFunctionOfTheJdksTypeWillDo() {
    Function<Integer, String> f = x -> "f" + x;

    assertThat(Parallel.map(List.of(1), f)).containsExactly("f1");
  }

  // ---- failures

  @Test
  default void mapThrowsWhatTheTaskThrew() {
    assertThatThrownBy(() -> Parallel.map(List.of(1, -2, 3), BackendContract::square))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("negative: -2");
  }

  @Test
  default void whatATaskThrewSaysForWhichInput() {
    List<Integer> inputs = IntStream.range(0, 1_000).map(i -> i == 700 ? -1 : i).boxed().toList();

    assertThat(remarks(() -> Parallel.map(inputs, BackendContract::square)))
        .containsExactly("in the task for input 700 (the first is input 0)");
    assertThat(remarks(() -> Parallel.over(inputs).forEach(i -> square(i))))
        .containsExactly("in the task for input 700 (the first is input 0)");
    assertThat(remarks(() -> Parallel.over(inputs).stream(BackendContract::square).toList()))
        .containsExactly("in the task for input 700 (the first is input 0)");
    assertThat(remarks(() -> Parallel.over(inputs).batch(64).reduce(0, (a, b) -> a + square(b))))
        .containsExactly("in the task for the inputs from 640 on (the first is input 0)");
  }

  @Test
  default void whatAJobInsideATaskThrewSaysForWhichInputOfBoth() {
    assertThat(
            remarks(() ->
                Parallel.map(
                    List.of(0, 1),
                    i -> Parallel.map(List.of(1, 2, i == 1 ? -3 : 3), BackendContract::square))))
        .containsExactly(
            "in the task for input 2 (the first is input 0)",
            "in the task for input 1 (the first is input 0)");
  }

  private static List<String> remarks(ThrowableAssert.ThrowingCallable job) {
    Throwable thrown = catchThrowable(job);
    assertThat(thrown).isExactlyInstanceOf(IOException.class).hasMessageStartingWith("negative: ");
    return Stream.of(thrown.getSuppressed()).map(Throwable::toString).toList();
  }

  @Test
  default void whatComesAfterAFailureInItsBatchDoesNotRun(@TempDir Path directory) {
    String marker = directory.toString();

    assertThatThrownBy(() ->
            Parallel.over(List.of(1, -2, 3))
                .batch(3)
                .map(x -> {
                  Files.createFile(Path.of(marker, "ran" + x));
                  return square(x);
                }))
        .hasMessage("negative: -2");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("ran1", "ran-2");
  }

  @Test
  default void whatComesAfterAFailureThatIsTriedAgainRunsToo(@TempDir Path directory) {
    String marker = directory.toString();

    assertThat(
            Parallel.over(List.of(1, 2, 3, 4))
                .batch(4)
                .retryOn(IOException.class)
                .map(x -> {
                  if (x % 2 == 0 && Path.of(marker, "tried" + x).toFile().createNewFile()) {
                    throw new IOException("not yet");
                  }
                  return x * x;
                }))
        .containsExactly(1, 4, 9, 16);
  }

  @Test
  default void getWrapsWhatTheTaskThrew() {
    Task<Integer> task = Parallel.submit(() -> square(-3));

    assertThatThrownBy(task::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("negative: -3");
    assertThat(task.state()).isEqualTo(Future.State.FAILED);
    assertThat(task.exceptionNow()).hasMessage("negative: -3");
  }

  @Test
  default void anErrorOfATaskArrivesAsItself() {
    assertThatThrownBy(() -> Parallel.map(List.of(1), x -> recurse(x)))
        .isInstanceOf(StackOverflowError.class);
    assertThat(Parallel.map(List.of(2), x -> x)).containsExactly(2);
  }

  static int recurse(int x) {
    return x < 0 ? x : recurse(x + 1) + 1;
  }

  private static Iterator<Integer> failingAfter(int count) {
    return Stream.iterate(0, x -> x + 1)
        .peek(x -> {
          if (x == count) {
            throw new IllegalStateException("no more");
          }
        })
        .iterator();
  }

  @Test
  default void anErrorOfTheInputsReachesTheCallerAndLeavesTheWorkersUsable() {
    assertThatThrownBy(() -> Parallel.map(failingAfter(20), x -> x)).hasMessage("no more");
    assertThat(Parallel.map(List.of(2), x -> x)).containsExactly(2);
  }

  @Test
  default void aTaskThatThrewWhatWasNamedIsTriedAgain(@TempDir Path directory) {
    String marker = directory.resolve("tried").toString();

    List<String> results =
        Parallel.over(List.of("a"))
            .retries(2)
            .retryOn(IOException.class)
            .map(x -> {
              if (Path.of(marker + 1).toFile().createNewFile()
                  || Path.of(marker + 2).toFile().createNewFile()) {
                throw new IOException("not yet");
              }
              return x;
            });

    assertThat(results).containsExactly("a");
    assertThat(Path.of(marker + 2)).exists();
  }

  @Test
  default void aTaskThatThrewSomethingElseIsNotTriedAgain(@TempDir Path directory) {
    String marker = directory.toString();

    assertThatThrownBy(() ->
            Parallel.over(List.of("a"))
                .retries(2)
                .retryOn(IOException.class)
                .map(x -> {
                  Files.createFile(Path.of(marker, "tried"));
                  throw new IllegalStateException("for good");
                }))
        .hasMessage("for good");
  }

  @Test
  default void noRetriesAreNone(@TempDir Path directory) {
    String marker = directory.toString();

    assertThatThrownBy(() ->
            Parallel.over(List.of("a"))
                .retries(0)
                .retryOn(IOException.class)
                .map(x -> {
                  Files.createFile(Path.of(marker, "tried")); // a second time it exists
                  throw new IOException("for good");
                }))
        .hasMessage("for good");
  }

  @Test
  default void anOptionThatIsTooSmallIsRejected() {
    assertThatThrownBy(() -> Parallel.over(List.of(1)).workers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("workers is 0");
    assertThatThrownBy(() -> Parallel.over(List.of(1)).batch(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parallel.over(List.of(1)).retries(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("retries is -1; it must be 0 or more");
    assertThatThrownBy(() -> Parallel.over(List.of(1)).timeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  // ---- options

  @Test
  default void batchesAndWorkerLimitsChangeNothingButTheSpeed() {
    List<Integer> expected = IntStream.range(0, 50).boxed().toList();

    assertThat(Parallel.over(expected).batch(7).map(x -> x)).isEqualTo(expected);
    assertThat(Parallel.over(expected).workers(1).map(x -> x)).isEqualTo(expected);
    assertThat(Parallel.over(expected).workers(1).batch(50).map(x -> x)).isEqualTo(expected);
  }

  @Test
  default void valuesOfAllKindsAndSizesGoTogether() {
    List<Object> inputs =
        Arrays.asList(
            1, null, 2L, 0.5, 'x', true, (byte) 3, "text", List.of(1, "two"), new int[] {4});

    List<Object> results = Parallel.over(inputs).batch(4).map(x -> x);

    assertThat(results.subList(0, 9)).isEqualTo(inputs.subList(0, 9));
    assertThat((int[]) results.get(9)).containsExactly(4);
  }

  @Test
  default void largeResultsOfOneBatchAreEachTheirOwn() {
    List<double[]> results =
        Parallel.over(IntStream.range(0, 40))
            .batch(20)
            .map(i -> {
              double[] result = new double[i % 3 == 0 ? 100_000 : 10];
              result[9] = i;
              return result;
            });

    assertThat(results).hasSize(40);
    for (int i = 0; i < 40; i++) {
      assertThat(results.get(i)).hasSize(i % 3 == 0 ? 100_000 : 10);
      assertThat(results.get(i)[9]).isEqualTo(i);
    }
  }

  @Test
  default void unorderedResultsAreTheSameInSomeOrder() {
    List<Integer> inputs = IntStream.range(0, 500).boxed().toList();

    assertThat(Parallel.over(inputs).unordered().map(x -> -x))
        .containsExactlyInAnyOrderElementsOf(inputs.stream().map(x -> -x).toList());
  }

  @Test
  default void aTaskThatTakesTooLongIsEnded() {
    assertThatThrownBy(() ->
            Parallel.over(List.of(1, 2))
                .timeout(Duration.ofMillis(150))
                .map(x -> {
                  if (x == 2) {
                    Thread.sleep(60_000);
                  }
                  return x;
                }))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessageMatching(
            "(the task|task \\d+) \\(input 1\\) ran longer than its timeout of 150 ms and was .*")
        .hasNoSuppressedExceptions()
        .satisfies(failure ->
            assertThat(failure.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("aTaskThatTakesTooLongIsEnded"));
    assertThat(Parallel.map(List.of(5), x -> x)).containsExactly(5);
  }

  @Test
  default void randomNumbersDependOnTheSeedAlone() {
    List<Integer> expected = List.of(201, 945, 740, 927);

    assertThat(
            Parallel.over(IntStream.range(0, 4)).seed(42).map(x -> Parallel.random().nextInt(1000)))
        .isEqualTo(expected);
    assertThat(
            Parallel.over(IntStream.range(0, 4))
                .seed(42)
                .workers(1)
                .batch(3)
                .map(x -> Parallel.random().nextInt(1000)))
        .isEqualTo(expected);
  }

  @Test
  default void progressIsCounted() {
    assertThat(Parallel.over(List.of(1, 2)).progress("counting").map(x -> x)).hasSize(2);
  }

  // ---- other ends

  @Test
  default void aStreamOverEndlessInputsReadsOnlyAFewOfThem() {
    AtomicInteger read = new AtomicInteger();
    Iterator<Integer> endless = Stream.generate(read::incrementAndGet).iterator();

    try (Stream<Integer> results = Parallel.over(endless).stream(x -> 2 * x)) {
      assertThat(results.limit(5)).containsExactly(2, 4, 6, 8, 10);
    }

    assertThat(read.get()).isLessThan(50_000);
    assertThat(Parallel.map(List.of(5), x -> x)).containsExactly(5);
  }

  @Test
  default void aStreamHandsOutWhatCameBeforeAFailure() {
    List<Integer> seen = new ArrayList<>();

    try (Stream<Integer> results =
        Parallel.over(List.of(1, 2, -1, 4)).stream(BackendContract::square)) {
      assertThatThrownBy(() -> results.forEach(seen::add)).isInstanceOf(IOException.class);
    }

    assertThat(seen).containsExactly(1, 4);
  }

  @Test
  default void aStreamHandsOutWhatCameBeforeAnInputThatCouldNotBeRead() {
    for (int batch : new int[] {1, 2, 100}) {
      for (int last : new int[] {0, 7}) {
        List<Integer> seen = new ArrayList<>();
        List<Integer> unordered = new ArrayList<>();

        try (Stream<Integer> results =
            Parallel.over(failingAfter(last)).batch(batch).stream(x -> x * x)) {
          assertThatThrownBy(() -> results.forEach(seen::add)).hasMessage("no more");
        }
        try (Stream<Integer> results =
            Parallel.over(failingAfter(last)).batch(batch).unordered().stream(x -> x * x)) {
          assertThatThrownBy(() -> results.forEach(unordered::add)).hasMessage("no more");
        }

        List<Integer> expected = IntStream.range(0, last).map(x -> x * x).boxed().toList();
        assertThat(seen).isEqualTo(expected);
        assertThat(unordered).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  default void theNextTaskFindsTheClassLoaderThatThisOneFound() {
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    List<Boolean> changed =
        Parallel.over(IntStream.range(0, 4))
            .workers(1)
            .batch(2)
            .map(_ -> {
              Thread thread = Thread.currentThread();
              boolean isChanged = thread.getContextClassLoader() == null;
              thread.setContextClassLoader(null);
              return isChanged;
            });

    assertThat(changed).containsOnly(false);
    assertThat(Thread.currentThread().getContextClassLoader()).isEqualTo(before);
  }

  @Test
  default void aTimeoutOfAgesIsNone() {
    assertThat(
            Parallel.over(List.of(1, 2)).timeout(Duration.ofSeconds(Long.MAX_VALUE)).map(x -> -x))
        .containsExactly(-1, -2);
  }

  @Test
  default void forEachRunsOncePerInput(@TempDir Path directory) throws IOException {
    String target = directory.toString();

    Parallel.over(IntStream.range(0, 20)).forEach(x -> Files.createFile(Path.of(target, "f" + x)));

    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.count()).isEqualTo(20);
    }
  }

  @Test
  default void aReductionOfDoublesIsTheSameInEveryRun() {
    double[] values = IntStream.range(0, 10_000).mapToDouble(x -> 1.0 / (x + 1)).toArray();
    Double first = Parallel.over(values).reduce(0.0, (a, b) -> a + b);

    assertThat(first)
        .isCloseTo(DoubleStream.of(values).sum(), org.assertj.core.data.Offset.offset(1e-9));
    assertThat(Parallel.over(values).workers(1).reduce(0.0, (a, b) -> a + b)).isEqualTo(first);
  }

  @Test
  default void aMethodOfTheJdkReduces() {
    assertThat(Parallel.over(IntStream.rangeClosed(1, 1000)).reduce(0, Integer::sum))
        .isEqualTo(500_500);
    assertThat(Parallel.over(List.of("a", "b")).reduce("", String::concat)).isEqualTo("ab");
  }

  @Test
  default void collectsAsAStreamWould() {
    Map<Integer, Long> groups =
        Parallel.over(IntStream.range(0, 100))
            .collect(Collectors.groupingBy(x -> x % 3, Collectors.counting()));

    assertThat(groups).containsExactlyInAnyOrderEntriesOf(Map.of(0, 34L, 1, 33L, 2, 33L));
    assertThat(Parallel.over(List.of("a", "b")).collect(Collectors.joining(","))).isEqualTo("a,b");
    assertThat(Parallel.over(List.<String>of()).collect(Collectors.toList())).isEmpty();
  }

  // ---- tasks

  @Test
  default void tasksFollowEachOther() throws Exception {
    Task<Integer> two = Parallel.submit(() -> 2);

    assertThat(two.then(x -> x + 1).then(x -> x * 10).get()).isEqualTo(30);
    assertThat(two.get()).isEqualTo(2);
    assertThat(Parallel.combine(two, two.then(x -> x + 5), (a, b) -> a * b).get()).isEqualTo(14);
  }

  @Test
  default void aFailureIsPassedOnUntilSomebodyRecoversIt() throws Exception {
    Task<Integer> failed = Parallel.submit(() -> square(-1));
    Task<Integer> next = failed.then(x -> x + 1);

    assertThatThrownBy(next::get).cause().isInstanceOf(IOException.class);
    assertThat(next.recover(failure -> failure.toString().length()).get()).isEqualTo(33);
    assertThat(Parallel.submit(() -> 1).recover(failure -> 2).get()).isEqualTo(1);
  }

  @Test
  default void aTaskIsACompletionStage() throws Exception {
    Task<Integer> task = Parallel.submit(() -> 20);

    assertThat(task.thenApply(x -> x + 1).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isEqualTo(21);
    assertThat(task.resultNow()).isEqualTo(20);
    assertThat(task.state()).isEqualTo(Future.State.SUCCESS);
    assertThat(task.isDone()).isTrue();
  }

  @Test
  default void aTaskStandsForItsValueInAnother() throws Exception {
    Task<Integer> first = Parallel.submit(() -> 20);
    first.get();

    assertThat(Parallel.submit(() -> first.get() + 1).get()).isEqualTo(21);
    assertThat(Parallel.map(List.of(first), task -> task.get() + 2)).containsExactly(22);
  }

  @Test
  default void tasksAreWaitedForTogether() {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = i;
      tasks.add(Parallel.submit(() -> number));
    }
    List<Integer> seen = new ArrayList<>();

    for (Task<Integer> task : Parallel.asCompleted(tasks)) {
      seen.add(task.resultNow());
    }
    Parallel.waitAll(tasks);

    assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(tasks).contains(Parallel.waitAny(tasks));
    Task<Integer> first = tasks.getFirst();
    assertThat(Parallel.asCompleted(List.of(first, first))).containsExactly(first);
    assertThatThrownBy(() -> Parallel.waitAny(List.<Task<Integer>>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void theFirstFailureIsWaitedFor() {
    Task<Integer> good = Parallel.submit(() -> square(2));
    Task<Integer> bad = Parallel.submit(() -> square(-2));

    assertThat(Parallel.waitAnyFailure(List.of(good, bad))).containsSame(bad);
    assertThat(Parallel.waitAnyFailure(List.of(good, good))).isEmpty();
    assertThat(good.isDone()).isTrue();
    assertThat(Parallel.waitAnyFailure(List.<Task<Integer>>of())).isEmpty();
    assertThat(Parallel.waitAnyFailure(List.of(good, bad), Duration.ZERO)).containsSame(bad);
  }

  @Test
  default void tasksOfDifferentTypesAreWaitedForTogether() {
    List<Object> results = new ArrayList<>();
    for (Task<?> task :
        Parallel.asCompleted(List.of(Parallel.submit(() -> 1), Parallel.submit(() -> "a")))) {
      results.add(task.join());
    }

    assertThat(results).containsExactlyInAnyOrder(1, "a");
  }

  @Test
  default void aFewTasksAreWaitedForByTheirNames() {
    Task<Integer> number = Parallel.submit(() -> square(2));
    Task<String> text = Parallel.submit(() -> "a");
    Task<Integer> bad = Parallel.submit(() -> square(-2));
    Task<?>[] all = {number, text, bad};

    Parallel.waitAll(number, text, bad);
    Parallel.waitAll(all);
    Parallel.waitAll();
    Task<Integer> any = Parallel.waitAny(number, bad);
    List<Task<?>> seen = new ArrayList<>();
    for (Task<?> task : Parallel.asCompleted(number, text)) {
      seen.add(task);
    }

    assertThat(all).allMatch(Task::isDone);
    assertThat(List.of(any)).containsExactly(number);
    assertThat(seen).containsExactlyInAnyOrder(number, text);
    assertThat(Parallel.waitAnyFailure(number, bad)).containsSame(bad);
    assertThat(Parallel.asCompleted(number, text).toString()).startsWith("asCompleted[2 tasks, ");
    assertThatThrownBy(() -> Parallel.waitAny()).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void aMissingFunctionIsNamed() {
    assertThatThrownBy(() -> Parallel.map(List.of(1), missing()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("the function is null");
  }

  /// What a notebook may hold.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static Function<Integer, Integer> missing() {
    return null;
  }

  @Test
  default void aLambdaWithoutAResultWillDo() throws Exception {
    assertThat(Parallel.submit(() -> Thread.sleep(1)).get()).isNull();
    Runnable runnable = () -> {};
    assertThat(Parallel.submit(runnable).get()).isNull();
  }

  @Test
  default void whatIsClosedSaysSo() throws Exception {
    Actor<Integer> actor = Parallel.actor(() -> 1);
    assertThat(actor.call(x -> x + 1).get()).isEqualTo(2);
    actor.close();
    assertThat(actor).hasToString("Actor[closed]");
    assertThatThrownBy(() -> actor.call(x -> x)).hasMessage("the actor is closed");

    Broadcast<String> value = Parallel.broadcast("text");
    assertThat(Parallel.map(List.of(1), _ -> value.get())).containsExactly("text");
    assertThat(Parallel.broadcast(new int[3])).hasToString("Broadcast[int[3]]");
    value.close();
    assertThat(value).hasToString("Broadcast[closed]");
    assertThatThrownBy(value::get).hasMessage("the broadcast value was closed");
  }

  // ---- the executor

  @Test
  default void aCancelledTaskIsOneThatHasNotReturned() throws Exception {
    ExecutorService executor = Parallel.executor();
    Callable<Integer> cancelled =
        () -> {
          throw new CancellationException("given up");
        };
    assertThat(executor.invokeAny(List.of(cancelled, () -> 2))).isEqualTo(2);
    assertThatThrownBy(() -> executor.invokeAny(List.of(cancelled)))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(CancellationException.class);
  }

  @Test
  default void aCapturedExecutorIsTheOneThere() {
    ExecutorService executor = Parallel.executor();
    ExecutorService closed = Parallel.executor();
    closed.shutdown();

    assertThat(Parallel.map(List.of(1, 2), i -> executor.submit(() -> i * 5).get()))
        .containsExactly(5, 10);
    assertThat(Parallel.map(List.of(1), _ -> executor.isShutdown() + "," + closed.isShutdown()))
        .containsExactly("false,true");
  }

  @Test
  default void theExecutorAndItsFuturesSayHowTheyAre() throws Exception {
    ExecutorService executor = Parallel.executor();
    Future<Integer> future = executor.submit(() -> 3);
    Future<String> given = executor.submit(() -> {}, "given");
    assertThat(future.get()).isEqualTo(3);
    assertThat(given.get()).isEqualTo("given");
    assertThat(future).hasToString("Task[3]");
    assertThat(given).hasToString("Task[given]");
    Future<int[]> array = executor.submit(() -> new int[3]);
    assertThat(array.get()).hasSize(3);
    assertThat(array).hasToString("Task[int[3]]");
    executor.shutdown();
    assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(executor).hasToString("Parallel.executor()[shut down, 0 tasks open]");
  }

  @Test
  default void theExecutorRunsWhatTheJdkGivesIt() throws Exception {
    ExecutorService executor = Parallel.executor();

    assertThat(executor.submit(() -> "result").get()).isEqualTo("result");
    assertThat(executor.submit(() -> {}, "given").get()).isEqualTo("given");
    List<Callable<Integer>> callables = List.of(() -> 1, () -> 2);
    assertThat(executor.invokeAll(callables)).extracting(Future::resultNow).containsExactly(1, 2);
    assertThat(executor.invokeAny(callables)).isIn(1, 2);
    ExecutorCompletionService<Integer> service = new ExecutorCompletionService<>(executor);
    service.submit(() -> 5);
    assertThat(service.take().get()).isEqualTo(5);
    assertThat(
            CompletableFuture.supplyAsync(() -> "a", executor)
                .thenApplyAsync(x -> x + "b", executor)
                .thenCombineAsync(CompletableFuture.completedFuture("c"), (x, y) -> x + y, executor)
                .handleAsync((x, failure) -> x + failure, executor)
                .get(20, TimeUnit.SECONDS))
        .isEqualTo("abcnull");
  }

  @Test
  default void shuttingTheViewDownLeavesTheWorkersAlone() throws Exception {
    ExecutorService view = Parallel.executor();
    Future<Integer> last = view.submit(() -> 1);
    view.shutdown();

    assertThat(view.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    assertThat(last.resultNow()).isEqualTo(1);
    assertThatThrownBy(() -> view.submit(() -> 1)).isInstanceOf(RejectedExecutionException.class);
    assertThat(Parallel.executor().submit(() -> 2).get()).isEqualTo(2);
  }

  @Test
  default void anExecutorHasTheOptionsAroundIt() throws Exception {
    ExecutorService own =
        Parallel.with(
            Parallel.options().backend("sequential").timeout(Duration.ofMinutes(1)),
            Parallel::executor);
    assertThat(own.submit(() -> Thread.currentThread().getName()).get())
        .isEqualTo(Thread.currentThread().getName());
  }

  @Test
  default void theEndOfAViewIsThatOfItsStagesToo() throws Exception {
    ExecutorService view = Parallel.executor();
    CompletableFuture<Integer> stage =
        CompletableFuture.supplyAsync(() -> 1, view).thenApplyAsync(x -> x + 1);
    CompletableFuture<Void> ran = CompletableFuture.runAsync(() -> {}, view);
    view.close();

    assertThat(ran).isDone();
    assertThat(stage.get(20, TimeUnit.SECONDS)).isEqualTo(2);
    assertThatThrownBy(() -> CompletableFuture.runAsync(() -> {}, view))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> view.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
  }

  // ---- inside and around

  @Test
  default void jobsInsideATaskRunInline() {
    assertThat(Parallel.map(List.of(1, 2), x -> Parallel.map(List.of(x, x + 1), y -> y * 10)))
        .containsExactly(List.of(10, 20), List.of(20, 30));
  }

  @Test
  default void scopedOptionsHoldWhereNothingElseIsSaid() {
    List<Integer> numbers =
        Parallel.with(
            Parallel.options().seed(42),
            () -> Parallel.over(IntStream.range(0, 2)).map(x -> Parallel.random().nextInt(1000)));

    assertThat(numbers).containsExactly(201, 945);
    assertThatThrownBy(() ->
            Parallel.with(
                Parallel.options().backend("elsewhere"), () -> Parallel.map(List.of(1), x -> x)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("processes, threads and sequential");
  }

  @Test
  default void aNullPointerExceptionSaysWhatWasNull() {
    Object[] none = new Object[1];

    assertThatThrownBy(() -> Parallel.map(List.of(0), x -> none[x].hashCode()))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("Object.hashCode()");
  }

  @Test
  default void anInterruptedCallerCancelsItsJob() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Parallel.map(List.of(1, 2, 3), x -> sleepLong(x)))
        .isInstanceOf(CancellationException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(Parallel.map(List.of(5), x -> x)).containsExactly(5);
  }

  static int sleepLong(int x) throws InterruptedException {
    Thread.sleep(600_000); // until it is interrupted, unless it never starts
    return x;
  }
}
