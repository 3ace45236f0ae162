package argosy.wire.codec;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The number of buckets of the JDK's hash tables: a table rebuilt with as many iterates in the
/// same order, so that sums over its values round alike.
@SuppressWarnings("NonApiType") // what these classes look like inside is what this is about
final class HashTables {

  private static final long MAP_TABLE = offset(HashMap.class, "table");
  private static final long MAP_THRESHOLD = offset(HashMap.class, "threshold");
  private static final long CONCURRENT_TABLE = offset(ConcurrentHashMap.class, "table");
  private static final long SET_MAP = offset(HashSet.class, "map");
  private static final long ACCESS_ORDER = offset(LinkedHashMap.class, "accessOrder");

  private HashTables() {}

  /// {@return what to give the constructor of a `HashMap` for as many buckets as this one has}
  static int capacity(HashMap<?, ?> map) {
    Object table = Memory.getObject(map, MAP_TABLE);
    if (table != null) {
      return Array.getLength(table);
    }
    Object threshold = Memory.get(FieldKind.INT, map, MAP_THRESHOLD);
    int initial = threshold instanceof Integer number ? number : 0;
    return initial > 0 ? initial : 16;
  }

  static int capacity(HashSet<?> set) {
    return Memory.getObject(set, SET_MAP) instanceof HashMap<?, ?> map ? capacity(map) : 16;
  }

  /// {@return twice the capacity, plus 1 if the map is ordered by access}
  static int capacityAndOrder(LinkedHashMap<?, ?> map) {
    boolean byAccess = Boolean.TRUE.equals(Memory.get(FieldKind.BOOLEAN, map, ACCESS_ORDER));
    return Math.min(capacity(map), 1 << 29) * 2 + (byAccess ? 1 : 0);
  }

  /// {@return whether looking something up changes this map}
  static boolean isOrderedByAccess(Object map) {
    return map instanceof LinkedHashMap<?, ?>
        && Boolean.TRUE.equals(Memory.get(FieldKind.BOOLEAN, map, ACCESS_ORDER));
  }

  static LinkedHashMap<@Nullable Object, @Nullable Object> linked(
      GraphInput in, int capacityAndOrder, int size) {
    int capacity = in.slots(capacityAndOrder / 2, size);
    return new LinkedHashMap<>(capacity, 0.75f, (capacityAndOrder & 1) != 0);
  }

  static int capacity(ConcurrentHashMap<?, ?> map) {
    Object table = Memory.getObject(map, CONCURRENT_TABLE);
    return table == null ? 16 : Array.getLength(table);
  }

  /// A map whose table has `capacity` buckets: the constructor multiplies by one and a half.
  static ConcurrentHashMap<@Nullable Object, @Nullable Object> concurrent(
      GraphInput in, int capacity, int size) {
    return new ConcurrentHashMap<>(in.slots(capacity, size) / 2);
  }

  private static long offset(Class<?> owner, String name) {
    try {
      Field field = owner.getDeclaredField(name);
      return Memory.offset(field);
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("this Java is not one that Argosy knows: " + e, e);
    }
  }
}
