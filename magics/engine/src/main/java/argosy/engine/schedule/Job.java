package argosy.engine.schedule;

import java.util.ArrayDeque;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Tasks that share a function and its limits, as the schedule sees them.
///
/// @param <T> the tasks, as the caller knows them
public final class Job<T> {

  final JobLimits limits;
  final TaskTimes times;
  final ToIntFunction<? super T> width;

  /// Tasks that no worker has; cancelled ones stay until they come to the front.
  final ArrayDeque<Entry<T>> queue = new ArrayDeque<>();

  /// How many calls in `queue` are to run.
  int queued;

  /// How many workers have tasks of this job.
  int workers;

  /// Whether the job waits in the schedule's ring for a worker.
  boolean isInRing;

  /// A job without tasks.
  ///
  /// @param times shared by jobs whose tasks should take equally long
  public Job(JobLimits limits, TaskTimes times) {
    this(limits, times, _ -> 1);
  }

  /// A job whose tasks may be chunks of several calls each.
  ///
  /// @param width how many calls a task is, each with a number of its own
  public Job(JobLimits limits, TaskTimes times, ToIntFunction<? super T> width) {
    this.limits = limits;
    this.times = times;
    this.width = width;
  }

  /// {@return how long its tasks take}
  public TaskTimes times() {
    return times;
  }

  boolean mayUseAnotherWorker() {
    return limits.workers() == 0 || workers < limits.workers();
  }

  /// Takes the first task that is to run, or null.
  @Nullable Entry<T> poll() {
    for (Entry<T> entry; (entry = queue.poll()) != null; ) {
      if (!entry.isOver) {
        queued -= entry.width;
        return entry;
      }
    }
    return null;
  }

  void addFirst(Entry<T> entry) {
    queue.addFirst(entry);
    queued += entry.width;
  }

  void addLast(Entry<T> entry) {
    queue.addLast(entry);
    queued += entry.width;
  }
}
