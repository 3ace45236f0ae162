package argosy.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.schedule.Instruction.Abandon;
import argosy.engine.schedule.Instruction.Expire;
import argosy.engine.schedule.Instruction.Interrupt;
import argosy.engine.schedule.Instruction.Kill;
import argosy.engine.schedule.Instruction.Launch;
import argosy.engine.schedule.Instruction.Lose;
import argosy.engine.schedule.Instruction.Refuse;
import argosy.engine.schedule.Instruction.Run;
import argosy.engine.schedule.Instruction.Stop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drives a schedule with a fleet that lives only in this test, through whatever may happen in any
/// order.
class ScheduleRandomTest {

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTaskEndsExactlyOnceWhateverHappens(long seed) {
    Simulation simulation = new Simulation(seed);
    for (int step = 0; step < 400; step++) {
      simulation.step();
    }
    simulation.settle();

    assertThat(simulation.ended).isEqualTo(simulation.submitted);
    assertThat(simulation.submitted).isNotEmpty();
  }

  private static final class Simulation {

    private final SplittableRandom random;
    private final Schedule<Long> schedule;
    private final List<Job<Long>> jobs = new ArrayList<>();

    /// What each worker was sent and has not answered.
    private final Map<Integer, Deque<Long>> workers = new TreeMap<>();

    private final Set<Integer> starting = new HashSet<>();
    private final Set<Integer> leaving = new HashSet<>();
    private final Set<Long> submitted = new HashSet<>();
    private final Set<Long> ended = new HashSet<>();
    private long now;
    private long lastId;

    Simulation(long seed) {
      random = new SplittableRandom(seed);
      schedule =
          new Schedule<>(new SchedulePolicy(500, 1_000, 10_000, 8, 4), random.nextInt(1, 5), now);
    }

    void step() {
      now += random.nextInt(300);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> submit();
        case 3, 4, 5, 6 -> answer();
        case 7 -> start(random.nextInt(4) != 0);
        case 8 -> die();
        case 9 -> cancel();
        case 10 -> schedule.tick(now);
        default -> control();
      }
      obey();
    }

    private void submit() {
      if (jobs.isEmpty() || random.nextInt(4) == 0) {
        JobLimits limits =
            new JobLimits(random.nextInt(3), random.nextInt(4), random.nextBoolean() ? 0 : 2_000);
        jobs.add(new Job<>(limits, new TaskTimes()));
      }
      List<Long> tasks = new ArrayList<>();
      long first = lastId + 1;
      for (int i = random.nextInt(1, 8); i > 0; i--) {
        tasks.add(++lastId);
      }
      submitted.addAll(tasks);
      schedule.submit(jobs.get(random.nextInt(jobs.size())), first, tasks, now);
    }

    private Deque<Long> sent(int worker) {
      return Objects.requireNonNull(workers.get(worker), () -> "there is no worker " + worker);
    }

    private void answer() {
      List<Integer> busy =
          workers.keySet().stream().filter(worker -> !sent(worker).isEmpty()).toList();
      if (!busy.isEmpty()) {
        int worker = busy.get(random.nextInt(busy.size()));
        long task = sent(worker).remove();
        Long known = schedule.ended(worker, task, random.nextInt(20_000), now);
        if (known != null) {
          end(known);
        }
        assertThat(schedule.ended(worker, task, 1, now)).isNull();
      }
    }

    private void start(boolean succeeds) {
      starting.stream()
          .min(Integer::compare)
          .ifPresent(worker -> {
            starting.remove(worker);
            if (succeeds) {
              workers.put(worker, new ArrayDeque<>());
              schedule.started(worker, now);
            } else {
              schedule.failedToStart(worker);
            }
          });
    }

    private void die() {
      if (workers.isEmpty()) {
        return;
      }
      List<Integer> numbers = List.copyOf(workers.keySet());
      int worker = numbers.get(random.nextInt(numbers.size()));
      lose(worker, random.nextInt(4) != 0);
    }

    private void lose(int worker, boolean isKnown) {
      Deque<Long> had = sent(worker);
      workers.remove(worker);
      leaving.remove(worker);
      long running = had.isEmpty() || !isKnown ? 0 : had.peek();
      schedule.lost(worker, running, now);
    }

    private void cancel() {
      if (lastId > 0) {
        long id = random.nextLong(1, lastId + 1);
        if (schedule.cancel(id, random.nextBoolean(), now)) {
          end(id);
        }
      }
    }

    private void control() {
      switch (random.nextInt(8)) {
        case 0 -> schedule.stop();
        case 1, 2, 3 -> schedule.resize(random.nextInt(1, 5));
        case 4 -> schedule.require(random.nextInt(1, 5));
        default -> leaving.stream().findFirst().ifPresent(worker -> lose(worker, true));
      }
    }

    private void obey() {
      schedule.check();
      for (Instruction<Long> instruction : schedule.take()) {
        switch (instruction) {
          case Launch<Long>(int worker) -> assertThat(starting.add(worker)).isTrue();
          case Run<Long>(int worker, List<Long> tasks) -> {
            assertThat(leaving).doesNotContain(worker);
            assertThat(ended).doesNotContainAnyElementsOf(tasks);
            sent(worker).addAll(tasks);
          }
          case Stop<Long>(int worker) -> {
            assertThat(sent(worker)).isEmpty();
            assertThat(leaving.add(worker)).isTrue();
          }
          case Kill<Long>(int worker) -> {
            if (starting.remove(worker)) {
              workers.put(worker, new ArrayDeque<>());
            }
            assertThat(leaving.add(worker)).isTrue();
          }
          case Interrupt<Long>(int worker, Long task) -> assertThat(sent(worker)).contains(task);
          case Expire<Long>(Long task, _) -> end(task);
          case Lose<Long>(Long task, _, _) -> end(task);
          case Refuse<Long>(Long task, _) -> end(task);
          case Abandon<Long>(Long task) -> end(task);
        }
      }
    }

    private void end(long task) {
      assertThat(ended.add(task)).as("first end of task %d", task).isTrue();
    }

    /// Lets everything that is under way come to its end, without further accidents.
    void settle() {
      for (int i = 0; i < 10_000 && !ended.equals(submitted); i++) {
        now += 1_000;
        schedule.tick(now);
        obey();
        start(true);
        obey();
        List.copyOf(leaving)
            .forEach(worker -> {
              lose(worker, true);
              obey();
            });
        answer();
        obey();
      }
    }
  }
}
