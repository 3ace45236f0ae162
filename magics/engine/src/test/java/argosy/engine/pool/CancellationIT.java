package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Actor;
import argosy.DeadlineExceededException;
import argosy.Engine;
import argosy.Parallel;
import argosy.Task;
import argosy.engine.LocalEngine;
import argosy.engine.RecordingHost;
import java.io.Serial;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is cancelled ends, and only that.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class CancellationIT {

  private final RecordingHost host = new RecordingHost();
  private final LocalEngine engine = new LocalEngine(host);

  @TempDir private Path directory;

  @BeforeAll
  void start() {
    Engine.install(engine);
    engine.configure(new WorkerSettings(2, "processes", "64m", List.of()));
  }

  @AfterAll
  void close() {
    engine.close();
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }

  // ---- an interrupt ends what is being started

  /// The user interrupts the cell while this is captured.
  private static final class Untimely implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private static volatile Runnable interrupt = () -> {};

    @Serial
    private Object writeReplace() {
      interrupt.run();
      return "captured";
    }
  }

  @Test
  void anInterruptWhileATaskIsCapturedEndsItAndNoLaterOne() throws Exception {
    Untimely.interrupt = host::interrupt;
    Object captured = new Untimely();

    Task<String> task = Parallel.submit(() -> captured + " and run");
    Task<String> later = Parallel.submit(() -> "later");

    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    assertThat(later.get()).isEqualTo("later");
  }

  @Test
  void anInterruptOfAnotherCellWhileATaskIsCapturedLeavesItAlone() throws Exception {
    Untimely.interrupt =
        () -> {
          host.enter("another cell");
          host.interrupt();
        };
    Object captured = new Untimely();

    Task<String> task = Parallel.submit(() -> captured + " and run");

    assertThat(task.get()).isEqualTo("captured and run");
  }

  @Test
  void anInterruptEndsTheWaitForABroadcast() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Parallel.broadcast("a value"))
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted before the value was on the workers");
    assertThat(Thread.interrupted()).isTrue();
  }

  // ---- no interrupt lands in another task

  /// What a task can be doing when its interrupt comes.
  enum Work {
    SPIN,
    SLEEP,
    LOCK,
    ALLOCATE,
    NOTHING;

    /// {@return whether nothing has disturbed this task}
    boolean isUndisturbed(int micros) {
      boolean isUndisturbed = !Thread.currentThread().isInterrupted();
      long end = System.nanoTime() + micros * 1_000L;
      try {
        while (this != NOTHING && System.nanoTime() < end) {
          switch (this) {
            case SPIN, NOTHING -> Thread.onSpinWait();
            case SLEEP -> Thread.sleep(0, 50_000);
            case LOCK -> {
              synchronized (this) {
                Thread.onSpinWait();
              }
            }
            case ALLOCATE -> isUndisturbed &= new byte[1000].length == 1000;
          }
          isUndisturbed &= !Thread.currentThread().isInterrupted();
        }
      } catch (InterruptedException e) {
        return false;
      }
      return isUndisturbed;
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 6);
  }

  /// Cancels, interrupts cells and runs into timeouts at random moments, before, in and after tasks
  /// of every kind: those that nobody ended are never disturbed.
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noTaskEverGetsTheInterruptOfAnother(long seed) throws Exception {
    List<WorkerDeath> deaths = engine.deaths();
    SplittableRandom random = new SplittableRandom(seed);
    List<Task<Boolean>> kept = new ArrayList<>();
    int ended = 0;
    for (int i = 0; i < 250; i++) {
      boolean isVictim = random.nextInt(3) == 0;
      host.enter(isVictim ? "cell of victims" : "cell of others");
      Work work = Work.values()[random.nextInt(Work.values().length)];
      int micros = random.nextInt(600);
      Task<Boolean> task = Parallel.submit(() -> work.isUndisturbed(micros));
      if (!isVictim) {
        kept.add(task);
        continue;
      }
      LockSupport.parkNanos(random.nextInt(800_000));
      ended++;
      switch (random.nextInt(3)) {
        case 0 -> host.interrupt();
        case 1 -> {
          boolean _ = task.cancel(true);
        }
        default -> {
          boolean _ = task.cancel(false);
        }
      }
    }

    for (Task<Boolean> task : kept) {
      assertThat(task.get()).isTrue();
    }
    assertThat(ended).isGreaterThan(40);
    assertThat(engine.deaths()).isEqualTo(deaths);
  }

  // ---- the others are spared

  @Test
  void aTimeoutEndsItsTaskAndNoOther() throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int number = i;
      tasks.add(
          Parallel.with(
              Parallel.options().timeout(Duration.ofMillis(number == 2 ? 300 : 60_000)),
              () ->
                  Parallel.submit(() -> {
                    Thread.sleep(number == 2 ? 60_000 : 20);
                    return number;
                  })));
    }

    for (int i = 0; i < 6; i++) {
      if (i == 2) {
        assertThatThrownBy(tasks.get(i)::get).cause().isInstanceOf(DeadlineExceededException.class);
      } else {
        assertThat(tasks.get(i).get()).isEqualTo(i);
      }
    }
  }

  @Test
  void theFirstFailureEndsAMapThoughItsOthersSleep() {
    assertThatThrownBy(() ->
            Parallel.over(List.of(0, 1))
                .batch(1)
                .map(x -> {
                  if (x == 0) {
                    throw new IllegalStateException("early");
                  }
                  Thread.sleep(600_000);
                  return x;
                }))
        .isInstanceOf(IllegalStateException.class);

    // Its other task gave its worker back.
    assertThat(Parallel.map(List.of(1, 2, 3, 4), x -> x)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aStreamThatIsDroppedCancelsTheRest() throws Exception {
    String started = Files.createDirectory(directory.resolve("started")).toString();
    try (Stream<Integer> stream =
        Parallel.over(Stream.iterate(0, x -> x + 1)).batch(1).stream(x -> {
          if (x >= 2) {
            Files.createFile(Path.of(started, "task-" + x));
            Thread.sleep(600_000);
          }
          return x;
        })) {
      Iterator<Integer> results = stream.iterator();
      assertThat(results.next()).isEqualTo(0);
      assertThat(results.next()).isEqualTo(1);
      assertThat(Footprint.await(() -> count(Path.of(started)) >= 2)).isTrue();
    }

    assertThat(Parallel.map(List.of(1, 2, 3), x -> x)).containsExactly(1, 2, 3);
    assertThat(
            Footprint.await(
                () -> engine.status().stream().allMatch(worker -> worker.state().equals("idle"))))
        .isTrue();
    // Nobody starts what was only waiting.
    long begun = count(Path.of(started));
    assertThat(Parallel.map(IntStream.range(0, 100), x -> x)).hasSize(100);
    assertThat(count(Path.of(started))).isEqualTo(begun);
  }

  private static long count(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? 0 : names.length;
  }

  @Test
  void aStormOfCancellationsLeavesThePoolAsItWas() throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      tasks.add(
          Parallel.submit(() -> {
            Thread.sleep(60_000);
            return 1;
          }));
    }
    SplittableRandom random = new SplittableRandom(48);
    while (!tasks.isEmpty()) {
      assertThat(tasks.remove(random.nextInt(tasks.size())).cancel(true)).isTrue();
    }

    assertThat(Parallel.submit(() -> 7).get()).isEqualTo(7);
    assertThat(engine.status()).hasSize(2);
  }

  @Test
  void whatWasSentAheadAndIsWithdrawnDoesNotBegin() throws Exception {
    String begun = directory.resolve("begun").toString();
    String open = directory.resolve("open").toString();
    try (Actor<List<String>> actor = Parallel.actor(() -> new ArrayList<String>())) {
      // What an actor is to do is sent at once, whatever it does.
      Task<Boolean> first =
          actor.call(calls -> {
            Files.createFile(Path.of(begun));
            while (!Files.exists(Path.of(open))) {
              Thread.onSpinWait();
            }
            return calls.add("first");
          });
      Task<Boolean> second = actor.call(calls -> calls.add("second"));
      Task<List<String>> third = actor.call(calls -> List.copyOf(calls));
      assertThat(Footprint.await(() -> Files.exists(Path.of(begun)))).isTrue();

      assertThat(second.cancel(false)).isTrue();
      // Once the worker has answered this, it has read what was said before.
      assertThat(engine.threads(_ -> true)).isNotEmpty();
      Files.createFile(Path.of(open));

      assertThat(first.get()).isTrue();
      assertThat(third.get()).containsExactly("first");
    }
  }

  @Test
  void aCancelledTaskIsCancelledForWhoeverWaits() {
    Task<Integer> task =
        Parallel.submit(() -> {
          Thread.sleep(60_000);
          return 1;
        });
    Task<Integer> next = task.then(x -> x + 1);

    assertThat(task.cancel(true)).isTrue();

    assertThatThrownBy(task::get).isInstanceOf(CancellationException.class);
    assertThatThrownBy(next::get).hasRootCauseInstanceOf(CancellationException.class);
  }
}
