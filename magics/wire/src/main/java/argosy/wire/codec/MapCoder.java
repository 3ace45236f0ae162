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
    boolean rehash = false;
    for (int i = 0; i < size; i++) {
      int incomplete = reader.incompleteReferences();
      Object key = reader.value();
      rehash |= incomplete != reader.incompleteReferences();
      map.put(key, reader.value());
    }
    if (rehash) {
      reader.atEnd(() -> rehash(map));
    }
    return map;
  }

  private void rehash(M map) {
    List<@Nullable Object> keys = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    map.forEach((key, value) -> {
      keys.add(key);
      values.add(value);
    });
    map.clear();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
  }
}
