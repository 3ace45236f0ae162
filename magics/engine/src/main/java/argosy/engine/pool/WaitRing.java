package argosy.engine.pool;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds tasks that wait for each other: each for actors on workers that wait as well. Guarded by
/// its caller.
/*
 * A worker does one thing at a time, so a task that waits there keeps all calls from the actors that
 * live there. It goes on when one of the calls that it has made is answered. Workers are stuck if each
 * of them waits, and all calls that it waits for are to run on workers that are stuck: the largest set
 * of which this is true is found by taking those away of which it is not.
 */
final class WaitRing {

  /// A call that a task has made and that has not been answered.
  ///
  /// @param id the number under which it runs
  /// @param task which task has made it
  /// @param from the worker that runs the task
  /// @param to the worker of the actor
  record OpenCall(long id, long task, int from, int to) {}

  private final Map<Long, OpenCall> open = new HashMap<>();

  /// By worker, the task that waits there.
  private final Map<Integer, Long> waiting = new HashMap<>();

  void called(OpenCall call) {
    open.put(call.id(), call);
  }

  /// The worker that has made a call goes on, as far as anybody knows.
  ///
  /// @return whether the call was open
  boolean answered(long id) {
    OpenCall call = open.remove(id);
    if (call == null) {
      return false;
    }
    waiting.remove(call.from());
    return true;
  }

  /// {@return the open calls of the task that waits there now, if nobody can ever answer one of
  /// them}
  List<OpenCall> waits(int worker, long task) {
    waiting.put(worker, task);
    Set<Integer> stuck = new HashSet<>(waiting.keySet());
    while (removeOneThatIsNot(stuck)) {
      if (!stuck.contains(worker)) {
        return List.of();
      }
    }
    return of(worker, task);
  }

  private boolean removeOneThatIsNot(Set<Integer> stuck) {
    for (Iterator<Integer> each = stuck.iterator(); each.hasNext(); ) {
      int worker = each.next();
      List<OpenCall> calls = of(worker, waiting.getOrDefault(worker, 0L));
      if (calls.isEmpty() || calls.stream().anyMatch(call -> !stuck.contains(call.to()))) {
        each.remove();
        return true;
      }
    }
    return false;
  }

  /// A worker waits no longer, or is gone.
  void goesOn(int worker) {
    waiting.remove(worker);
  }

  /// {@return the open calls of some tasks}
  ///
  /// @param count how many: their numbers count on from the first
  List<OpenCall> of(long firstTask, int count) {
    return open.values().stream()
        .filter(call -> call.task() >= firstTask && call.task() < firstTask + count)
        .toList();
  }

  private List<OpenCall> of(int worker, long task) {
    return of(task, 1).stream().filter(call -> call.from() == worker).toList();
  }
}
