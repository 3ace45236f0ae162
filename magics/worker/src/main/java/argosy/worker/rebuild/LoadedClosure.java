package argosy.worker.rebuild;

import argosy.wire.ClassDefinition;
import argosy.wire.Payload;
import argosy.wire.StopPoint;
import argosy.wire.TaskFunction;
import argosy.wire.codec.Failure;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.UnshippableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One closure of this worker: each task gets its function and statics afresh.
final class LoadedClosure {

  /// What belongs to the classes of one world. The reader and the writer are used for each task,
  /// because most inputs and results are small, and keep nothing in between.
  private record Tools(ShippedClasses table, GraphReader inputs, GraphWriter results) {

    Tools(ShippedClasses table) {
      this(table, new GraphReader(table, Payload.EMPTY.bytes()), new GraphWriter(table));
    }

    @Nullable Object input(Payload encoded) {
      inputs.restart(encoded.bytes());
      try {
        return inputs.read();
      } finally {
        inputs.restart(Payload.EMPTY.bytes());
      }
    }

    Payload encode(@Nullable Object result) {
      try {
        results.write(result);
        return Payload.of(results.bytes());
      } finally {
        results.restart();
      }
    }
  }

  private final WorldSlot slot;
  private final List<ClassDefinition> definitions;
  private final ClosureState state;
  private @Nullable Tools tools;

  /// The function, if no task can change it or anything that it reaches.
  private @Nullable TaskFunction<@Nullable Object, @Nullable Object> unchanging;

  LoadedClosure(WorldSlot slot, List<ClassDefinition> definitions, Payload state) {
    this.slot = slot;
    this.definitions = definitions;
    this.state = new ClosureState(state);
  }

  WorldSlot slot() {
    return slot;
  }

  Prepared prepare(Payload input) {
    World world = slot.current();
    Tools known = tools;
    if (known == null || !known.table().world().equals(world)) {
      known = new Tools(new ShippedClasses(world, definitions));
      tools = known;
      unchanging = null;
    }
    Tools current = known;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(world);
    try {
      TaskFunction<@Nullable Object, @Nullable Object> function = function(current.table());
      Object value = current.input(input);
      return () -> run(current, function, value);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return () -> new Outcome.Threw(Failure.encode(current.table(), e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private TaskFunction<@Nullable Object, @Nullable Object> function(ShippedClasses table) {
    TaskFunction<@Nullable Object, @Nullable Object> known = unchanging;
    if (known != null) {
      return known;
    }
    TaskFunction<@Nullable Object, @Nullable Object> function = state.restore(table);
    if (state.isFunctionAlone() && Stateless.is(function)) {
      unchanging = function;
    }
    return function;
  }

  private static Outcome run(
      Tools tools,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      @Nullable Object input) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(tools.table().world());
    try {
      return new Outcome.Returned(tools.encode(function.apply(input)));
    } catch (StopPoint.Stopped e) {
      throw e;
    } catch (UnshippableException e) {
      return new Outcome.Threw(Failure.encode(tools.table(), e));
    } catch (Throwable e) {
      return new Outcome.Threw(Failure.encode(tools.table(), e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
