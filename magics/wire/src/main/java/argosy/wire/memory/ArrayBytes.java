package argosy.wire.memory;

import java.lang.reflect.Array;
import java.util.Objects;

/// Primitive arrays as the bytes that they are in this machine's memory.
public final class ArrayBytes {

  /// The system property that says how many processors may copy one array, where the JVM itself is
  /// to use fewer.
  public static final String PROCESSORS = "argosy.copy.processors";

  private ArrayBytes() {}

  /// {@return how many bytes the elements of an array take}
  public static long size(Object array) {
    return (long) Array.getLength(array) * ArrayKind.of(array).elementBytes();
  }

  /// {@return some bytes of an array}
  ///
  /// @throws IndexOutOfBoundsException if the array has not that many
  public static byte[] get(Object array, long start, int count) {
    Objects.checkFromIndexSize(start, count, size(array));
    byte[] bytes = new byte[count];
    RawMemory.copy(array, start, bytes, 0, count);
    return bytes;
  }

  /// Replaces some bytes of an array.
  ///
  /// @throws IndexOutOfBoundsException if the array has not that many
  public static void put(byte[] bytes, Object array, long start) {
    Objects.checkFromIndexSize(start, bytes.length, size(array));
    RawMemory.copy(bytes, 0, array, start, bytes.length);
  }

  /// {@return another array of the same kind and content}
  public static Object copy(Object array) {
    Object copy = ArrayKind.of(array).newArray(Array.getLength(array));
    copy(array, copy);
    return copy;
  }

  /// Copies an array to another one of the same kind and length.
  ///
  /// @throws IllegalArgumentException if it is none
  public static void copy(Object array, Object copy) {
    if (array.getClass() != copy.getClass() || Array.getLength(array) != Array.getLength(copy)) {
      throw new IllegalArgumentException("not alike: " + array + ", " + copy);
    }
    RawMemory.copy(array, 0, copy, 0, size(array));
  }

  /// {@return whether two arrays have the same kind, length and bits}
  public static boolean isSame(Object array, Object other) {
    return array.getClass() == other.getClass()
        && Array.getLength(array) == Array.getLength(other)
        && RawMemory.isSame(array, other, 0, Array.getLength(array));
  }

  /// {@return whether two arrays of one kind have the same bits from an index to another}
  ///
  /// @throws IndexOutOfBoundsException if one of them is shorter
  public static boolean isSame(Object array, Object other, int from, int to) {
    int length = Math.min(Array.getLength(array), Array.getLength(other));
    Objects.checkFromToIndex(from, to, length);
    return RawMemory.isSame(array, other, from, to);
  }
}
