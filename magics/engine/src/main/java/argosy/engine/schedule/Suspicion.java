package argosy.engine.schedule;

import org.jspecify.annotations.Nullable;

/// Decides which task a worker's death is put down to.
final class Suspicion {

  /// How many workers may die around a task before it is blamed without proof.
  private static final int MAX_SUSPICIONS = 3;

  private Suspicion() {}

  /// {@return the task that is blamed, or null; a worker that was told to go died of that}
  ///
  /// @param running the number of the task that it ran, or 0 if it ran none or nobody knows
  static <T> @Nullable Entry<T> guilty(Worker<T> worker, long running) {
    Entry<T> guilty = null;
    for (Entry<T> entry : worker.sent) {
      if (entry.hasCall(running)) {
        guilty = entry;
      }
    }
    if (guilty != null && worker.isLeaving && !guilty.isOver) {
      // The worker was killed for the task before, which gave in at the last moment after all.
      return null;
    }
    if (guilty == null && !worker.isLeaving && !worker.sent.isEmpty()) {
      Entry<T> first = worker.sent.getFirst();
      first.suspicions++;
      return first.suspicions >= MAX_SUSPICIONS ? first : null;
    }
    return guilty;
  }
}
