package argosy.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.schedule.SimulatedFleet.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Goes through everything that can happen to a small schedule, in every order: after each event
/// all invariants hold, and from each state every task still comes to its end.
class ScheduleExplorationTest {

  /// What there is, and how often each kind of accident may happen.
  enum World {
    /// Two workers, a job of three tasks.
    ONE_JOB(2, 0, 5_000, Map.of("Submit", 1, "Die", 2, "FailToStart", 1, "Cancel", 1)),
    /// One worker, two jobs; the second one's tasks have a timeout.
    TWO_JOBS(1, 2_000, 4_000, Map.of("Submit", 2, "Die", 1, "Cancel", 2, "Retire", 1)),
    /// A pool that is resized, stopped, and rests when nobody uses it.
    CHANGING_POOL(
        2,
        0,
        700,
        Map.of("Submit", 2, "Die", 1, "Resize", 2, "StopAll", 1, "Retire", 1, "FailToStart", 1));

    final int workers;
    final long timeoutNanos;
    final long restNanos;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    final Map<String, Integer> budget;

    World(int workers, long timeoutNanos, long restNanos, Map<String, Integer> budget) {
      this.workers = workers;
      this.timeoutNanos = timeoutNanos;
      this.restNanos = restNanos;
      this.budget = budget;
    }

    SimulatedFleet fleet() {
      SimulatedFleet fleet = new SimulatedFleet(workers, restNanos);
      fleet.addJob(JobLimits.NONE, 2);
      fleet.addJob(new JobLimits(1, 2, timeoutNanos));
      return fleet;
    }
  }

  /// More than a mistake in the schedule has ever needed to show; a few seconds.
  private static final int MAX_STATES = 6_000;

  @ParameterizedTest
  @EnumSource(World.class)
  void everyTaskEndsOnceInEveryOrderOfEvents(World world) {
    Set<String> seen = new HashSet<>();
    Set<String> kinds = new HashSet<>();
    Deque<List<Event>> open = new ArrayDeque<>(List.of(List.of()));
    while (!open.isEmpty() && seen.size() < MAX_STATES) {
      List<Event> path = open.remove();
      for (Event event : possible(world, path)) {
        kinds.add(kind(event));
        List<Event> longer = Stream.concat(path.stream(), Stream.of(event)).toList();
        if (seen.add(arrive(world, longer))) {
          open.add(longer);
        }
      }
    }

    assertThat(seen).hasSizeGreaterThan(2_000);
    assertThat(kinds).containsAll(world.budget.keySet()).contains("Start", "Answer");
  }

  /// Goes a path, checks that every task can come to its end from there, and tells the state.
  private static String arrive(World world, List<Event> path) {
    try {
      SimulatedFleet fleet = go(world, path);
      String state = fleet.fingerprint() + spent(path);
      fleet.settle();
      return state;
    } catch (Throwable e) {
      throw new AssertionError("after " + path, e);
    }
  }

  private static SimulatedFleet go(World world, List<Event> path) {
    SimulatedFleet fleet = world.fleet();
    path.forEach(fleet::apply);
    return fleet;
  }

  private static List<Event> possible(World world, List<Event> path) {
    SimulatedFleet fleet = go(world, path);
    Map<String, Long> spent = spent(path);
    List<Event> events = new ArrayList<>(fleet.possible());
    // A first job of three tasks, then one of two: in one world only the first.
    long submits = spent.getOrDefault("Submit", 0L);
    events.add(submits == 0 ? new Event.Submit(0, 3) : new Event.Submit(1, 2));
    events.add(new Event.Resize(1));
    events.add(new Event.Resize(3));
    events.add(new Event.StopAll());
    events.removeIf(event -> isTooMuch(world, event, spent));
    return events;
  }

  /// Starts, answers and waits are no accidents.
  private static boolean isTooMuch(World world, Event event, Map<String, Long> spent) {
    return switch (event) {
      case Event.Start _, Event.Answer _, Event.Wait _ -> false;
      default -> spent.getOrDefault(kind(event), 0L) >= world.budget.getOrDefault(kind(event), 0);
    };
  }

  private static Map<String, Long> spent(List<Event> path) {
    return path.stream()
        .filter(event -> !(event instanceof Event.Start || event instanceof Event.Answer))
        .filter(event -> !(event instanceof Event.Wait))
        .collect(
            Collectors.groupingBy(
                ScheduleExplorationTest::kind, TreeMap::new, Collectors.counting()));
  }

  private static String kind(Event event) {
    return event.getClass().getSimpleName();
  }
}
