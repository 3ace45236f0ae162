package argosy.worker.rebuild;

import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.PrintedValue;
import argosy.wire.StopPoint;
import argosy.wire.TaskFunction;
import argosy.wire.codec.Failure;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Inlet;
import argosy.wire.codec.UnshippableException;
import argosy.worker.resident.ResidentLoader;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One closure of this worker: each task gets its function and statics afresh.
final class LoadedClosure {

  /// What belongs to the classes of one world. The reader and the writer are used for each task,
  /// because most inputs and results are small, and keep nothing in between.
  private record Tools(
      RunningClasses running,
      ShippedClasses table,
      GraphReader inputs,
      GraphWriter results,
      ResultValues resultValues) {

    static Tools of(RunningClasses running, ResultValues resultValues) {
      ShippedClasses table = running.table();
      return new Tools(
          running,
          table,
          new GraphReader(table, Payload.EMPTY.bytes()),
          new GraphWriter(table, resultValues),
          resultValues);
    }

    /// @param values brings what travelled beside the input, or null if nothing did
    @Nullable Object input(@Nullable Inlet values, Payload encoded) {
      if (values != null) {
        return new GraphReader(table, values, encoded.bytes()).read();
      }
      inputs.restart(encoded.bytes());
      try {
        return inputs.read();
      } finally {
        inputs.restart(Payload.EMPTY.bytes());
      }
    }

    Outcome encode(@Nullable Object result, int valuesBefore) {
      resultValues.startAfter(valuesBefore);
      try {
        results.write(result);
        return new Outcome.Returned(Payload.of(results.bytes()), resultValues.taken());
      } finally {
        results.restart();
      }
    }
  }

  private final WorldSlot slot;
  private final List<ClassDefinition> definitions;
  private final Kind kind;
  private final ClosureState state;
  private final Supplier<ResultValues> outlets;
  private @Nullable Tools tools;

  /// What distinguishes closures besides what they have.
  ///
  /// @param stays whether the classes stay here, for those that come later
  /// @param runsInputs whether each call brings the function that it runs as its input
  record Kind(boolean stays, boolean runsInputs) {}

  /// @param outlets make what takes the large values of results
  LoadedClosure(
      Kind kind,
      WorldSlot slot,
      List<ClassDefinition> definitions,
      ClosureState state,
      Supplier<ResultValues> outlets) {
    this.kind = kind;
    this.outlets = outlets;
    this.slot = slot;
    this.definitions = definitions;
    this.state = state;
  }

  /// {@return its classes}
  List<ClassDefinition> definitions() {
    return definitions;
  }

  /// {@return the classes in which a task that runs now speaks to others}
  RunningClasses running() {
    return tools().running();
  }

  /// Gives up the place in its world.
  void leave() {
    slot.leave(definitions);
  }

  /// @param residents brings the code into force that this closure has for classes that stay
  /// @param values brings what travelled beside the input, or null if nothing did
  Prepared prepare(ResidentLoader residents, Payload input, @Nullable Inlet values) {
    Tools current = tools();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(current.table().world());
    try {
      residents.match(definitions);
      TaskFunction<@Nullable Object, @Nullable Object> function = state.restore(current.table());
      Object value = current.input(values, input);
      return kind.runsInputs()
          ? () -> run(current, brought(value), null)
          : () -> run(current, function, value);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return () -> new Outcome.Threw(Failure.encode(current.table(), e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /// Runs the next task of a chunk. What its own code throws is how it ended.
  ///
  /// @param residents as for [#prepare]
  /// @throws StopPoint.Stopped if the task was stopped; whatever is thrown, its input has been read
  void runNext(ResidentLoader residents, Pack.Reader inputs, ChunkEnds ends) {
    boolean isPlain = inputs.isPlain();
    Object plain = isPlain ? inputs.nextPlain() : null;
    Payload encoded = isPlain ? Payload.EMPTY : inputs.next();
    Tools current = tools();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(current.table().world());
    try {
      residents.match(definitions);
      TaskFunction<@Nullable Object, @Nullable Object> function = state.restore(current.table());
      Object result = function.apply(isPlain ? plain : current.input(null, encoded));
      if (!ends.addPlain(result)) {
        ends.add(returned(current, function, result, ends.valueCount()));
      }
    } catch (StopPoint.Stopped e) {
      throw e;
    } catch (Throwable e) {
      ends.add(threw(current, e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @SuppressWarnings("unchecked") // the task that made it has encoded it as such
  private static TaskFunction<@Nullable Object, @Nullable Object> brought(@Nullable Object value) {
    return (TaskFunction<@Nullable Object, @Nullable Object>)
        Objects.requireNonNull(value, "the call brings no function");
  }

  private Tools tools() {
    World world = slot.current();
    Tools known = tools;
    if (known == null || !known.table().world().equals(world)) {
      RunningClasses running = new RunningClasses(world, definitions, kind.stays());
      known = Tools.of(running, outlets.get());
      tools = known;
    }
    world.runs(definitions);
    return known;
  }

  private static Outcome run(
      Tools tools,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      @Nullable Object input) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(tools.table().world());
    try {
      return returned(tools, function, function.apply(input), 0);
    } catch (StopPoint.Stopped e) {
      throw e;
    } catch (Throwable e) {
      return threw(tools, e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static Outcome threw(Tools tools, Throwable thrown) {
    return new Outcome.Threw(
        thrown instanceof UnshippableException refusal
            ? Failure.encodeRefusal(tools.table(), refusal)
            : Failure.encode(tools.table(), thrown));
  }

  /// What a cell ends with need not be able to travel if it is there to be looked at only.
  private static Outcome returned(
      Tools tools, TaskFunction<?, ?> function, @Nullable Object result, int valuesBefore) {
    try {
      return tools.encode(result, valuesBefore);
    } catch (UnshippableException e) {
      if (!(function instanceof CellBodies bodies) || bodies.wanted() != CellBodies.Wanted.LOOK) {
        throw e;
      }
      return tools.encode(new PrintedValue(String.valueOf(result)), valuesBefore);
    }
  }
}
