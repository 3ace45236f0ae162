package argosy.worker;

import argosy.wire.CurrentTask;
import argosy.wire.FromWorker.ActorCalled;
import argosy.wire.FromWorker.WaitBegan;
import argosy.wire.FromWorker.WaitEnded;
import argosy.wire.Payload;
import argosy.wire.ResidentFunction;
import argosy.wire.ResidentObjects;
import argosy.wire.StopPoint;
import argosy.wire.ToWorker.GiveAnswer;
import argosy.wire.codec.Failure;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.UnshippableException;
import argosy.wire.line.ActorLine;
import argosy.worker.rebuild.RunningClasses;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sends what tasks call to the kernel, which passes it on to the actors' workers, and hears their
/// answers on the control thread. Safe from any thread.
/*
 * An actor on this very worker. Its worker cannot run a call while the task that has made it waits. So
 * the call runs within the task, on the thread that waits anyway, with a copy of the function and of
 * what it returns, as if both had travelled. That is done where the task's classes stay on this worker,
 * as those of actors' calls do: what an actor keeps must be of classes that its later calls have.
 * Other tasks run on workers where no actor lives that they have been given.
 */
final class KernelLine implements ActorLine {

  private final Replies replies;
  private final Progress progress;
  private final Supplier<RunningClasses> classes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasChanged = lock.newCondition();

  // Guarded by the lock.
  private final Map<Long, Listener> open = new HashMap<>();
  private long lastRequest;

  private long answers;

  /// @param classes of the task that runs
  KernelLine(Replies replies, Progress progress, Supplier<RunningClasses> classes) {
    this.replies = replies;
    this.progress = progress;
    this.classes = classes;
  }

  @Override
  public Caller caller() {
    long task = progress.get();
    if (task == 0) {
      throw new IllegalStateException("an actor can be called as long as the task runs");
    }
    return new OfTask(task, classes.get());
  }

  private final class OfTask implements Caller {

    private final long task;
    private final RunningClasses classes;

    OfTask(long task, RunningClasses classes) {
      this.task = task;
      this.classes = classes;
    }

    @Override
    public Payload encode(ResidentFunction<?> function) {
      return encoded(function);
    }

    private Payload encoded(@Nullable Object value) {
      GraphWriter writer = new GraphWriter(classes.table());
      writer.write(value);
      return Payload.of(writer.bytes());
    }

    @Override
    public @Nullable Object decode(Payload returned) {
      return new GraphReader(classes.table(), returned.bytes()).read();
    }

    @Override
    public Failure decodeFailure(Payload thrown) {
      return Failure.decode(classes.table(), thrown);
    }

    @Override
    public void call(long actor, Payload function, Listener listener) {
      CurrentTask current = CurrentTask.get();
      if (current != null && classes.stays() && ResidentObjects.has(actor)) {
        callHere(function, listener);
        return;
      }
      long seed = current == null ? ThreadLocalRandom.current().nextLong() : current.nestedSeed();
      lock.lock();
      try {
        long request = ++lastRequest;
        open.put(request, listener);
        // Under the lock: in the order of their numbers.
        replies.add(new ActorCalled(task, request, actor, seed, function));
      } finally {
        lock.unlock();
      }
    }

    private void callHere(Payload function, Listener listener) {
      Payload end;
      boolean isFailure = true;
      try {
        end = encoded(decodeFunction(function).apply(null));
        isFailure = false;
      } catch (StopPoint.Stopped e) {
        throw e;
      } catch (UnshippableException e) {
        end = Failure.encodeRefusal(classes.table(), e);
      } catch (Throwable e) {
        end = Failure.encode(classes.table(), e);
      }
      listener.ended(isFailure, end);
    }

    private ResidentFunction<?> decodeFunction(Payload function) {
      if (decode(function) instanceof ResidentFunction<?> decoded) {
        return decoded;
      }
      throw new IllegalStateException("a call brings no function");
    }
  }

  /// Takes an answer of the kernel.
  void answered(GiveAnswer answer) {
    Listener listener;
    lock.lock();
    try {
      listener = open.remove(answer.request());
      answers++;
    } finally {
      lock.unlock();
    }
    if (listener != null) {
      listener.ended(answer.isFailure(), answer.encoded());
    }
    changed();
  }

  @Override
  public void changed() {
    lock.lock();
    try {
      hasChanged.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void await(BooleanSupplier isDone, long nanos) {
    long task = progress.get();
    if (CurrentTask.get() == null || task == 0) {
      return;
    }
    long start = System.nanoTime();
    long told = -1;
    lock.lock();
    try {
      while (!isDone.getAsBoolean() && !open.isEmpty()) {
        long left = nanos < 0 ? Long.MAX_VALUE : nanos - (System.nanoTime() - start);
        if (left <= 0) {
          break;
        }
        if (told != answers) {
          told = answers;
          replies.addAndFlush(new WaitBegan(task, answers));
        }
        long unused = hasChanged.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (told == answers) {
        replies.add(new WaitEnded(task));
      }
      lock.unlock();
    }
  }
}
