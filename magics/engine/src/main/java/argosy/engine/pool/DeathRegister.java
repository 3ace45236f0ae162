package argosy.engine.pool;

import argosy.ParallelException;
import argosy.WorkerLostException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/// Which workers have died and why: for the tasks that they ran, and for `%workers`. Safe from any
/// thread.
final class DeathRegister {

  private static final int REMEMBERED = 50;

  /// Makes what is thrown for a call that a worker's end has cost.
  private interface Loss {
    ParallelException of(RemoteCall call, int index);
  }

  private final Map<Integer, Loss> losses = new ConcurrentHashMap<>();
  private final Deque<WorkerDeath> deaths = new ConcurrentLinkedDeque<>();
  private volatile long knownKills = MachineMemory.kills();

  /// {@return the workers that ended though nobody asked them to, the last one last}
  List<WorkerDeath> deaths() {
    return List.copyOf(deaths);
  }

  private void remember(WorkerDeath death) {
    deaths.add(death);
    if (deaths.size() > REMEMBERED) {
      deaths.poll();
    }
  }

  /// A worker will never be ready.
  void failedToStart(WorkerLink link, ParallelException why) {
    if (!link.isLeaving()) {
      remember(link.death(String.valueOf(why.getMessage())));
    }
    losses.put(link.number(), (_, _) -> why);
  }

  /// A worker is to be replaced for what it keeps.
  void outgrown(WorkerLink link, long bytes) {
    remember(
        link.death(
            "it was replaced between two tasks, because its process had grown to %,d MB"
                .formatted(bytes >> 20)));
  }

  /// A worker has ended.
  ///
  /// @param heap what its heap was limited to, or null
  /// @return why
  String lost(WorkerLink link, ProcessEnd end, @Nullable String heap) {
    long kills = MachineMemory.kills();
    ProcessEnd.Context context =
        new ProcessEnd.Context(heap, link.memory().lastBytes(), kills > knownKills);
    knownKills = kills;
    String cause = link.causeOf(end, context);
    if (!link.isLeaving()) {
      remember(link.death(cause));
    }
    losses.put(
        link.number(),
        (call, index) ->
            new WorkerLostException(
                "%s was lost, because worker %d (pid %d) died while it ran it: %s"
                    .formatted(call.name(index), link.number(), link.pid(), cause)));
    return cause;
  }

  /// {@return what is thrown for a call that this worker's end has cost}
  ///
  /// @param index which one of the call's tasks ran
  ParallelException causeFor(RemoteCall call, int index, int worker) {
    Loss loss = losses.get(worker);
    return loss == null
        ? new WorkerLostException(
            "worker %d is gone, and what lived there; make it again, and it lives on another one"
                .formatted(worker))
        : loss.of(call, index);
  }

  /// All calls that this worker's end has cost know it.
  void forget(int worker) {
    losses.remove(worker);
  }
}
