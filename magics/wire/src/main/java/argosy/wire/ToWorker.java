package argosy.wire;

import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a worker is told. All but [CancelTask], [SkipTask], [RecallTasks], [DumpThreads],
/// [GiveMemory] and [GiveAnswer] travel on the data channel and are obeyed in order.
public sealed interface ToWorker {

  /// Search these jars and folders too, after those already known.
  record ExtendClassPath(List<String> entries) implements ToWorker {
    /// Copies.
    public ExtendClassPath {
      entries = List.copyOf(entries);
    }
  }

  /// Keep this class for closures that name it.
  record DefineClass(ClassDefinition definition) implements ToWorker {
    /// Checks that nothing is missing.
    public DefineClass {
      Objects.requireNonNull(definition, "definition is null");
    }
  }

  /// Keep this large value until [ForgetValue].
  ///
  /// @param value its number, never used again for another one
  /// @param form what it is
  /// @param memory where its content is, until this value is forgotten; null if it follows in
  ///   [AppendToValue]s
  record DefineValue(long value, ValueForm form, @Nullable Range memory) implements ToWorker {
    /// Checks that nothing is missing.
    public DefineValue {
      Objects.requireNonNull(form, "form is null");
    }
  }

  /// Add these bytes, in this machine's order, to the content of a value.
  record AppendToValue(long value, Payload bytes) implements ToWorker {
    /// Checks that nothing is missing.
    public AppendToValue {
      Objects.requireNonNull(bytes, "bytes is null");
    }
  }

  /// Drop this value, which no closure names that is kept, and answer.
  record ForgetValue(long value) implements ToWorker {}

  /// Keep this part of closures' state until [ForgetPart].
  record DefinePart(ContentId part, Payload bytes) implements ToWorker {
    /// Checks that nothing is missing.
    public DefinePart {
      Objects.requireNonNull(part, "part is null");
      Objects.requireNonNull(bytes, "bytes is null");
    }
  }

  /// Drop this part, which no closure names that is kept.
  record ForgetPart(ContentId part) implements ToWorker {
    /// Checks that nothing is missing.
    public ForgetPart {
      Objects.requireNonNull(part, "part is null");
    }
  }

  /// Keep this closure until [ForgetClosure].
  record DefineClosure(ClosureDefinition definition) implements ToWorker {
    /// Checks that nothing is missing.
    public DefineClosure {
      Objects.requireNonNull(definition, "definition is null");
    }
  }

  /// Drop this closure; it is defined again before it is called again.
  record ForgetClosure(ContentId closure) implements ToWorker {
    /// Checks that nothing is missing.
    public ForgetClosure {
      Objects.requireNonNull(closure, "closure is null");
    }
  }

  /// Drop this class definition, which no closure names that is kept.
  record ForgetClass(ContentId definition) implements ToWorker {
    /// Checks that nothing is missing.
    public ForgetClass {
      Objects.requireNonNull(definition, "definition is null");
    }
  }

  /// Run these tasks one after the other and answer each.
  record RunTasks(ContentId closure, List<TaskCall> calls) implements ToWorker {
    /// Checks and copies.
    public RunTasks {
      Objects.requireNonNull(closure, "closure is null");
      calls = List.copyOf(calls);
    }
  }

  /// Here is the memory that was asked for last, or none.
  ///
  /// @param memory for one value of a result, until that arrives
  record GiveMemory(@Nullable Range memory) implements ToWorker {}

  /// Run tasks of one closure, numbered from `task` on, one after the other, and answer them all
  /// with one [FromWorker.ChunkEnded]: for tasks so short that a message for each would cost more.
  ///
  /// @param seed the random numbers of the i-th task are those of `CurrentTask.seedOf(seed, i)`
  /// @param sliceNanos after how long those that have not begun are given back; 0 for never, nor
  ///   when they are recalled
  /// @param count how many there are
  /// @param inputs a [Pack] of their inputs
  record RunChunk(
      ContentId closure, long task, long seed, long sliceNanos, int count, Payload inputs)
      implements ToWorker {
    /// Checks that nothing is missing.
    public RunChunk {
      Objects.requireNonNull(closure, "closure is null");
      Objects.requireNonNull(inputs, "inputs is null");
    }
  }

