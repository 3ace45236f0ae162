package argosy.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.schedule.SimulatedFleet.Event;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Drives a schedule through long random histories: more workers, jobs and tasks at a time than can
/// be explored in every order.
class ScheduleRandomTest {

  static LongStream seeds() {
    return LongStream.range(0, 500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyTaskEndsExactlyOnceWhateverHappens(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    SimulatedFleet fleet =
        new SimulatedFleet(random.nextInt(1, 5), random.nextBoolean() ? 0 : 3_000);
    for (int step = 0; step < 400; step++) {
      fleet.pass(random.nextInt(300));
      fleet.taskNanos = random.nextInt(20_000);
      fleet.apply(next(fleet, random));
    }
    fleet.settle();

    assertThat(fleet.submitted).hasSizeGreaterThan(50);
  }

  private static Event next(SimulatedFleet fleet, SplittableRandom random) {
    List<Event> possible = fleet.possible();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> new Event.Submit(job(fleet, random), random.nextInt(1, 8));
      case 3 -> control(random);
      default -> {
        // Answers and starts are what mostly happens.
        List<Event> usual =
            possible.stream()
                .filter(event -> event instanceof Event.Answer || event instanceof Event.Start)
                .toList();
        List<Event> choice = usual.isEmpty() || random.nextInt(3) == 0 ? possible : usual;
        yield choice.isEmpty()
            ? new Event.Submit(job(fleet, random), 1)
            : choice.get(random.nextInt(choice.size()));
      }
    };
  }

  private static int job(SimulatedFleet fleet, SplittableRandom random) {
    return fleet.jobCount() == 0 || random.nextInt(4) == 0
        ? fleet.addJob(
            new JobLimits(random.nextInt(3), random.nextInt(4), random.nextBoolean() ? 0 : 2_000),
            random.nextInt(1, 4))
        : random.nextInt(fleet.jobCount());
  }

  private static Event control(SplittableRandom random) {
    return switch (random.nextInt(14)) {
      case 0 -> new Event.StopAll();
      case 8, 9 -> new Event.Settle(random.nextInt(1, 30), random.nextInt(3) == 0);
      case 10, 11 -> new Event.Vacate(random.nextInt(1, 30));
      case 12, 13 -> new Event.SetApart(random.nextInt(1, 30));
      case 1, 2 -> new Event.Require(random.nextInt(1, 5));
      default -> new Event.Resize(random.nextInt(1, 5));
    };
  }
}
