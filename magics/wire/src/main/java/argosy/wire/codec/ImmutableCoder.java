package argosy.wire.codec;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `List.of`, `Set.of`, `Map.of`, their `copyOf` and `Stream.toList` make.
final class ImmutableCoder extends Coder<Object> {

  private static final Map<String, Kind> KINDS =
      Map.of(
          "java.util.ImmutableCollections$List12", Kind.LIST,
          "java.util.ImmutableCollections$ListN", Kind.LIST,
          "java.util.ImmutableCollections$Set12", Kind.SET,
          "java.util.ImmutableCollections$SetN", Kind.SET,
          "java.util.ImmutableCollections$Map1", Kind.MAP,
          "java.util.ImmutableCollections$MapN", Kind.MAP);

  private enum Kind {
    LIST,
    SET,
    MAP
  }

  private final Kind kind;
  private final @Nullable Slot allowsNulls;

  private ImmutableCoder(Class<?> type, Kind kind) {
    this.kind = kind;
    allowsNulls =
        Slot.of(type).stream()
            .filter(slot -> slot.name().equals("allowNulls"))
            .findFirst()
            .orElse(null);
  }

  /// {@return the coder for exactly this class, or null}
  static @Nullable ImmutableCoder of(Class<?> type) {
    Kind kind = KINDS.get(type.getName());
    return kind == null ? null : new ImmutableCoder(type, kind);
  }

  @Override
  void write(GraphWriter writer, Object value) {
    if (kind == Kind.LIST) {
      writer.out().writeBoolean(isNullable(value));
      writeAll(writer, (Collection<?>) value);
      return;
    }
    writer.contentNeeded();
    if (value instanceof Map<?, ?> map) {
      writer.out().writeVarInt(map.size(), true);
      map.forEach((key, mapped) -> MapCoder.writeEntry(writer, key, mapped));
    } else {
      writeAll(writer, (Collection<?>) value);
    }
    writer.contentWritten();
  }

  private boolean isNullable(Object list) {
    return allowsNulls != null
        && Boolean.TRUE.equals(Memory.get(FieldKind.BOOLEAN, list, allowsNulls.offset()));
  }

  private static void writeAll(GraphWriter writer, Collection<?> values) {
    writer.out().writeVarInt(values.size(), true);
    int index = 0;
    try {
      for (Object value : values) {
        writer.value(value);
        index++;
      }
    } catch (UnshippableException e) {
      throw e.at("element[" + index + "]");
    }
  }

  @Override
  Object read(GraphReader reader, Class<?> type, int id) {
    return switch (kind) {
      case LIST -> {
        boolean isNullable = reader.in().readBoolean();
        @Nullable Object[] elements = readAll(reader, 1);
        yield isNullable ? Arrays.stream(elements).toList() : List.of(elements);
      }
      case SET -> Set.of(readAll(reader, 1));
      case MAP -> readMap(reader);
    };
  }

  private static @Nullable Object[] readAll(GraphReader reader, int each) {
    @Nullable Object[] elements = new @Nullable Object[reader.in().readLength(each) * each];
    reader.in().owe(elements.length);
    for (int i = 0; i < elements.length; i++) {
      reader.in().pay();
      elements[i] = reader.value();
    }
    return elements;
  }

  private static Object readMap(GraphReader reader) {
    @Nullable Object[] pairs = readAll(reader, 2);
    Map.Entry<?, ?>[] entries = new Map.Entry<?, ?>[pairs.length / 2];
    for (int i = 0; i < entries.length; i++) {
      Object key = pairs[2 * i];
      Object value = pairs[2 * i + 1];
      if (key == null || value == null) {
        throw new IllegalStateException("the bytes are damaged: this map holds no null");
      }
      entries[i] = Map.entry(key, value);
    }
    return Map.ofEntries(entries);
  }
}
