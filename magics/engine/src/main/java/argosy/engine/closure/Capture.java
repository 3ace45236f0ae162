package argosy.engine.closure;

import argosy.NotShippableException;
import argosy.TaskFailedException;
import argosy.engine.host.Host;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.StoredValue;
import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction;
import argosy.wire.CellBodies;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.PartUse;
import argosy.wire.Payload;
import argosy.wire.ResidentFunction;
import argosy.wire.ValueUse;
import argosy.wire.codec.Described;
import argosy.wire.codec.EnumState;
import argosy.wire.codec.Failure;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Guards;
import argosy.wire.codec.Inlet;
import argosy.wire.codec.LambdaShape;
import argosy.wire.codec.UnshippableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one job's function needs on a worker, as it was when the job was made.
///
/// The function is captured at once; an input that brings classes along which the function alone
/// would not reach makes the closure grow, and what had been captured stays as it was. Confined to
/// one thread at a time.
public final class Capture {

  private final Cells cells;
  private final Reach reach;
  private final CellTable table;

  /// Both are used again and again, because most inputs and results are small, and keep nothing in
  /// between.
  private final GraphWriter inputs;

  private final GraphReader results;
  private final InputValues inputValues;
  private final CapturedState state;
  private final boolean isLambda;
  private @Nullable ClosureDefinition closure;
  private List<ClassDefinition> classes = List.of();
  private List<DefinedPart> parts = List.of();
  private final List<String> residentVariables = new ArrayList<>();
  private boolean isResident;

  private Capture(Host host, Object function, ValueStore store) {
    isLambda = isLambda(function);
    cells = new Cells(host);
    reach = new Reach(cells);
    table = new CellTable(host, cells, reach);
    inputValues = new InputValues(store);
    inputs = new GraphWriter(table, inputValues);
    results = new GraphReader(table, Payload.EMPTY.bytes());
    state = new CapturedState(table, store);
  }

  /// Captures a function with all that its code reaches.
  ///
  /// @param function an [argosy.wire.TaskFunction]
  /// @param store gets the large values
  /// @throws NotShippableException if it reaches something that cannot leave this process
  public static Capture of(Host host, Object function, ValueStore store) {
    return of(host, function, store, Reach::part);
  }

  /// As [#of], for a cell with all that it declares, whether or not it uses that itself.
  static Capture ofDeclarations(Host host, CellBodies cell, ValueStore store) {
    return of(host, cell, store, Reach::declared);
  }

  private static Capture of(
      Host host, Object function, ValueStore store, BiConsumer<Reach, Class<?>> part) {
    Capture capture = new Capture(host, function, store);
    try {
      capture.isResident = function instanceof ResidentFunction;
      if (function instanceof CellBodies cell) {
        cell.classes().forEach(each -> part.accept(capture.reach, each));
      }
      capture.state.add(new Item.Function(function));
      capture.follow();
      capture.state.settle(capture.reach.runsCodeWhenRebuilt());
    } catch (UnshippableException e) {
      throw refused("task", e);
    }
    return capture;
  }

  /// Encodes the only input. The closure may grow by what the input's classes reach.
  ///
  /// @throws NotShippableException if it holds something that cannot leave this process
  public Encoded encode(@Nullable Object input) {
    return encode(input, () -> "input");
  }

  /// Encodes one of many inputs. The closure may grow by what the input's classes reach.
  ///
  /// @param name gives that of the input, such as `input 5`, for the path to what cannot be sent
  /// @throws NotShippableException if it holds something that cannot leave this process
  public Encoded encode(@Nullable Object input, Supplier<String> name) {
    int classCount = reach.shippedCount();
    int stateSize = state.size();
    Encoded encoded = write(input, name);
    try {
      follow();
    } catch (UnshippableException e) {
      throw refused("task", e);
    }
    if (classCount != reach.shippedCount() || stateSize != state.size()) {
      closure = null;
    }
    return encoded;
  }

