package argosy.engine.closure;

import argosy.NotShippableException;
import argosy.TaskFailedException;
import argosy.engine.host.Host;
import argosy.wire.ClassDefinition;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.Payload;
import argosy.wire.codec.EnumState;
import argosy.wire.codec.Failure;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.LambdaShape;
import argosy.wire.codec.StateItem;
import argosy.wire.codec.UnshippableException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
  private final GraphWriter first;
  private final List<Item> plain = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private GraphWriter rest;
  private boolean isGrowing;
  private @Nullable ClosureDefinition closure;
  private List<ClassDefinition> classes = List.of();

  private Capture(Host host) {
    cells = new Cells(host);
    reach = new Reach(cells);
    table = new CellTable(host, cells, reach);
    inputs = new GraphWriter(table);
    results = new GraphReader(table, Payload.EMPTY.bytes());
    first = new GraphWriter(table);
    rest = new GraphWriter(table);
  }

  /// Captures a function with all that its code reaches.
  ///
  /// @param function an [argosy.wire.TaskFunction]
  /// @throws NotShippableException if it reaches something that cannot leave this process
  public static Capture of(Host host, Object function) {
    Capture capture = new Capture(host);
    try {
      capture.add(new Item.Function(function));
      capture.follow();
      if (capture.reach.runsCodeWhenRebuilt()) {
        capture.reorder();
      }
      capture.isGrowing = true;
    } catch (UnshippableException e) {
      throw refused("task", e);
    }
    return capture;
  }

  /// Encodes an input. The closure may grow by what the input's classes reach.
  ///
  /// @throws NotShippableException if it holds something that cannot leave this process
  public Payload encode(@Nullable Object input) {
    int classCount = reach.shippedCount();
    int stateSize = first.size() + rest.size();
    Payload encoded = write(input);
    try {
      follow();
    } catch (UnshippableException e) {
      throw refused("task", e);
    }
    if (classCount != reach.shippedCount() || stateSize != first.size() + rest.size()) {
      closure = null;
    }
    return encoded;
  }

  private Payload write(@Nullable Object input) {
    try {
      inputs.write(input);
      return Payload.of(inputs.bytes());
    } catch (UnshippableException e) {
      throw refused("input", e);
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

  /// {@return the definitions of all classes that [#closure] names, in the same order}
  public List<ClassDefinition> classes() {
    closure();
    return classes;
  }

  /// {@return a result as an object of this process}
  ///
  /// @throws TaskFailedException if it cannot be rebuilt here
  public @Nullable Object decode(Payload result) {
    try {
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

  /// {@return what a task threw, or a [TaskFailedException] with its printed form if it cannot be
  /// rebuilt here, or a [NotShippableException] if the task's result could not travel}
  public Throwable decodeFailure(Payload failure) {
    Failure decoded = Failure.decode(table, failure);
    if (decoded.isUnshippable()) {
      return new NotShippableException("a task's result cannot be sent back: " + decoded.printed());
    }
    Throwable thrown = decoded.thrown();
    return thrown != null ? thrown : new TaskFailedException(decoded.printed());
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
    List<Item> all = new ArrayList<>(plain);
    all.addAll(items);
    return all;
  }

  String nameOf(LambdaShape lambda, int index) {
    return table.capturedName(lambda, index);
  }

  private void follow() {
    while (reach.advance()) {
      for (Class<?> type = reach.nextEnum(); type != null; type = reach.nextEnum()) {
        first.writeInt(StateItem.ENUM_CONSTANTS.tag());
        EnumState.writeConstants(first, type);
        if (EnumState.hasFields(type)) {
          add(new Item.EnumFields(type));
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
    if (owner.isEnum() && isOwnConstant(owner, captured.name(), value)) {
      return; // comes with the enum's constants
    }
    Item item = new Item.Variable(owner, captured.name(), value);
    if (value == null || isBoxed(value) || (value instanceof String && isGrowing)) {
      plain.add(item);
      item.write(first);
    } else {
      add(item);
    }
  }

  private void add(Item item) {
    items.add(item);
    item.write(rest);
  }

  /// Writes the statics again, texts before all others and then those first that were found last:
  /// code that runs while a value is rebuilt was found through that value, and so were the statics
  /// that it reads.
  private void reorder() {
    rest = new GraphWriter(table);
    List<Item> ordered = new ArrayList<>(items.reversed());
    ordered.sort(Comparator.comparing(item -> !isText(item)));
    ordered.forEach(item -> item.write(rest));
  }

  private static boolean isText(Item item) {
    return item instanceof Item.Variable variable && variable.value() instanceof String;
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
      List<ClassDefinition> own = cell.definitions(cells.isInitialized(cell), cells);
      definitions.add(own.get(0));
      holders.addAll(own.subList(1, own.size()));
    }
    definitions.addAll(holders);
    classes = List.copyOf(definitions);
    byte[] start = first.bytes();
    byte[] end = rest.bytes();
    byte[] state =
        ByteBuffer.allocate(Integer.BYTES + start.length + end.length)
            .putInt(start.length)
            .put(start)
            .put(end)
            .array();
    List<ContentId> ids = classes.stream().map(ClassDefinition::id).toList();
    ByteBuffer names = ByteBuffer.allocate(2 * Long.BYTES * ids.size());
    ids.forEach(each -> names.putLong(each.high()).putLong(each.low()));
    ContentId id = ContentId.of(names.array(), state);
    return new ClosureDefinition(id, ids, Payload.of(state));
  }

  private static NotShippableException refused(String root, UnshippableException e) {
    String message = root + " -> " + e.path() + ": " + e.remedy();
    Throwable cause = e.getCause();
    return cause == null
        ? new NotShippableException(message)
        : new NotShippableException(message, cause);
  }
}