  /// End this task: interrupt it if it runs, skip it if it has not started, else do nothing.
  record CancelTask(long task) implements ToWorker {}

  /// Skip this task if it has not started, else do nothing.
  record SkipTask(long task) implements ToWorker {}

  /// Give those of these tasks back that have not started, with a [FromWorker.TasksRecalled] on
  /// this channel, and do not answer them; so, too, of a chunk that runs, unless it has to stay
  /// together.
  ///
  /// @param tasks in the order in which they were sent
  /// @param places which of all tasks and chunks that were sent each of them is, from 1 on
  record RecallTasks(List<Long> tasks, List<Long> places) implements ToWorker {
    /// Checks and copies.
    public RecallTasks {
      tasks = List.copyOf(tasks);
      places = List.copyOf(places);
      if (tasks.size() != places.size()) {
        throw new IllegalArgumentException(
            "%d tasks have %d places".formatted(tasks.size(), places.size()));
      }
    }
  }

  /// Say what all threads are doing, whatever that is, in a [FromWorker.ThreadsDumped] on this
  /// channel.
  ///
  /// @param request goes into the answer
  record DumpThreads(long request) implements ToWorker {}

  /// Here is what became of a [FromWorker.ActorCalled].
  ///
  /// @param request goes back as it came
  /// @param isFailure whether the call threw, or came to nothing
  /// @param encoded what it returned or threw
  record GiveAnswer(long request, boolean isFailure, Payload encoded) implements ToWorker {
    /// Checks that nothing is missing.
    public GiveAnswer {
      Objects.requireNonNull(encoded, "encoded is null");
    }
  }

  /// Leave when all that was sent before is done.
  record Stop() implements ToWorker {}

  /// Appends this as a frame.
  default void write(FrameOutput out) {
    if (this instanceof RunTasks m) {
      out.begin(Protocol.RUN_TASKS);
      out.putId(m.closure());
      out.putInt(m.calls().size());
      for (TaskCall call : m.calls()) {
        out.putLong(call.task());
        out.putLong(call.seed());
        out.putPayload(call.input());
        out.putLongs(call.values());
      }
    } else if (this instanceof RunChunk m) {
      out.begin(Protocol.RUN_CHUNK);
      out.putId(m.closure());
      out.putLong(m.task());
      out.putLong(m.seed());
      out.putLong(m.sliceNanos());
      out.putInt(m.count());
      out.putPayload(m.inputs());
    } else if (this instanceof DefineClosure m) {
      out.begin(Protocol.DEFINE_CLOSURE);
      ClosureFields.write(m.definition(), out);
    } else if (this instanceof DefineValue m) {
      out.begin(Protocol.DEFINE_VALUE);
      out.putLong(m.value());
      ValueFields.write(m.form(), m.memory(), out);
    } else if (this instanceof AppendToValue m) {
      out.begin(Protocol.APPEND_TO_VALUE);
      out.putLong(m.value());
      out.putPayload(m.bytes());
    } else if (this instanceof ForgetValue m) {
      out.begin(Protocol.FORGET_VALUE);
      out.putLong(m.value());
    } else if (this instanceof DefinePart m) {
      out.begin(Protocol.DEFINE_PART);
      out.putId(m.part());
      out.putPayload(m.bytes());
    } else if (this instanceof ForgetPart m) {
      out.begin(Protocol.FORGET_PART);
      out.putId(m.part());
    } else if (this instanceof DefineClass m) {
      out.begin(Protocol.DEFINE_CLASS);
      out.putString(m.definition().name());
      out.putId(m.definition().id());
      out.putPayload(m.definition().bytes());
    } else if (this instanceof ForgetClosure m) {
      out.begin(Protocol.FORGET_CLOSURE);
      out.putId(m.closure());
    } else if (this instanceof ForgetClass m) {
      out.begin(Protocol.FORGET_CLASS);
      out.putId(m.definition());
    } else if (this instanceof GiveMemory m) {
      out.begin(Protocol.GIVE_MEMORY);
      ValueFields.write(m.memory(), out);
    } else if (this instanceof CancelTask m) {
      out.begin(Protocol.CANCEL_TASK);
      out.putLong(m.task());
    } else if (this instanceof SkipTask m) {
      out.begin(Protocol.SKIP_TASK);
      out.putLong(m.task());
    } else if (this instanceof RecallTasks m) {
      out.begin(Protocol.RECALL_TASKS);
      out.putLongs(m.tasks());
      out.putLongs(m.places());
    } else if (this instanceof DumpThreads m) {
      out.begin(Protocol.DUMP_THREADS);
      out.putLong(m.request());
    } else if (this instanceof GiveAnswer m) {
      out.begin(Protocol.GIVE_ANSWER);
      out.putLong(m.request());
      out.putByte(m.isFailure() ? 1 : 0);
      out.putPayload(m.encoded());
    } else if (this instanceof ExtendClassPath m) {
      out.begin(Protocol.EXTEND_CLASS_PATH);
      out.putInt(m.entries().size());
      m.entries().forEach(out::putString);
    } else {
      out.begin(Protocol.STOP);
    }
    out.end();
  }