  private Encoded write(@Nullable Object input, Supplier<String> name) {
    try {
      Guards.refuse(input);
      inputs.write(input);
      return new Encoded(Payload.of(inputs.bytes()), inputValues.taken());
    } catch (UnshippableException e) {
      throw refused(name.get(), e);
    } finally {
      inputs.restart();
    }
  }

  /// {@return the closure as it is now; its id changes when it grows}
  public ClosureDefinition closure() {
    ClosureDefinition known = closure;
    if (known == null) {
      known = define();
      closure = known;
    }
    return known;
  }

  /// {@return the variables that the function works with where they live, on the workers, in the
  /// order in which its code names them; their values do not ship}
  public List<String> residentVariables() {
    return List.copyOf(residentVariables);
  }

  /// {@return the definitions of all classes that [#closure] names, in the same order}
  public List<ClassDefinition> classes() {
    closure();
    return classes;
  }

  /// {@return the parts of the state that [#closure] names, in the same order}
  public List<DefinedPart> parts() {
    closure();
    return parts;
  }

  /// {@return the large values that [#closure] names, in the same order}
  public List<StoredValue> values() {
    return state.values().stored();
  }

  /// {@return a result as an object of this process}
  ///
  /// @param values brings what travelled beside it
  /// @throws TaskFailedException if it cannot be rebuilt here
  public @Nullable Object decode(Payload result, Inlet values) {
    try {
      if (values instanceof ReturnedValues returned && !returned.isEmpty()) {
        return new GraphReader(table, values, result.bytes()).read();
      }
      results.restart(result.bytes());
      return results.read();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new TaskFailedException(
          "the task's result cannot be rebuilt here: "
              + e
              + "; return plain data, or run the cell that defines its class again",
          e);
    } finally {
      results.restart(Payload.EMPTY.bytes());
    }
  }

  /// {@return what a task threw, or a [TaskFailedException] in its place if it cannot be rebuilt
  /// here, or a [NotShippableException] if the task's result could not travel}
  public Throwable decodeFailure(Payload failure) {
    Failure decoded = Failure.decode(table, failure);
    if (decoded.isUnshippable()) {
      return new NotShippableException("a task's result cannot be sent back: " + decoded.printed());
    }
    return switch (decoded.thrown()) {
      case Throwable thrown -> thrown;
      case Described described -> inPlaceOf(described);
      case null, default -> new TaskFailedException(decoded.printed());
    };
  }

  private static Throwable inPlaceOf(Described thrown) {
    Throwable cause =
        switch (thrown.cause()) {
          case Throwable itself -> itself;
          case Described described -> inPlaceOf(described);
          case null, default -> null;
        };
    TaskFailedException failure =
        new TaskFailedException(
            "%s (only its description arrives, because it holds what cannot travel: exception -> %s)"
                .formatted(thrown.text(), thrown.obstacle()));
    if (cause != null) {
      failure.initCause(cause);
    }
    failure.setStackTrace(thrown.frames().toArray(StackTraceElement[]::new));
    return failure;
  }

  // ---- what [Explainer] asks

  Cells cells() {
    return cells;
  }

  Reach reach() {
    return reach;
  }

  CellTable table() {
    return table;
  }

  /// {@return the function and the statics, in the order in which they were found}
  List<Item> items() {
    return state.items();
  }

  String nameOf(LambdaShape lambda, int index) {
    return table.capturedName(lambda, index);
  }

  private void follow() {
    while (reach.advance()) {
      for (Class<?> type = reach.nextEnum(); type != null; type = reach.nextEnum()) {
        state.addConstants(type);
        if (EnumState.hasFields(type)) {
          state.add(new Item.EnumFields(type));
        }
      }
      for (Reach.Static link = reach.nextLink(); link != null; link = reach.nextLink()) {
        state.addFirst(new Item.Resident(link.owner(), link.name()));
        if (!link.name().isEmpty()) {
          residentVariables.add(link.name());
        }
      }
      Reach.Static next = reach.nextStatic();
      if (next != null) {
        captureStatic(next);
      }
    }
  }

