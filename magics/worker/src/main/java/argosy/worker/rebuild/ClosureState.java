package argosy.worker.rebuild;

import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.PartUse;
import argosy.wire.TaskFunction;
import argosy.wire.codec.GraphReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A captured function with the statics that it starts from.
///
///     length:4 | constants and plain values | the function and all other statics
///
/// What needs nothing else comes first: code that runs while the rest is rebuilt (a record's
/// constructor, a comparator) finds it there. Large parts come between the two; nothing runs while
/// they are built.
final class ClosureState {

  private final ClosureDefinition closure;
  private final Map<ContentId, byte[]> parts;
  private final HeldValues values;
  private final StateCounts counts;
  private final byte[] bytes;
  private final int firstLength;
  private final List<Restored> restored = new ArrayList<>();

  /// The classes for which everything was restored with what no task can change, or null: then the
  /// next task of these classes gets the very same.
  private @Nullable ShippedClasses unchanging;

  /// @param parts the bytes of the closure's parts, by their identity
  ClosureState(
      ClosureDefinition closure,
      Map<ContentId, byte[]> parts,
      HeldValues values,
      StateCounts counts) {
    this.closure = closure;
    this.parts = parts;
    this.values = values;
    this.counts = counts;
    bytes = closure.state().bytes();
    firstLength = ByteBuffer.wrap(bytes).getInt();
  }

  /// {@return the function, rebuilt; its statics are set}
  TaskFunction<@Nullable Object, @Nullable Object> restore(ShippedClasses table) {
    Object function = table.equals(unchanging) ? putBack() : build(table);
    if (!(function instanceof TaskFunction)) {
      throw new IllegalStateException("the closure's function is no TaskFunction: " + function);
    }
    @SuppressWarnings("unchecked") // the engine captured it so
    TaskFunction<@Nullable Object, @Nullable Object> typed =
        (TaskFunction<@Nullable Object, @Nullable Object>) function;
    return typed;
  }

  private @Nullable Object putBack() {
    Object function = null;
    for (Restored item : restored) {
      function = either(item.apply(), function);
    }
    return function;
  }

  private @Nullable Object build(ShippedClasses table) {
    unchanging = null;
    restored.clear();
    // What a task takes that works with classes that stay may live on in them, and change there.
    HeldValues.StateInlet inlet = values.forState(closure.values(), !closure.stays());
    Object function =
        restoreItems(new GraphReader(table, inlet, bytes, Integer.BYTES, firstLength));
    for (PartUse use : closure.parts()) {
      KeptPart part =
          closure.stays()
              ? new KeptPart(bytesOf(use), counts)
              : table
                  .world()
                  .part(PartKey.of(use, closure), key -> new KeptPart(bytesOf(use), counts));
      function = either(part.restore(table, use, inlet), function);
    }
    int restStart = Integer.BYTES + firstLength;
    GraphReader rest = new GraphReader(table, inlet, bytes, restStart, bytes.length - restStart);
    function = either(restoreItems(rest), function);
    boolean isPlain = closure.parts().isEmpty() && !closure.stays();
    if (isPlain && restored.stream().allMatch(Restored::isUnchanging)) {
      unchanging = table;
    } else {
      restored.clear();
    }
    return function;
  }

  private byte[] bytesOf(PartUse use) {
    byte[] known = parts.get(use.part());
    if (known == null) {
      throw new IllegalStateException("part " + use.part() + " has not been defined");
    }
    return known;
  }

  private @Nullable Object restoreItems(GraphReader reader) {
    Object function = null;
    while (!reader.isAtEnd()) {
      Restored item = Restored.read(reader);
      restored.add(item);
      function = either(item.apply(), function);
    }
    return function;
  }

  private static @Nullable Object either(@Nullable Object one, @Nullable Object other) {
    return one != null ? one : other;
  }
}
