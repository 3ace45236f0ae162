package argosy.worker.rebuild;

import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One closure of this worker: each task gets its function and statics afresh.
final class LoadedClosure {

  private final WorldSlot slot;
  private final List<ClassDefinition> definitions;
  private final ClosureState state;
  private final Supplier<ResultValues> outlets;
  private @Nullable ShippedClasses classes;

  /// @param outlets make what takes the large values of one result
  LoadedClosure(
      WorldSlot slot,
      List<ClassDefinition> definitions,
      ClosureState state,
      Supplier<ResultValues> outlets) {
    this.outlets = outlets;
    this.slot = slot;
    this.definitions = definitions;
    this.state = state;
  }

  WorldSlot slot() {
    return slot;
  }

  /// @param residents brings the code into force that this closure has for classes that stay
  Prepared prepare(ResidentLoader residents, Payload input, Inlet values) {
    World world = slot.current();
    ShippedClasses known = classes;
    if (known == null || !known.world().equals(world)) {
      known = new ShippedClasses(world, definitions);
      classes = known;
    }
    ShippedClasses table = known;
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(world);
    try {
      residents.match(definitions);
      TaskFunction<@Nullable Object, @Nullable Object> function = state.restore(table);
      Object value = new GraphReader(table, values, input.bytes()).read();
      return () -> run(table, function, value);
    } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
      return () -> new Outcome.Threw(Failure.encode(table, e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Outcome run(
      ShippedClasses table,
      TaskFunction<@Nullable Object, @Nullable Object> function,
      @Nullable Object input) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(table.world());
    try {
      return returned(table, function, function.apply(input));
    } catch (StopPoint.Stopped e) {
      throw e;
    } catch (UnshippableException e) {
      return new Outcome.Threw(Failure.encode(table, e));
    } catch (Throwable e) {
      return new Outcome.Threw(Failure.encode(table, e));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private Outcome returned(
      ShippedClasses table, TaskFunction<?, ?> function, @Nullable Object result) {
    ResultValues values = outlets.get();
    try {
      GraphWriter writer = encode(table, function, values, result);
      return new Outcome.Returned(Payload.of(writer.bytes()), values.sent());
    } catch (Throwable e) {
      values.truncate(0);
      throw e;
    }
  }

  /// What a cell ends with is there to be looked at, so it need not be able to travel.
  private static GraphWriter encode(
      ShippedClasses table,
      TaskFunction<?, ?> function,
      ResultValues values,
      @Nullable Object result) {
    GraphWriter writer = new GraphWriter(table, values);
    try {
      writer.write(result);
    } catch (UnshippableException e) {
      if (!(function instanceof CellBodies)) {
        throw e;
      }
      values.truncate(0);
      writer = new GraphWriter(table, values);
      writer.write(new PrintedValue(String.valueOf(result)));
    }
    return writer;
  }
}
