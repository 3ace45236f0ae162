package argosy.worker;

import argosy.wire.ContentId;
import argosy.wire.CurrentTask;
import argosy.wire.FrameInput;
import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.FromWorker.MemoryUnused;
import argosy.wire.FromWorker.TaskBroke;
import argosy.wire.FromWorker.TaskEnded;
import argosy.wire.FromWorker.TaskReturned;
import argosy.wire.FromWorker.TaskStopped;
import argosy.wire.FromWorker.TaskThrew;
import argosy.wire.FromWorker.ValueForgotten;
import argosy.wire.Pack;
import argosy.wire.Protocol;
import argosy.wire.RunningChunk;
import argosy.wire.SentValue;
import argosy.wire.Spin;
import argosy.wire.TaskCall;
import argosy.wire.ToWorker;
import argosy.wire.ToWorker.AppendToValue;
import argosy.wire.ToWorker.DefineClass;
import argosy.wire.ToWorker.DefineClosure;
import argosy.wire.ToWorker.DefinePart;
import argosy.wire.ToWorker.DefineValue;
import argosy.wire.ToWorker.ExtendClassPath;
import argosy.wire.ToWorker.ForgetClass;
import argosy.wire.ToWorker.ForgetClosure;
import argosy.wire.ToWorker.ForgetPart;
import argosy.wire.ToWorker.ForgetValue;
import argosy.wire.ToWorker.RunChunk;
import argosy.wire.ToWorker.RunTasks;
import argosy.wire.ToWorker.Stop;
import argosy.worker.rebuild.ChunkEnds;
import argosy.worker.rebuild.ClosureRuntime;
import argosy.worker.rebuild.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads what the kernel says and does it, on the one thread that runs tasks.
/*
 * The channel is non-blocking, because a blocking one closes itself when its thread is interrupted,
 * and a thread that a task left behind may interrupt this one at any time.
 */
final class TaskLoop {

  /// What the loop needs besides its channel.
  record Parts(
      ClosureRuntime closures,
      Replies replies,
      OutputRelay output,
      Surroundings surroundings,
      LeftoverThreads threads,
      TaskGate gate,
      Progress progress,
      Housekeeping housekeeping) {}

  /// A chunk's results are sent when they are so many bytes, and the rest of it is given back.
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  /// The same for what results have in shared memory.
  private static final long MAX_CHUNK_VALUE_BYTES = 64 << 20;

  /// A reply waits for that of the next task if that is here and will end in time, and no more than
  /// a few do: the kernel has to hear in time that there is room for more.
  /*
   * To be woken costs the kernel more than to read a reply, and where workers have all processors it
   * takes the time from them.
   */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int MAX_WAITING = 32;

  /// Of so many tasks of a chunk the time is taken together when those before were that short: to
  /// read the clock takes as long as to run one of them.
  private static final int TIMED_TOGETHER = 4;

  private static final long WORTH_TIMING_NANOS = 1_000;

  private final SocketChannel channel;
  private final Parts parts;
  private final FrameInput input = new FrameInput(Protocol.MAX_FRAME_BYTES);
  private final Spin spin = new Spin();

  /// How many replies wait to be sent with the next one.
  private int waiting;

  /// How long the tasks took whose replies wait.
  private long waitingNanos;

  private long lastTask = System.nanoTime();

  private @Nullable Throwable definitionFailure;

  /// @param channel non-blocking
  TaskLoop(SocketChannel channel, Parts parts) {
    this.channel = channel;
    this.parts = parts;
  }

  /// Runs until the kernel says stop or closes the channel.
  void run() throws IOException {
    try (Selector readable = Selector.open()) {
      channel.register(readable, SelectionKey.OP_READ);
      while (true) {
        ByteBuffer frame = input.next();
        if (frame != null) {
          if (!obey(ToWorker.read(frame))) {
            return;
          }
          continue;
        }
        int read = input.fill(channel);
        if (read < 0) {
          return;
        }
        // What ends the looking is seen in the next turn: what came, or that the kernel has left.
        if (read == 0 && !spin.until(() -> input.fill(channel) != 0)) {
          await(readable);
        }
      }
    }
  }

  /// Waits until there is something to read, or is interrupted, and uses the time.
  private void await(Selector readable) throws IOException {
    parts.housekeeping.tidyUp();
    parts.closures.makeReady();
    if (readable.select(Math.max(1, restMillis())) == 0 && restMillis() <= 0) {
      rest(readable);
      parts.housekeeping.wakeUp();
    }
    readable.selectedKeys().clear();
    // With the flag set, select() would return at once, again and again.
    boolean unused = Thread.interrupted();
  }

