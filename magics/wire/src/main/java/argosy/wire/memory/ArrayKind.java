package argosy.wire.memory;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// The primitive arrays that travel outside object graphs.
///
/// The tags are part of the protocol: none is ever used again for another kind.
public enum ArrayKind {
  /// `byte[]`
  BYTE(1, byte[].class, Byte.BYTES),
  /// `char[]`
  CHAR(2, char[].class, Character.BYTES),
  /// `short[]`
  SHORT(3, short[].class, Short.BYTES),
  /// `int[]`
  INT(4, int[].class, Integer.BYTES),
  /// `long[]`
  LONG(5, long[].class, Long.BYTES),
  /// `float[]`
  FLOAT(6, float[].class, Float.BYTES),
  /// `double[]`
  DOUBLE(7, double[].class, Double.BYTES),
  /// `boolean[]`, a byte each as in the JVM
  BOOLEAN(8, boolean[].class, Byte.BYTES);

  private static final ClassValue<@Nullable ArrayKind> KINDS =
      new ClassValue<>() {
        @Override
        protected @Nullable ArrayKind computeValue(Class<?> type) {
          for (ArrayKind kind : values()) {
            if (kind.arrayType == type) {
              return kind;
            }
          }
          return null;
        }
      };

  private final int tag;
  private final Class<?> arrayType;
  private final int elementBytes;

  ArrayKind(int tag, Class<?> arrayType, int elementBytes) {
    this.tag = tag;
    this.arrayType = arrayType;
    this.elementBytes = elementBytes;
  }

  /// {@return the kind of an array}
  ///
  /// @throws IllegalArgumentException if it is no array of primitives
  public static ArrayKind of(Object array) {
    ArrayKind kind = KINDS.get(array.getClass());
    if (kind == null) {
      throw new IllegalArgumentException("no shared form of " + array.getClass());
    }
    return kind;
  }

  /// {@return the kind with this tag}
  ///
  /// @throws IllegalArgumentException if none has it
  public static ArrayKind tagged(int tag) {
    for (ArrayKind kind : values()) {
      if (kind.tag == tag) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no array has the kind " + tag);
  }

  /// {@return what stands for this kind on the wire}
  public int tag() {
    return tag;
  }

  /// {@return the bytes that one element takes}
  public int elementBytes() {
    return elementBytes;
  }

  /// {@return a new array of this kind, filled with zeros}
  public Object newArray(int length) {
    return Array.newInstance(arrayType.getComponentType(), length);
  }
}
