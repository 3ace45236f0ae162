package argosy.wire.memory;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// The primitive arrays that travel through shared memory, and how each copies.
///
/// The order is part of the protocol: new kinds go to the end. Booleans have no bulk copy in Java
/// and so travel with the other bytes of a message.
public enum ArrayKind {
  /// `byte[]`
  BYTE(byte[].class, Byte.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.put((byte[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.get((byte[]) array, to, count);
    }
  },
  /// `char[]`
  CHAR(char[].class, Character.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asCharBuffer().put((char[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asCharBuffer().get((char[]) array, to, count);
    }
  },
  /// `short[]`
  SHORT(short[].class, Short.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asShortBuffer().put((short[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asShortBuffer().get((short[]) array, to, count);
    }
  },
  /// `int[]`
  INT(int[].class, Integer.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asIntBuffer().put((int[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asIntBuffer().get((int[]) array, to, count);
    }
  },
  /// `long[]`
  LONG(long[].class, Long.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asLongBuffer().put((long[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asLongBuffer().get((long[]) array, to, count);
    }
  },
  /// `float[]`
  FLOAT(float[].class, Float.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asFloatBuffer().put((float[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asFloatBuffer().get((float[]) array, to, count);
    }
  },
  /// `double[]`
  DOUBLE(double[].class, Double.BYTES) {
    @Override
    void write(Object array, int from, int count, ByteBuffer to) {
      to.asDoubleBuffer().put((double[]) array, from, count);
    }

    @Override
    void read(ByteBuffer from, Object array, int to, int count) {
      from.asDoubleBuffer().get((double[]) array, to, count);
    }
  };

  private final Class<?> arrayType;
  private final int elementBytes;

  ArrayKind(Class<?> arrayType, int elementBytes) {
    this.arrayType = arrayType;
    this.elementBytes = elementBytes;
  }

  /// {@return the kind of an array}
  ///
  /// @throws IllegalArgumentException if it is no array that travels through shared memory
  public static ArrayKind of(Object array) {
    return Arrays.stream(values())
        .filter(kind -> kind.arrayType == array.getClass())
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no shared form of " + array.getClass()));
  }

  /// {@return the bytes that one element takes}
  public int elementBytes() {
    return elementBytes;
  }

  /// {@return a new array of this kind, filled with zeros}
  public Object newArray(int length) {
    return java.lang.reflect.Array.newInstance(arrayType.getComponentType(), length);
  }

  abstract void write(Object array, int from, int count, ByteBuffer to);

  abstract void read(ByteBuffer from, Object array, int to, int count);
}
