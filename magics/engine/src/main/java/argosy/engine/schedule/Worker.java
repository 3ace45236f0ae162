package argosy.engine.schedule;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/// A worker as the schedule sees it. It runs what it was sent in order: the first one runs.
final class Worker<T> {

  final int number;
  final ArrayDeque<Entry<T>> sent = new ArrayDeque<>();

  /// How many of the sent calls belong to each job; in an order that depends on nothing else.
  final Map<Job<T>, Integer> jobs = new LinkedHashMap<>(4);

  /// How many messages with tasks are not fully answered.
  int frames;

  boolean isReady;

  /// Gets no more tasks, and leaves when it has none.
  boolean isRetiring;

  /// Was told to stop or is being killed; all that is left to hear is that it is gone.
  boolean isLeaving;

  /// Gets no tasks but those that are meant for it.
  boolean isApart;

  /// Whether it has ever been sent a task.
  boolean hasWorked;

  /// How many things live there and nowhere else.
  int residents;

  /// Whether something lives there that a worker in its place would have to make anew.
  boolean hasState;

  /// Whether its first task takes so long that what waited behind it was asked back; and whether it
  /// has not answered that.
  boolean isStuck;

  boolean isAsked;

  boolean isIdle;
  boolean isRoomy;

  /// When something is to be done about the running task, if `hasDeadline`.
  long deadline;

  boolean hasDeadline;

  Worker(int number) {
    this.number = number;
  }

  /// {@return whether it takes tasks, now or after those that it has}
  boolean isAvailable() {
    return isReady && !isRetiring && !isLeaving;
  }

  /// {@return whether it takes any task}
  boolean takesAny() {
    return isAvailable() && !isApart && !isAsked;
  }

  /// {@return whether nothing is lost if it rests}
  boolean mayRest() {
    return residents == 0 && !hasState;
  }
}