  /// Reads a frame.
  ///
  /// @throws MalformedFrameException if it is none of these
  static ToWorker read(ByteBuffer frame) throws MalformedFrameException {
    FrameFields fields = new FrameFields(frame);
    ToWorker message =
        switch (fields.tag()) {
          case Protocol.RUN_TASKS -> new RunTasks(fields.getId(), calls(fields));
          case Protocol.RUN_CHUNK -> chunk(fields);
          case Protocol.DEFINE_CLOSURE -> new DefineClosure(ClosureFields.read(fields));
          case Protocol.DEFINE_VALUE ->
              new DefineValue(
                  fields.getLong(), ValueFields.readForm(fields), ValueFields.readRange(fields));
          case Protocol.APPEND_TO_VALUE -> new AppendToValue(fields.getLong(), fields.getPayload());
          case Protocol.FORGET_VALUE -> new ForgetValue(fields.getLong());
          case Protocol.DEFINE_PART -> new DefinePart(fields.getId(), fields.getPayload());
          case Protocol.FORGET_PART -> new ForgetPart(fields.getId());
          case Protocol.DEFINE_CLASS ->
              new DefineClass(
                  new ClassDefinition(fields.getString(), fields.getId(), fields.getPayload()));
          case Protocol.FORGET_CLOSURE -> new ForgetClosure(fields.getId());
          case Protocol.FORGET_CLASS -> new ForgetClass(fields.getId());
          case Protocol.GIVE_MEMORY -> new GiveMemory(ValueFields.readRange(fields));
          case Protocol.CANCEL_TASK -> new CancelTask(fields.getLong());
          case Protocol.SKIP_TASK -> new SkipTask(fields.getLong());
          case Protocol.RECALL_TASKS -> recall(fields);
          case Protocol.DUMP_THREADS -> new DumpThreads(fields.getLong());
          case Protocol.GIVE_ANSWER ->
              new GiveAnswer(fields.getLong(), fields.getByte() != 0, fields.getPayload());
          case Protocol.EXTEND_CLASS_PATH -> new ExtendClassPath(strings(fields));
          case Protocol.STOP -> new Stop();
          default ->
              throw new MalformedFrameException(
                  "no message to a worker has the tag %#x".formatted(fields.tag()));
        };
    fields.end();
    return message;
  }

  private static RunChunk chunk(FrameFields fields) throws MalformedFrameException {
    return new RunChunk(
        fields.getId(),
        fields.getLong(),
        fields.getLong(),
        fields.getLong(),
        fields.getCount(Pack.LEAST_BYTES),
        fields.getPayload());
  }

  private static List<TaskCall> calls(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(TaskCall.MIN_BYTES);
    List<TaskCall> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      calls.add(
          new TaskCall(fields.getLong(), fields.getLong(), fields.getPayload(), fields.getLongs()));
    }
    return calls;
  }

  private static RecallTasks recall(FrameFields fields) throws MalformedFrameException {
    List<Long> tasks = fields.getLongs();
    List<Long> places = fields.getLongs();
    if (tasks.size() != places.size()) {
      throw new MalformedFrameException(
          "%d tasks have %d places".formatted(tasks.size(), places.size()));
    }
    return new RecallTasks(tasks, places);
  }

  private static List<String> strings(FrameFields fields) throws MalformedFrameException {
    int count = fields.getCount(Integer.BYTES);
    List<String> strings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      strings.add(fields.getString());
    }
    return strings;
  }
}