  private void captureStatic(Reach.Static captured) {
    Class<?> owner = captured.owner();
    Object value = cells.valueOf(owner, captured.name());
    if (ShownNames.isWrapper(owner)) {
      refuseGuard(value, ShownNames.variable(owner, captured.name()));
    }
    if (owner.isEnum() && isOwnConstant(owner, captured.name(), value)) {
      return; // comes with the enum's constants
    }
    Item item = new Item.Variable(owner, captured.name(), value);
    if (value == null || isBoxed(value) || (value instanceof String && state.isSettled())) {
      state.addFirst(item);
    } else {
      state.add(item);
    }
  }

  private static void refuseGuard(@Nullable Object value, String name) {
    try {
      Guards.refuse(value);
    } catch (UnshippableException e) {
      throw e.at(name);
    }
  }

  /// Whether a function is nothing but an adapter around one lambda.
  private static boolean isLambda(Object function) {
    return function instanceof AdaptedFunction<?, ?> adapted
        && !(function instanceof AdaptedFunction.Collected)
        && adapted.written().getClass().isHidden();
  }

  private static boolean isOwnConstant(Class<?> type, String name, @Nullable Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.getDeclaringClass() == type && constant.name().equals(name);
    }
    return value != null && value.getClass() == type.arrayType() && name.contains("$VALUES");
  }

  private static boolean isBoxed(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof Float
        || value instanceof Character
        || value instanceof Byte
        || value instanceof Short;
  }

  private ClosureDefinition define() {
    List<ClassDefinition> definitions = new ArrayList<>();
    List<ClassDefinition> holders = new ArrayList<>();
    for (CellClass cell : reach.shipped()) {
      List<ClassDefinition> own = cell.definitions(cells);
      definitions.add(own.get(0));
      holders.addAll(own.subList(1, own.size()));
    }
    definitions.addAll(holders);
    classes = List.copyOf(definitions);
    List<ContentId> ids = classes.stream().map(ClassDefinition::id).toList();
    Writes writes =
        state.isLarge() ? WriteAnalysis.of(cells, reach, isLambda) : Writes.everything();
    parts =
        state.define(
            ids, writes, type -> KnownPurity.staysWhenRead(type) || cells.get(type) != null);
    byte[] bytes = state.bytes();
    List<ValueUse> values = state.valueUses(writes);
    List<PartUse> uses = parts.stream().map(DefinedPart::use).toList();
    ContentId id = ContentId.of(names(ids, uses, values), bytes);
    boolean stays = isResident || reach.touchesResidents();
    return new ClosureDefinition(id, ids, stays, false, values, uses, Payload.of(bytes));
  }

  private static byte[] names(List<ContentId> classes, List<PartUse> parts, List<ValueUse> values) {
    ByteBuffer names =
        ByteBuffer.allocate(
            2 * Long.BYTES * (classes.size() + parts.size())
                + (Long.BYTES + Integer.BYTES + 1) * values.size()
                + parts.size());
    classes.forEach(each -> names.putLong(each.high()).putLong(each.low()));
    for (PartUse part : parts) {
      names.putLong(part.part().high()).putLong(part.part().low());
      names.put((byte) (part.isReadOnly() ? 1 : 0));
    }
    for (ValueUse value : values) {
      names.putLong(value.value()).putInt(value.occurrence());
      names.put((byte) (value.isReadOnly() ? 1 : 0));
    }
    return names.array();
  }

  private static NotShippableException refused(String root, UnshippableException e) {
    String message = root + " -> " + e.path() + ": " + e.remedy();
    Throwable cause = e.getCause();
    return cause == null
        ? new NotShippableException(message)
        : new NotShippableException(message, cause);
  }
}