  /// Rests until there is something to read. Some collectors give memory back later.
  private void rest(Selector readable) throws IOException {
    for (int rests = 1; parts.housekeeping.rest(parts.closures.closeFiles()); rests++) {
      if (rests == Housekeeping.MOST_RESTS) {
        break;
      }
      if (readable.select(Housekeeping.IDLE_MILLIS) != 0) {
        return;
      }
    }
    readable.select();
  }

  /// {@return after how long without a task it is time to rest}
  private long restMillis() {
    return Housekeeping.IDLE_MILLIS - (System.nanoTime() - lastTask) / 1_000_000;
  }

  private boolean obey(ToWorker message) {
    if (message instanceof RunTasks m) {
      runTasks(m);
      lastTask = System.nanoTime();
    } else if (message instanceof RunChunk m) {
      TaskEnded reply = runChunk(m);
      if (reply != null) {
        parts.replies.addAndFlush(reply);
      }
      lastTask = System.nanoTime();
    } else if (message instanceof Stop) {
      parts.replies.flush();
      return false;
    } else {
      define(message);
    }
    return true;
  }

  /// A definition that fails must not end this process: the task that needs it says what is wrong.
  private void define(ToWorker message) {
    try {
      if (message instanceof DefineClosure m) {
        parts.closures.define(m.definition());
      } else if (message instanceof DefineClass m) {
        parts.closures.define(m.definition());
      } else if (message instanceof DefineValue m) {
        // Before a task makes an array of it, for which a dead one may leave its place.
        parts.housekeeping.tidyUp();
        parts.closures.defineValue(m.value(), m.form(), m.memory());
      } else if (message instanceof AppendToValue m) {
        parts.closures.append(m.value(), m.bytes().bytes());
      } else if (message instanceof ForgetValue m) {
        parts.closures.forgetValue(m.value());
        parts.housekeeping.forgot();
        parts.replies.add(new ValueForgotten(m.value()));
      } else if (message instanceof DefinePart m) {
        parts.closures.definePart(m.part(), m.bytes());
      } else if (message instanceof ForgetPart m) {
        parts.closures.forgetPart(m.part());
      } else if (message instanceof ForgetClosure m) {
        parts.closures.forget(m.closure());
      } else if (message instanceof ForgetClass m) {
        parts.closures.forgetClass(m.definition());
      } else if (message instanceof ExtendClassPath m) {
        parts.closures.extendClassPath(m.entries().stream().map(Path::of).toList());
        parts.surroundings.restore(parts.closures.classPathLoader());
      }
    } catch (Exception | LinkageError e) {
      definitionFailure = e;
    }
  }

  private void runTasks(RunTasks message) {
    int last = message.calls().size() - 1;
    for (int i = 0; i <= last; i++) {
      TaskEnded reply = runTask(message, message.calls().get(i));
      if (reply == null) {
        continue; // what waits goes with the next one, or in two milliseconds
      }
      if (i < last || mayWait(reply)) {
        parts.replies.add(reply);
      } else {
        waiting = 0;
        waitingNanos = 0;
        parts.replies.addAndFlush(reply);
      }
    }
  }

  /// {@return whether a reply can be sent with the next one, which will come at once}
  private boolean mayWait(TaskEnded reply) {
    waitingNanos += reply.nanos();
    return waitingNanos + reply.nanos() <= LONGEST_WAIT_NANOS
        && ++waiting < MAX_WAITING
        && input.hasNext();
  }

  /// Several tasks under one gate: stopping one stops all, for they belong to one job.
  ///
  /// @return null if they were given back
  private @Nullable TaskEnded runChunk(RunChunk message) {
    long start = System.nanoTime();
    long task = message.task();
    parts.output.startTask(task);
    RunningChunk running = new RunningChunk(task, message.count());
    TaskGate.Way way =
        message.sliceNanos() == 0 ? parts.gate.enter(task) : parts.gate.enter(running);
    TaskEnded reply = way == TaskGate.Way.CANCELLED ? new TaskStopped(task, 0) : null;
    if (way == TaskGate.Way.IN) {
      reply = runOneByOne(message, running, start);
      if (parts.gate.leave()) {
        reply = stopped(reply, start);
      }
    }
    parts.output.endTask();
    parts.progress.set(0);
    return reply;
  }

