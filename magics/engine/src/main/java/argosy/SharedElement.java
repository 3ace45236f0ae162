package argosy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.Objects;

/// What a shared array or matrix consists of.
enum SharedElement {
  DOUBLE(ValueLayout.JAVA_DOUBLE),
  FLOAT(ValueLayout.JAVA_FLOAT),
  LONG(ValueLayout.JAVA_LONG),
  INT(ValueLayout.JAVA_INT),
  SHORT(ValueLayout.JAVA_SHORT),
  CHAR(ValueLayout.JAVA_CHAR),
  BYTE(ValueLayout.JAVA_BYTE),
  /// A byte each, as in the JVM.
  BOOLEAN(ValueLayout.JAVA_BOOLEAN);

  static final VarHandle LONGS = ValueLayout.JAVA_LONG.arrayElementVarHandle();
  static final VarHandle INTS = ValueLayout.JAVA_INT.arrayElementVarHandle();

  /// One copy holds up everybody who waits for a safepoint, so it goes in steps.
  private static final int STEP = 1 << 21;

  @SuppressWarnings("ImmutableEnumChecker") // a layout never changes
  private final ValueLayout layout;

  SharedElement(ValueLayout layout) {
    this.layout = layout;
  }

  /// {@return the element of arrays of this type}
  static SharedElement of(Class<?> arrayType) {
    for (SharedElement each : values()) {
      if (each.layout.carrier() == arrayType.getComponentType()) {
        return each;
      }
    }
    throw new IllegalArgumentException("not an array of primitives: " + arrayType);
  }

  long bytes() {
    return layout.byteSize();
  }

  /// Copies a whole array into memory, from an index on.
  void write(Object array, MemorySegment to, long index) {
    int length = Array.getLength(array);
    Objects.checkFromIndexSize(index, length, to.byteSize() / bytes());
    if (array instanceof boolean[] truths) {
      for (int i = 0; i < length; i++) {
        to.set(ValueLayout.JAVA_BOOLEAN, index + i, truths[i]);
      }
      return;
    }
    for (int done = 0; done < length; done += STEP) {
      int count = Math.min(STEP, length - done);
      MemorySegment.copy(array, done, to, layout, (index + done) * bytes(), count);
    }
  }

  /// {@return a copy of some elements, as an array}
  Object read(MemorySegment from, long index, int length) {
    Object array = Array.newInstance(layout.carrier(), length);
    if (array instanceof boolean[] truths) {
      for (int i = 0; i < length; i++) {
        truths[i] = from.get(ValueLayout.JAVA_BOOLEAN, index + i);
      }
      return array;
    }
    for (int done = 0; done < length; done += STEP) {
      int count = Math.min(STEP, length - done);
      MemorySegment.copy(from, layout, (index + done) * bytes(), array, done, count);
    }
    return array;
  }

  /// {@return a copy of all rows, as an array of arrays}
  Object[] rows(MemorySegment from, long rows, long columns) {
    int height = SharedPart.count(rows, "rows do not fit into an array; take some with rows(a, b)");
    int width = SharedPart.count(columns, "columns do not fit into an array");
    Object[] copy = (Object[]) Array.newInstance(layout.carrier().arrayType(), height);
    for (int i = 0; i < height; i++) {
      copy[i] = read(from, (long) i * width, width);
    }
    return copy;
  }
}
