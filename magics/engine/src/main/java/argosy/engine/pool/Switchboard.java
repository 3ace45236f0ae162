package argosy.engine.pool;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.pool.WaitRing.OpenCall;
import argosy.engine.schedule.Job;
import argosy.engine.schedule.JobLimits;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.FromWorker.ActorCalled;
import argosy.wire.FromWorker.WaitBegan;
import argosy.wire.Payload;
import argosy.wire.TaskCall;
import argosy.wire.ToWorker;
import argosy.wire.codec.ClassTable;
import argosy.wire.codec.Failure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Connects the tasks of worker processes with the actors that live in others. Safe from any
/// thread; never blocks.
/*
 * What travels. A call is a function that the task has made, so its code and the variables that it
 * reads are among those of the task's closure. The actor's worker gets that closure, and the function
 * as its input; the answer is encoded there with the same classes. Both pass through here unread, so
 * that a call sees what its task sees, whatever has changed in the notebook meanwhile.
 */
final class Switchboard {

  private final Dispatcher<RemoteCall> dispatcher;

  private final Map<Long, Home> actors = new ConcurrentHashMap<>();

  /// Where an actor lives.
  ///
  /// @param limits what was said of its calls when it was made
  private record Home(int worker, JobLimits limits) {}

  /// Guarded by itself.
  private final WaitRing ring = new WaitRing();

  private final Map<Long, Forwarded> forwarded = new ConcurrentHashMap<>();

  Switchboard(Dispatcher<RemoteCall> dispatcher) {
    this.dispatcher = dispatcher;
  }

  /// An actor lives on a worker.
  void connect(long actor, int worker, JobLimits limits) {
    actors.put(actor, new Home(worker, limits));
  }

  /// An actor was closed.
  void disconnect(long actor) {
    actors.remove(actor);
  }

  // ---- what workers say; on the I/O thread

  /// A task has called an actor.
  void called(WorkerLink from, ActorCalled message) {
    Home home = actors.get(message.actor());
    RemoteCall task = dispatcher.find(message.task());
    if (home == null || task == null) {
      String why =
          home == null
              ? "the actor is closed"
              : "the task is over, or is none of those that can call an actor";
      Payload failure = encoded(new IllegalStateException(why));
      synchronized (ring) {
        ring.goesOn(from.number());
        send(from, message.request(), true, failure);
      }
      return;
    }
    long id = dispatcher.reserve(1);
    Forwarded call = new Forwarded(id, from, message.request(), task.listener().caller());
    forwarded.put(id, call);
    synchronized (ring) {
      ring.called(new OpenCall(id, message.task(), from.number(), home.worker()));
    }
    if (dispatcher.isInterrupted(task.call().task())) {
      call.giveUp();
      return;
    }
    TaskCall content = new TaskCall(id, message.seed(), message.function(), List.of());
    Job<RemoteCall> job = new Job<>(home.limits(), new TaskTimes());
    dispatcher.submitTo(home.worker(), job, id, task.calling(content, call));
    if (!forwarded.containsKey(id)) {
      boolean _ = dispatcher.cancel(id, true); // it was given up before there was something to end
    }
  }

  /// A task does nothing but wait.
  void waits(WorkerLink worker, WaitBegan message) {
    List<OpenCall> stuck;
    synchronized (ring) {
      // Otherwise there is an answer on its way to it.
      stuck =
          message.answers() == worker.orders().answers()
              ? ring.waits(worker.number(), message.task())
              : List.of();
    }
    end(
        stuck,
        new IllegalStateException(
            "the call can never run: its actor's worker waits for calls that wait for this task;"
                + " let actors call each other in one direction only, or give an actor those that"
                + " it calls when it is made"));
  }

  /// A worker waits no longer, or is gone.
  void goesOn(WorkerLink worker) {
    synchronized (ring) {
      ring.goesOn(worker.number());
    }
  }

  /// Tasks were interrupted: what they have called ends with them.
  void interrupted(RemoteCall tasks) {
    List<OpenCall> open;
    synchronized (ring) {
      open = ring.of(tasks.call().task(), tasks.count());
    }
    if (!open.isEmpty()) {
      // Whoever says so is in the midst of an event of the schedule.
      Thread.startVirtualThread(
          () -> end(open, new CancellationException("the task that has made the call was ended")));
    }
  }

  private void end(List<OpenCall> calls, RuntimeException why) {
    for (OpenCall call : calls) {
      boolean _ = dispatcher.cancel(call.id(), true);
      Forwarded ended = forwarded.get(call.id());
      if (ended != null) {
        ended.answer(true, encoded(why));
      }
    }
  }

  /// Under the ring's monitor, so that a wait is seen either before or after it.
  private static void send(WorkerLink caller, long request, boolean isFailure, Payload encoded) {
    caller.orders().answer(new ToWorker.GiveAnswer(request, isFailure, encoded));
  }

  /// {@return what did not happen on a worker, as one would have encoded it}
  private static Payload encoded(Throwable failure) {
    return Failure.encode(ByName.TABLE, failure);
  }

  /// A call on its way. Hears how it ended and tells the task.
  private final class Forwarded implements CallListener, Caller {

    private final long id;
    private final WorkerLink from;
    private final long request;
    private final Caller origin;

    /// @param origin who has asked for the task
    Forwarded(long id, WorkerLink from, long request, Caller origin) {
      this.id = id;
      this.from = from;
      this.request = request;
      this.origin = origin;
    }

    @Override
    public void ended(CallEnd end) {
      switch (end) {
        case CallEnd.Returned(Payload result, _) -> answer(false, result);
        case CallEnd.Threw(Payload failure) -> answer(true, failure);
        case CallEnd.Failed(Throwable cause) -> answer(true, encoded(cause));
        case CallEnd.Value _, CallEnd.Answered _, CallEnd.Raised _, CallEnd.Ran _, CallEnd.Lost _ ->
            throw new IllegalStateException("not the end of one call on a worker: " + end);
      }
    }

    void answer(boolean isFailure, Payload encoded) {
      if (forwarded.remove(id) == null) {
        return;
      }
      synchronized (ring) {
        boolean _ = ring.answered(id);
        send(from, request, isFailure, encoded);
      }
    }

    @Override
    public Caller caller() {
      return this;
    }

    @Override
    public String what(int index) {
      return "actor call of a task";
    }

    @Override
    public Object scope() {
      return origin.scope();
    }

    @Override
    public @Nullable WrittenPlace place() {
      return origin.place();
    }

    @Override
    public void giveUp() {
      answer(true, encoded(new CancellationException("the task was cancelled")));
    }
  }

  /// Classes that both ends find by their names.
  private enum ByName implements ClassTable {
    TABLE;

    @Override
    public int numberOf(Class<?> type) {
      return BY_NAME;
    }

    @Override
    public Class<?> numbered(int number) {
      throw new IllegalStateException("the bytes are damaged: there is no class " + number);
    }

    @Override
    public Class<?> named(String name) throws ClassNotFoundException {
      return Class.forName(name);
    }
  }
}
