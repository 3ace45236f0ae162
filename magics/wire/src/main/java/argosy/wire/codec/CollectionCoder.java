package argosy.wire.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A collection of exactly one class of the JDK: its elements in their order.
///
/// @param <C> the class
final class CollectionCoder<C extends Collection<@Nullable Object>> extends Coder<C> {

  private final ToIntFunction<C> capacity;
  private final Empty<C> empty;
  private final boolean isHashed;

  /// @param capacity a number from which `empty` makes a collection that iterates in the same order
  /// @param isHashed whether elements are found by a hash that they must be complete for
  CollectionCoder(ToIntFunction<C> capacity, Empty<C> empty, boolean isHashed) {
    this.capacity = capacity;
    this.empty = empty;
    this.isHashed = isHashed;
  }

  @Override
  void write(GraphWriter writer, C values) {
    GraphOutput out = writer.out();
    int expected = values.size();
    out.writeVarInt(capacity.applyAsInt(values), true);
    out.writeVarInt(expected, true);
    int index = 0;
    if (isHashed) {
      writer.contentNeeded();
    }
    try {
      for (Object value : values) {
        writer.value(value);
        index++;
      }
    } catch (UnshippableException e) {
      throw e.at("element[" + index + "]");
    } catch (RuntimeException e) {
      throw Failures.whileWriting(values, e);
    }
    if (isHashed) {
      writer.contentWritten();
    }
    if (index != expected) {
      throw changed(values);
    }
  }

  static UnshippableException changed(Object values) {
    return new UnshippableException(
        values.getClass().getName(),
        "another thread changed it while it was being captured; wait for that thread, or capture a"
            + " copy");
  }

  @Override
  C read(GraphReader reader, Class<? extends C> type, int id) {
    int written = reader.in().readVarInt(true);
    int size = reader.in().readLength(1);
    C values = empty.make(reader.in(), written, size);
    reader.reference(id, values);
    int incomplete = reader.incompleteReferences();
    List<@Nullable Object> all = null;
    reader.in().owe(size);
    for (int i = 0; i < size; i++) {
      reader.in().pay();
      Object value = reader.value();
      if (isHashed && all == null && incomplete != reader.incompleteReferences()) {
        all = new ArrayList<>(size);
        all.addAll(values);
        List<@Nullable Object> complete = all;
        reader.atEnd(() -> rehash(values, complete));
      }
      if (all == null) {
        values.add(value);
      } else {
        all.add(value);
        addIncomplete(values, value);
      }
    }
    return values;
  }

  /// Adds what may have neither its hash nor its equals yet, for whoever looks at the collection
  /// before all is there.
  private void addIncomplete(C values, @Nullable Object value) {
    try {
      values.add(value);
    } catch (RuntimeException e) {
      // Its class expects more of it than is there.
    }
  }

  private void rehash(C values, List<@Nullable Object> all) {
    values.clear();
    values.addAll(all);
  }
}
