package argosy.engine.pool;

import argosy.engine.timeline.Timeline;
import argosy.engine.timeline.Track;
import argosy.engine.timeline.Work;
import argosy.engine.timeline.WorkEnd;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes down what worker processes do. Safe from any thread.
final class WorkerTracks {

  private final Timeline timeline;
  private final Map<Integer, Track> tracks = new ConcurrentHashMap<>();

  WorkerTracks(Timeline timeline) {
    this.timeline = timeline;
  }

  /// A worker can take tasks.
  void ready(int worker) {
    tracks.put(worker, timeline.open("processes", worker));
  }

  /// A worker is sent calls.
  void sent(int worker, List<RemoteCall> calls) {
    Track track = tracks.get(worker);
    if (track == null) {
      return;
    }
    long now = System.nanoTime();
    for (RemoteCall call : calls) {
      Caller caller = call.listener().caller();
      track.sent(new Work(caller.scope(), caller.place(), call.call().task(), call.count(), now));
    }
  }

  /// A worker will never begin these calls.
  void recalled(int worker, List<Long> tasks) {
    Track track = tracks.get(worker);
    if (track != null) {
      tasks.forEach(track::recalled);
    }
  }

  /// A worker has answered.
  void ended(int worker, TaskEnded message) {
    Track track = tracks.get(worker);
    if (track != null) {
      track.ended(message.task(), end(message), System.nanoTime());
    }
  }

  private static WorkEnd end(TaskEnded message) {
    return switch (message) {
      case TaskReturned m -> new WorkEnd(1, 0, m.nanos(), false);
      case TaskThrew m -> new WorkEnd(1, 1, m.nanos(), false);
      case TaskBroke m -> new WorkEnd(1, 1, m.nanos(), false);
      case TaskStopped m -> new WorkEnd(1, 0, m.nanos(), true);
      case ChunkEnded m -> new WorkEnd(m.count(), m.failures(), m.nanos(), false);
    };
  }

  /// A worker is gone.
  ///
  /// @param running the number of the task that it ran, or 0
  void lost(int worker, long running) {
    Track track = tracks.get(worker);
    if (track != null) {
      track.lost(running, System.nanoTime());
    }
  }

  /// What a worker ran at its end is lost with it.
  void died(int worker) {
    Track track = tracks.get(worker);
    if (track != null) {
      track.blameLast();
    }
  }

  /// Nothing more is going to be said of a worker.
  void forget(int worker) {
    tracks.remove(worker);
  }
}
