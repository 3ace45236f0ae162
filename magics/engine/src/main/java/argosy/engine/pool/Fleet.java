package argosy.engine.pool;

import java.util.List;

/// Carries out what a schedule decides. The methods above the line are called under the
/// dispatcher's lock, in the schedule's order, and must not block; those below it without the lock.
interface Fleet<T> {

  /// What those hear who ask for more after the end.
  String CLOSED = "the workers were closed for good; start a new engine";

  void launch(int worker);

  void run(int worker, List<T> calls);

  void interrupt(int worker, T call);

  /// Nobody wants this call any more, unless it has begun.
  void skip(int worker, T call);

  /// This worker is to begin none of these calls from now on that it has not begun, nor the rest of
  /// several in one, unless they have to stay together. Which these are the dispatcher is told
  /// later, without the lock.
  void recall(int worker, List<T> calls);

  void stop(int worker);

  void kill(int worker);

  /// Nobody has used the workers for long: those of them that are left were told to go.
  void rest();

  // ---- without the lock

  /// [#launch] has thrown. Tells the dispatcher that the worker has failed to start.
  void failedToLaunch(int worker, Throwable why);

  /// Makes sure that what this worker was told is on its way.
  void flush(int worker);

  /// Makes sure that a [#recall] is answered.
  void flushRecall(int worker);

  /// A worker has begun only so many of several calls in one, and will not begin the others.
  void givenBack(T call, int kept);

  /// A call took longer than it may.
  ///
  /// @param timeoutNanos how long that is
  void expired(T call, int worker, long timeoutNanos);

  /// A call's worker died while it ran.
  ///
  /// @param number which one it was, if there are several in one
  void died(T call, int worker, long number);

  /// A call never got a worker.
  void refused(T call, int worker);

  /// All workers were stopped before a call ended.
  void abandoned(T call);
}
