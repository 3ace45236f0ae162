package argosy.engine.pool;

import argosy.wire.TaskCall;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.RunChunk;
import argosy.wire.ToWorker.RunTasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What one worker is told: calls, with what they need and the worker does not have, and whatever
/// else. Nothing is told before it has connected, or after its end.
final class Orders {

  private final KnownClosures known = new KnownClosures();

  /// The calls that were sent with large values and have not ended.
  private final Map<Long, RemoteCall> withValues = new ConcurrentHashMap<>();

  /// More calls than a worker has as a rule; of those before them nobody knows the place.
  private static final int KNOWN_PLACES = 1 << 12;

  /// The numbers of the calls that were sent last, by their places.
  private final long[] sent = new long[KNOWN_PLACES];

  private volatile @Nullable Connection data;
  private volatile @Nullable Connection control;
  private volatile long callsSent;
  private volatile long answers;

  /// @param control for what must not wait until a task ends
  void connect(Connection data, Connection control) {
    this.data = data;
    this.control = control;
  }

  /// {@return what the worker keeps; guarded by the dispatcher's lock}
  KnownClosures known() {
    return known;
  }

  /// {@return how many calls it was sent}
  long callsSent() {
    return callsSent;
  }

  /// {@return how many bytes went to the worker through its socket}
  long bytesSent() {
    Connection to = data;
    return to == null ? 0 : to.bytesSent();
  }

  /// Queues calls. Under the dispatcher's lock.
  void run(List<RemoteCall> calls) {
    Connection to = data;
    if (to == null) {
      return;
    }
    List<TaskCall> group = new ArrayList<>(calls.size());
    for (int i = 0; i < calls.size(); i++) {
      RemoteCall call = calls.get(i);
      known.provide(call, to);
      if (call.count() > 1) {
        to.add(chunk(call));
        count(call.call());
        continue;
      }
      if (!call.needs().inputValues().isEmpty()) {
        withValues.put(call.call().task(), call);
      }
      group.add(call.call());
      boolean isLast =
          i + 1 == calls.size()
              || calls.get(i + 1).count() > 1
              || !calls.get(i + 1).closure().id().equals(call.closure().id());
      if (isLast) {
        to.add(new RunTasks(call.closure().id(), group));
        group.forEach(this::count);
        group = new ArrayList<>();
      }
    }
  }

  /// Gives a call that was sent its place: the worker counts those that come, too.
  @SuppressWarnings("NonAtomicVolatileUpdate") // the dispatcher's lock guards it
  private void count(TaskCall call) {
    long place = callsSent + 1;
    sent[(int) (place % KNOWN_PLACES)] = call.task();
    callsSent = place;
  }

  private static RunChunk chunk(RemoteCall call) {
    TaskCall first = call.call();
    return new RunChunk(
        call.closure().id(),
        first.task(),
        first.seed(),
        call.sliceNanos(),
        call.count(),
        first.input());
  }

  /// Queues a message behind the calls.
  void send(ToWorker message) {
    Connection to = data;
    if (to != null) {
      to.add(message);
    }
  }

  /// Sends a message past everything that waits.
  void urge(ToWorker message) {
    Connection to = control;
    if (to != null) {
      to.add(message);
      to.flush();
    }
  }

  /// Sends the answer of an actor past everything that waits. By one thread at a time.
  @SuppressWarnings("NonAtomicVolatileUpdate") // whoever calls sees to that
  void answer(ToWorker.GiveAnswer answer) {
    answers++;
    urge(answer);
  }

  /// {@return how many answers it was sent}
  long answers() {
    return answers;
  }

  /// Queues the end of a task, past everything that waits.
  void cancel(long task) {
    overtake(new ToWorker.CancelTask(task));
  }

  /// Queues that a task is not to begin, past everything that waits.
  void skip(long task) {
    overtake(new ToWorker.SkipTask(task));
  }

  /// Queues that these tasks are not to begin, but for those that have, past everything that waits.
  /// Under the dispatcher's lock.
  void recall(List<Long> tasks) {
    Map<Long, Long> places = new HashMap<>();
    Set<Long> sought = new HashSet<>(tasks);
    long last = Math.max(0, callsSent - KNOWN_PLACES);
    for (long place = callsSent; place > last && !sought.isEmpty(); place--) {
      long task = sent[(int) (place % KNOWN_PLACES)];
      if (sought.remove(task)) {
        places.put(task, place);
      }
    }
    List<Long> known = tasks.stream().filter(places::containsKey).toList();
    overtake(new ToWorker.RecallTasks(known, known.stream().map(places::get).toList()));
  }

  private void overtake(ToWorker message) {
    Connection to = control;
    if (to != null) {
      to.add(message);
    }
  }

  /// {@return whether a call that has ended leaves something to be dropped with [#release]}
  boolean holds(long task) {
    return withValues.containsKey(task);
  }

  /// Lets the worker drop what only this call needed. Under the dispatcher's lock.
  void release(long task) {
    RemoteCall call = withValues.remove(task);
    Connection to = data;
    if (call != null && to != null) {
      known.release(call, to);
    }
  }

  /// Lets the worker drop what was captured by closures and nobody has any more. Under the
  /// dispatcher's lock, while no call runs.
  ///
  /// @return whether there was something
  boolean dropOrphans() {
    Connection to = data;
    return to != null && known.dropOrphans(to);
  }

  /// Sends what is queued, as much as the sockets take.
  void flush() {
    Connection first = data;
    Connection second = control;
    if (first != null) {
      first.flush();
    }
    if (second != null) {
      second.flush();
    }
  }
}
