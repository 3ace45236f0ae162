package argosy.worker.rebuild;

import argosy.wire.PartUse;
import argosy.wire.codec.GraphReader;
import argosy.wire.codec.GraphWriter;
import argosy.wire.codec.Outlet;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A part of a closure's state, built: each task finds the same objects as long as no task has
/// changed them.
/*
 * Change. A task that provably only reads leaves the part as it was. After any other the part is
 * suspect: before the next task it is hashed, with all that a task could have changed, and compared
 * with its hash when it was new. A part that changes again and again is not hashed any more but
 * built for each task.
 */
final class KeptPart {

  private static final int HOPELESS_CHANGES = 3;

  /// @param large the large values that the objects refer to, and the numbers that the graph has
  ///   for them
  /// @param hash of the objects when they were new, or empty if they cannot be kept by comparison
  private record Built(
      List<Restored> items, IdentityHashMap<Object, Integer> large, OptionalLong hash) {}

  private final byte[] bytes;
  private final StateCounts counts;
  private SoftReference<@Nullable Built> kept = new SoftReference<>(null);
  private boolean isSuspect;
  private int changes;

  KeptPart(byte[] bytes, StateCounts counts) {
    this.bytes = bytes;
    this.counts = counts;
  }

  /// Puts the part in place for a task.
  ///
  /// @return the function, if this part has it
  @Nullable Object restore(ShippedClasses classes, PartUse use, HeldValues.StateInlet values) {
    PartTable table = new PartTable(classes, use.classes());
    Built ready = kept.get();
    if (ready != null && isSuspect && !isUnchanged(ready, table)) {
      changes++;
      ready = null;
    }
    if (ready == null || !hasSameValues(ready, use, values)) {
      ready = build(table, use, values);
      kept = new SoftReference<>(ready);
      isSuspect = false;
      counts.partBuilt();
    } else {
      counts.partKept();
    }
    if (!use.isReadOnly()) {
      isSuspect = true;
    }
    Object function = null;
    for (Restored item : ready.items()) {
      Object applied = item.apply();
      function = applied != null ? applied : function;
    }
    return function;
  }

  private Built build(PartTable table, PartUse use, HeldValues.StateInlet values) {
    IdentityHashMap<Object, Integer> large = new IdentityHashMap<>();
    GraphReader reader =
        new GraphReader(
            table,
            number -> {
              Object value = values.bring(use.values().get(number));
              large.put(value, number);
              return value;
            },
            bytes);
    List<Restored> items = new ArrayList<>();
    while (!reader.isAtEnd()) {
      items.add(Restored.read(reader));
    }
    boolean isHashed = !use.isReadOnly() && changes < HOPELESS_CHANGES;
    return new Built(items, large, isHashed ? hashOf(items, large, table) : OptionalLong.empty());
  }

  /// Another task may have changed a large value, which is then another object.
  @SuppressWarnings("ReferenceEquality") // the very object
  private static boolean hasSameValues(Built built, PartUse use, HeldValues.StateInlet values) {
    for (Map.Entry<Object, Integer> entry : built.large().entrySet()) {
      if (values.bring(use.values().get(entry.getValue())) != entry.getKey()) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnchanged(Built built, PartTable table) {
    return built.hash().isPresent()
        && built.hash().equals(hashOf(built.items(), built.large(), table));
  }

  /// {@return a hash, or empty for what cannot be hashed and so is not kept}
  private static OptionalLong hashOf(
      List<Restored> items, IdentityHashMap<Object, Integer> large, PartTable table) {
    try {
      GraphWriter writer = GraphWriter.hashing(table, new Numbers(large));
      for (Restored item : items) {
        item.hash(writer);
      }
      return writer.hash();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      return OptionalLong.empty();
    }
  }

  /// Stands for a large value by its number: whether it has changed is asked where it is held.
  private record Numbers(IdentityHashMap<Object, Integer> known) implements Outlet {

    @Override
    public int take(Object value) {
      return known.getOrDefault(value, -1);
    }

    @Override
    public int count() {
      return 0;
    }

    @Override
    public void truncate(int count) {}
  }
}
