package argosy.engine;

import argosy.engine.pool.TaskStatus;
import argosy.engine.schedule.Standing.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Tasks that wait for the values of others, and have no call so far. Safe from any thread.
final class WaitingTasks {

  private record Waiting(long number, long since) {}

  private final Map<EngineTask<?>, Waiting> tasks = new ConcurrentHashMap<>();
  private final LongSupplier numbers;

  /// @param numbers gives a number that no task had before
  WaitingTasks(LongSupplier numbers) {
    this.numbers = numbers;
  }

  /// A task waits, until [#begins] or its end.
  void add(EngineTask<?> task) {
    tasks.put(task, new Waiting(numbers.getAsLong(), System.nanoTime()));
    var _ = task.whenComplete((_, _) -> begins(task));
  }

  /// A task waits no longer.
  void begins(EngineTask<?> task) {
    tasks.remove(task);
  }

  /// {@return those that wait}
  List<TaskStatus> tasks() {
    long now = System.nanoTime();
    return tasks.entrySet().stream()
        .map(entry -> {
          EngineTask<?> task = entry.getKey();
          Waiting waiting = entry.getValue();
          Duration time = Duration.ofNanos(now - waiting.since());
          return new TaskStatus(
              waiting.number(), 1, task.what(0), Phase.WAITING, 0, -1, time, task.tries(), task);
        })
        .toList();
  }
}
