package argosy.engine.schedule;

import java.util.List;

/// What a [Schedule] wants done.
///
/// @param <T> the tasks, as the caller knows them
public sealed interface Instruction<T> {

  /// Start this worker, then say [Schedule#started] or [Schedule#failedToStart].
  record Launch<T>(int worker) implements Instruction<T> {}

  /// Let this worker run these tasks of one job, one after the other, after those it already has.
  record Run<T>(int worker, List<T> tasks) implements Instruction<T> {}

  /// Make this worker end or skip a task; its end is still to be reported with [Schedule#ended].
  record Interrupt<T>(int worker, T task) implements Instruction<T> {}

  /// Make this worker skip a task if it has not begun it; its end is still to be reported with
  /// [Schedule#ended].
  record Skip<T>(int worker, T task) implements Instruction<T> {}

  /// Take back those of these tasks that this worker has not begun, whose order is that in which it
  /// was sent them, and if the first of them runs and is several calls, those of them that it has
  /// not begun; then say [Schedule#recalled].
  record Recall<T>(int worker, List<T> tasks) implements Instruction<T> {}

  /// A worker will begin only some of the calls that a task is; the others are out of the schedule.
  ///
  /// @param kept how many it has begun
  record GiveBack<T>(T task, int kept) implements Instruction<T> {}

  /// Tell this worker, which has nothing to do, to leave; then say [Schedule#lost].
  record Stop<T>(int worker) implements Instruction<T> {}

  /// End this worker by force; then say [Schedule#lost].
  record Kill<T>(int worker) implements Instruction<T> {}

  /// All workers were told to go, because nobody has used them for long: keep nothing in reserve
  /// for them either.
  record Rest<T>() implements Instruction<T> {}

  /// A task has run longer than it may; it is out of the schedule.
  ///
  /// @param timeoutNanos how long it was allowed to run
  record Expire<T>(T task, int worker, long timeoutNanos) implements Instruction<T> {}

  /// A task was running when its worker died; it is out of the schedule.
  ///
  /// @param call the number of the call that ran, if the task is several
  record Lose<T>(T task, int worker, long call) implements Instruction<T> {}

  /// No worker could be started for a task; it is out of the schedule.
  ///
  /// @param worker the one that failed last
  record Refuse<T>(T task, int worker) implements Instruction<T> {}

  /// All workers were stopped before this task ended; it is out of the schedule.
  record Abandon<T>(T task) implements Instruction<T> {}
}
