package argosy.wire;

import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a worker has to say, on the data channel; but [ThreadsDumped] on the control channel, which
/// no task can keep busy.
public sealed interface FromWorker {

  /// A task ended.
  sealed interface TaskEnded extends FromWorker {
    /// {@return which task}
    long task();

    /// {@return how long it took, its decoding and encoding included}
    long nanos();
  }

  /// A task returned a value.
  ///
  /// @param values what the result's outlet took
  record TaskReturned(long task, long nanos, Payload result, List<SentValue> values)
      implements TaskEnded {
    /// Checks and copies.
    public TaskReturned {
      Objects.requireNonNull(result, "result is null");
      values = List.copyOf(values);
    }
  }

  /// A task threw.
  record TaskThrew(long task, long nanos, Payload failure) implements TaskEnded {
    /// Checks that nothing is missing.
    public TaskThrew {
      Objects.requireNonNull(failure, "failure is null");
    }
  }

  /// A task could not be run or answered; `printed` is the stack trace.
  record TaskBroke(long task, long nanos, String printed) implements TaskEnded {
    /// Checks that nothing is missing.
    public TaskBroke {
      Objects.requireNonNull(printed, "printed is null");
    }
  }

  /// A task was cancelled before it started, or gave in to its cancellation.
  record TaskStopped(long task, long nanos) implements TaskEnded {}

  /// Tasks of a [ToWorker.RunChunk] ended; those behind them have not begun and are given back.
  ///
  /// @param task the first one
  /// @param nanos how long they took together
  /// @param count how many ended
  /// @param failures how many of them did not return
  /// @param ends a [Pack] of what each returned or threw: results that are plain, and payloads
  ///   tagged [#RETURNED], [#THREW] or [#BROKE]
  /// @param values what the outlet of the results took, numbered through all of them
  record ChunkEnded(
      long task, long nanos, int count, int failures, Payload ends, List<SentValue> values)
      implements TaskEnded {

    /// Tags an encoded result.
    public static final int RETURNED = 0;

    /// Tags an encoded exception.
    public static final int THREW = 1;

    /// Tags the stack trace of a task that could not be run or answered, in UTF-8.
    public static final int BROKE = 2;

    /// Checks and copies.
    public ChunkEnded {
      Objects.requireNonNull(ends, "ends is null");
      values = List.copyOf(values);
    }
  }

  /// A task wrote whole lines, each ending in a line feed.
  record OutputWritten(long task, boolean isError, String lines) implements FromWorker {
    /// Checks that nothing is missing.
    public OutputWritten {
      Objects.requireNonNull(lines, "lines is null");
    }
  }

  /// A large value was dropped: its memory is read no more.
  record ValueForgotten(long value) implements FromWorker {}

  /// A task's result has such a value, and its worker waits for [ToWorker.GiveMemory].
  record MemoryWanted(ValueForm form) implements FromWorker {
    /// Checks that nothing is missing.
    public MemoryWanted {
      Objects.requireNonNull(form, "form is null");
    }
  }

  /// Memory that was given is not needed after all.
  record MemoryUnused(Range memory) implements FromWorker {
    /// Checks that nothing is missing.
    public MemoryUnused {
      Objects.requireNonNull(memory, "memory is null");
    }
  }

  /// A task has called an actor that lives elsewhere; answered with [ToWorker.GiveAnswer].
  ///
  /// @param request what the worker calls this call
  /// @param actor whom
  /// @param seed where the call's random numbers come from
  /// @param function a [ResidentFunction], encoded with the classes of the task's closure
  record ActorCalled(long task, long request, long actor, long seed, Payload function)
      implements FromWorker {
    /// Checks that nothing is missing.
    public ActorCalled {
      Objects.requireNonNull(function, "function is null");
    }
  }

  /// A task does nothing but wait for actors that it has called, until one answers or [WaitEnded].
  ///
  /// @param answers how many have been received so far, of tasks before this one as well
  record WaitBegan(long task, long answers) implements FromWorker {}

  /// A task waits no longer, though none has answered.
  record WaitEnded(long task) implements FromWorker {}

  /// These tasks will never start; answers [ToWorker.RecallTasks].
  ///
  /// @param tasks in the order in which they were sent
  /// @param rest of the chunk that runs, the number of the first task that will never start, nor
  ///   will those behind it; 0 if there is none
  record TasksRecalled(List<Long> tasks, long rest) implements FromWorker {
    /// Copies.
    public TasksRecalled {
      tasks = List.copyOf(tasks);
    }
  }

  /// What all threads were doing; answers [ToWorker.DumpThreads].
  record ThreadsDumped(long request, String printed) implements FromWorker {
    /// Checks that nothing is missing.
    public ThreadsDumped {
      Objects.requireNonNull(printed, "printed is null");
    }
  }

