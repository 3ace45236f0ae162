package argosy.engine.schedule;

import org.jspecify.annotations.Nullable;

/// A task in the schedule: queued in its job, or sent to a worker.
final class Entry<T> {

  final long id;
  final T task;
  final Job<T> job;

  /// How many calls it is: their numbers count on from `id`. Fewer when some were given back.
  int width;

  /// When it was submitted, and when it began to run, if it has.
  final long submitted;

  long began;

  /// Where it was sent, or null while it is queued.
  @Nullable Worker<T> worker;

  /// Whether it runs on the worker that it was submitted to, or not at all.
  boolean isPinned;

  /// Whether the caller has been told of its end, or does not want to know.
  boolean isOver;

  /// Whether its worker was told to end it.
  boolean isInterrupted;

  /// Whether the frame that brought it to the worker ends with it.
  boolean endsFrame;

  /// How many workers died with this task first in line, without a sign that it ran.
  int suspicions;

  Entry(long id, T task, Job<T> job, long now) {
    this.id = id;
    this.task = task;
    this.job = job;
    this.submitted = now;
    this.width = job.width.applyAsInt(task);
  }

  /// {@return whether the calls that its worker has not begun may go to another one}
  boolean mayBeDivided() {
    return width > 1 && job.limits.batch() == 0;
  }

  boolean hasCall(long number) {
    return number >= id && number < id + width;
  }
}
