package argosy.engine.schedule;

/// A task that has not ended, as it stands.
///
/// @param number that of its first call
/// @param calls how many it is, without those that were given back
/// @param worker where it was sent, or 0
/// @param since when it was submitted, or began to run, on the clock of the schedule
public record Standing<T>(long number, int calls, T task, int worker, Phase phase, long since) {

  /// What happens to it.
  public enum Phase {
    /// It waits for the value of another task, and the schedule does not know it.
    WAITING,
    /// It waits for a worker.
    QUEUED,
    /// It waits on a worker for the task that runs there.
    SENT,
    /// It runs.
    RUNNING,
    /// Nobody wants it any more, but it was not to be interrupted: it runs to its end.
    ABANDONED,
    /// It is over for everybody else: its worker has been told to end it, and has not said so.
    ENDING
  }

  static <T> Standing<T> of(Entry<T> entry) {
    Worker<T> worker = entry.worker;
    boolean isRunning = worker != null && worker.sent.peekFirst() == entry;
    Phase phase;
    if (worker == null) {
      phase = Phase.QUEUED;
    } else if (entry.isInterrupted) {
      phase = Phase.ENDING;
    } else if (entry.isOver) {
      phase = Phase.ABANDONED;
    } else {
      phase = isRunning ? Phase.RUNNING : Phase.SENT;
    }
    return new Standing<>(
        entry.id,
        entry.width,
        entry.task,
        worker == null ? 0 : worker.number,
        phase,
        isRunning ? entry.began : entry.submitted);
  }
}