  /// Appends this as a frame.
  default void write(FrameOutput out) {
    if (this instanceof TaskReturned m) {
      begin(out, Protocol.TASK_RETURNED, m);
      out.putPayload(m.result());
      write(m.values(), out);
    } else if (this instanceof TaskThrew m) {
      begin(out, Protocol.TASK_THREW, m);
      out.putPayload(m.failure());
    } else if (this instanceof TaskBroke m) {
      begin(out, Protocol.TASK_BROKE, m);
      out.putString(m.printed());
    } else if (this instanceof TaskStopped m) {
      begin(out, Protocol.TASK_STOPPED, m);
    } else if (this instanceof ChunkEnded m) {
      begin(out, Protocol.CHUNK_ENDED, m);
      out.putInt(m.count());
      out.putInt(m.failures());
      out.putPayload(m.ends());
      write(m.values(), out);
    } else if (this instanceof ValueForgotten m) {
      out.begin(Protocol.VALUE_FORGOTTEN);
      out.putLong(m.value());
    } else if (this instanceof MemoryWanted m) {
      out.begin(Protocol.MEMORY_WANTED);
      ValueFields.write(m.form(), out);
    } else if (this instanceof MemoryUnused m) {
      out.begin(Protocol.MEMORY_UNUSED);
      ValueFields.write(m.memory(), out);
    } else if (this instanceof ActorCalled m) {
      out.begin(Protocol.ACTOR_CALLED);
      out.putLong(m.task());
      out.putLong(m.request());
      out.putLong(m.actor());
      out.putLong(m.seed());
      out.putPayload(m.function());
    } else if (this instanceof WaitBegan m) {
      out.begin(Protocol.WAIT_BEGAN);
      out.putLong(m.task());
      out.putLong(m.answers());
    } else if (this instanceof WaitEnded m) {
      out.begin(Protocol.WAIT_ENDED);
      out.putLong(m.task());
    } else if (this instanceof TasksRecalled m) {
      out.begin(Protocol.TASKS_RECALLED);
      out.putLongs(m.tasks());
      out.putLong(m.rest());
    } else if (this instanceof ThreadsDumped m) {
      out.begin(Protocol.THREADS_DUMPED);
      out.putLong(m.request());
      out.putString(m.printed());
    } else {
      OutputWritten m = (OutputWritten) this;
      out.begin(Protocol.OUTPUT_WRITTEN);
      out.putLong(m.task());
      out.putByte(m.isError() ? 1 : 0);
      out.putString(m.lines());
    }
    out.end();
  }

  private static void begin(FrameOutput out, byte tag, TaskEnded ended) {
    out.begin(tag);
    out.putLong(ended.task());
    out.putLong(ended.nanos());
  }

  /// Reads a frame.
  ///
  /// @throws MalformedFrameException if it is none of these
  static FromWorker read(ByteBuffer frame) throws MalformedFrameException {
    FrameFields fields = new FrameFields(frame);
    FromWorker message =
        switch (fields.tag()) {
          case Protocol.TASK_RETURNED ->
              new TaskReturned(
                  fields.getLong(), fields.getLong(), fields.getPayload(), values(fields));
          case Protocol.TASK_THREW ->
              new TaskThrew(fields.getLong(), fields.getLong(), fields.getPayload());
          case Protocol.TASK_BROKE ->
              new TaskBroke(fields.getLong(), fields.getLong(), fields.getString());
          case Protocol.TASK_STOPPED -> new TaskStopped(fields.getLong(), fields.getLong());
          case Protocol.CHUNK_ENDED ->
              new ChunkEnded(
                  fields.getLong(),
                  fields.getLong(),
                  fields.getCount(Pack.LEAST_BYTES),
                  fields.getInt(),
                  fields.getPayload(),
                  values(fields));
          case Protocol.OUTPUT_WRITTEN ->
              new OutputWritten(fields.getLong(), fields.getByte() != 0, fields.getString());
          case Protocol.VALUE_FORGOTTEN -> new ValueForgotten(fields.getLong());
          case Protocol.MEMORY_WANTED -> new MemoryWanted(ValueFields.readForm(fields));
          case Protocol.ACTOR_CALLED ->
              new ActorCalled(
                  fields.getLong(),
                  fields.getLong(),
                  fields.getLong(),
                  fields.getLong(),
                  fields.getPayload());
          case Protocol.WAIT_BEGAN -> new WaitBegan(fields.getLong(), fields.getLong());
          case Protocol.WAIT_ENDED -> new WaitEnded(fields.getLong());
          case Protocol.TASKS_RECALLED -> new TasksRecalled(fields.getLongs(), fields.getLong());
          case Protocol.THREADS_DUMPED -> new ThreadsDumped(fields.getLong(), fields.getString());
          case Protocol.MEMORY_UNUSED -> new MemoryUnused(ValueFields.requireRange(fields));
          default ->
              throw new MalformedFrameException(
                  "no message from a worker has the tag %#x".formatted(fields.tag()));
        };
    fields.end();
    return message;
  }

  private static void write(List<SentValue> values, FrameOutput out) {
    out.putInt(values.size());
    values.forEach(value -> ValueFields.write(value.form(), value.memory(), out));
  }

  private static List<SentValue> values(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(SentValue.MIN_BYTES);
    List<SentValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(new SentValue(ValueFields.readForm(fields), ValueFields.requireRange(fields)));
    }
    return values;
  }
}
