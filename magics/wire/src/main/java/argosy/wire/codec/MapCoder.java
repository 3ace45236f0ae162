package argosy.wire.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A map of exactly one class of the JDK: its entries in their order.
///
/// @param <M> the class
final class MapCoder<M extends Map<@Nullable Object, @Nullable Object>> extends Coder<M> {

  private final ToIntFunction<M> capacity;
  private final Empty<M> empty;

  /// @param capacity a number from which `empty` makes a map that iterates in the same order
  MapCoder(ToIntFunction<M> capacity, Empty<M> empty) {
    this.capacity = capacity;
    this.empty = empty;
  }

  @Override
  void write(GraphWriter writer, M map) {
    GraphOutput out = writer.out();
    int expected = map.size();
    out.writeVarInt(capacity.applyAsInt(map), true);
    out.writeVarInt(expected, true);
    int count = 0;
    writer.contentNeeded();
    try {
      for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
        writeEntry(writer, entry.getKey(), entry.getValue());
        count++;
      }
    } catch (UnshippableException e) {
      throw e;
    } catch (RuntimeException e) {
      throw Failures.whileWriting(map, e);
    }
    writer.contentWritten();
    if (count != expected) {
      throw CollectionCoder.changed(map);
    }
  }

  static void writeEntry(GraphWriter writer, @Nullable Object key, @Nullable Object value) {
    try {
      writer.value(key);
    } catch (UnshippableException e) {
      throw e.at("key");
    }
    try {
      writer.value(value);
    } catch (UnshippableException e) {
      throw e.at("value of key " + shown(key));
    }
  }

  private static String shown(@Nullable Object key) {
    if (key instanceof String text) {
      return "\"" + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\"";
    }
    if (key instanceof Enum<?> constant) {
      return constant.name();
    }
    if (key == null || key instanceof Number || key instanceof Boolean) {
      return String.valueOf(key);
    }
    return "of class " + key.getClass().getName();
  }

  @Override
  M read(GraphReader reader, Class<? extends M> type, int id) {
    int written = reader.in().readVarInt(true);
    int size = reader.in().readLength(1);
    M map = empty.make(reader.in(), written, size);
    reader.reference(id, map);
    Entries all = null;
    for (int i = 0; i < size; i++) {
      int incomplete = reader.incompleteReferences();
      Object key = reader.value();
      if (all == null && incomplete != reader.incompleteReferences()) {
        Entries complete = new Entries(map);
        all = complete;
        reader.atEnd(() -> complete.putInto(map));
      }
      Object value = reader.value();
      if (all == null) {
        map.put(key, value);
      } else {
        all.add(key, value);
        putIncomplete(map, key, value);
      }
    }
    return map;
  }

  /// Adds a key that may have neither its hash nor its equals yet, for whoever looks at the map
  /// before all is there.
  private void putIncomplete(M map, @Nullable Object key, @Nullable Object value) {
    try {
      map.put(key, value);
    } catch (RuntimeException e) {
      // Its class expects more of it than is there.
    }
  }

  /// All that a map is to hold, until its keys are complete.
  private static final class Entries {

    private final List<@Nullable Object> keys = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();

    Entries(Map<@Nullable Object, @Nullable Object> map) {
      map.forEach(this::add);
    }

    void add(@Nullable Object key, @Nullable Object value) {
      keys.add(key);
      values.add(value);
    }

    void putInto(Map<@Nullable Object, @Nullable Object> map) {
      map.clear();
      for (int i = 0; i < keys.size(); i++) {
        map.put(keys.get(i), values.get(i));
      }
    }
  }
}