  private ChunkEnded runOneByOne(RunChunk message, RunningChunk running, long start) {
    Pack.Reader inputs = new Pack.Reader(message.inputs());
    ChunkEnds ends = new ChunkEnds();
    long now = start;
    int timed = 0;
    int together = 1;
    while (isWorthGoingOn(message, ends, now - start) && running.begin()) {
      parts.progress.set(message.task() + ends.count());
      CurrentTask.enter(new CurrentTask(CurrentTask.seedOf(message.seed(), ends.count())));
      try {
        parts.closures.runNext(message.closure(), inputs, ends);
      } catch (Throwable e) {
        // Whatever a task does, this thread goes on to the next one.
        ends.addBroken(print(e));
      }
      parts.gate.passOn();
      parts.surroundings.restore(parts.closures.classPathLoader());
      int untimed = ends.count() - timed;
      if (untimed >= together) {
        long began = now;
        now = System.nanoTime();
        timed = ends.count();
        together = now - began < untimed * WORTH_TIMING_NANOS ? TIMED_TOGETHER : 1;
        reportThreads(now - began);
      }
    }
    long end = System.nanoTime();
    reportThreads(end - now);
    return ends.message(message.task(), end - start);
  }

  /// Names the threads that a task has left, if it took long enough to have started any.
  private void reportThreads(long nanos) {
    if (nanos > LeftoverThreads.SHORTEST_NANOS) {
      parts.threads.report();
    }
  }

  /// After one that failed, nobody wants the others as a rule.
  private boolean isWorthGoingOn(RunChunk message, ChunkEnds ends, long nanos) {
    return ends.count() == 0
        || (!ends.hasFailed()
            && (message.sliceNanos() == 0 || nanos < message.sliceNanos())
            && ends.bytes() < MAX_CHUNK_BYTES
            && ends.valueBytes() < MAX_CHUNK_VALUE_BYTES
            && !parts.gate.isStopped());
  }

  /// {@return null if it was given back}
  private @Nullable TaskEnded runTask(RunTasks message, TaskCall call) {
    long start = System.nanoTime();
    long task = call.task();
    parts.progress.set(task);
    parts.output.startTask(task);
    TaskGate.Way way = parts.gate.enter(task);
    TaskEnded reply = way == TaskGate.Way.CANCELLED ? new TaskStopped(task, 0) : null;
    if (way == TaskGate.Way.IN) {
      CurrentTask current = new CurrentTask(call.seed());
      CurrentTask.enter(current);
      reply = runInside(message.closure(), call, start);
      if (parts.gate.leave()) {
        reply = stopped(reply, start);
      }
      if (current.keepsSurroundings()) {
        parts.surroundings.adopt();
      }
      parts.surroundings.restore(parts.closures.classPathLoader());
      reportThreads(System.nanoTime() - start);
    }
    parts.output.endTask();
    parts.progress.set(0);
    return reply;
  }

  /// {@return the reply of a task that was stopped, whatever it would have replied}
  private TaskEnded stopped(TaskEnded unsent, long start) {
    List<SentValue> values =
        unsent instanceof TaskReturned returned
            ? returned.values()
            : unsent instanceof ChunkEnded chunk ? chunk.values() : List.of();
    giveBack(values);
    return new TaskStopped(unsent.task(), System.nanoTime() - start);
  }

  /// What was to be sent in shared memory is not.
  private void giveBack(List<SentValue> values) {
    values.forEach(value -> parts.replies.add(new MemoryUnused(value.memory())));
  }

  private TaskEnded runInside(ContentId closure, TaskCall call, long start) {
    long task = call.task();
    try {
      Outcome outcome = parts.closures.prepare(closure, call.input(), call.values()).run();
      long nanos = System.nanoTime() - start;
      String excess = outcome.excess(0);
      List<SentValue> values =
          outcome instanceof Outcome.Returned returned ? returned.values() : List.of();
      if (excess != null) {
        giveBack(values);
        return new TaskBroke(task, nanos, excess);
      }
      return outcome instanceof Outcome.Returned returned
          ? new TaskReturned(task, nanos, returned.result(), values)
          : new TaskThrew(task, nanos, outcome.encoded());
    } catch (Throwable e) {
      // Whatever a task does, this thread goes on to the next one.
      return new TaskBroke(task, System.nanoTime() - start, print(e));
    }
  }

  private String print(Throwable failure) {
    Throwable earlier = definitionFailure;
    if (earlier != null) {
      failure.addSuppressed(earlier);
      definitionFailure = null;
    }
    StringWriter printed = new StringWriter();
    try {
      failure.printStackTrace(new PrintWriter(printed));
    } catch (Throwable e) {
      printed.write(failure.getClass().getName() + ", which cannot be printed");
    }
    return printed.toString();
  }
}
