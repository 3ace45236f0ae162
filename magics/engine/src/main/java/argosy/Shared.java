package argosy;

import argosy.engine.memory.SharedArea;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/// Numbers in shared memory: one copy, which every worker sees without a copy of its own.
///
/// ```
/// Shared.Doubles prices = Shared.of(array);            // copied once, read-only
/// Shared.Doubles means = Shared.doubles(n);            // zeros, writable by every task
/// Parallel.map(IntStream.range(0, n), i -> means.set(i, mean(prices, i)));
/// ```
///
/// A captured or passed `Shared` travels as a name of a few bytes. What one task writes, others and
/// the notebook see; who writes the same element at the same time gets either value. Indices are
/// `long`, and every access is checked. The memory is the creating process's: it goes with
/// [#close()], when nothing refers to it any more, or with the process. Safe from any thread.
public abstract sealed class Shared implements AutoCloseable, Serializable {

  private static final long serialVersionUID = 1L;

  private final transient SharedArea area;
  private final transient MemorySegment segment;
  private final long from;
  private final long length;
  private final boolean readOnly;

  private Shared(SharedArea area, long from, long length, int elementBytes, boolean readOnly) {
    this.area = area;
    this.from = from;
    this.length = length;
    this.readOnly = readOnly;
    MemorySegment part = area.segment().asSlice(from * elementBytes, length * elementBytes);
    this.segment = readOnly ? part.asReadOnly() : part;
  }

  /// Copies an array into shared memory, read-only.
  public static Doubles of(double[] values) {
    SharedArea area = SharedArea.create(bytes(values.length, Double.BYTES));
    MemorySegment.copy(values, 0, area.segment(), ValueLayout.JAVA_DOUBLE, 0, values.length);
    return new Doubles(area, 0, values.length, true);
  }

  /// {@return that many zeros, which every process may write to}
  public static Doubles doubles(long length) {
    return new Doubles(SharedArea.create(bytes(length, Double.BYTES)), 0, length, false);
  }

  /// Copies an array into shared memory, read-only.
  public static Floats of(float[] values) {
    SharedArea area = SharedArea.create(bytes(values.length, Float.BYTES));
    MemorySegment.copy(values, 0, area.segment(), ValueLayout.JAVA_FLOAT, 0, values.length);
    return new Floats(area, 0, values.length, true);
  }

  /// {@return that many zeros, which every process may write to}
  public static Floats floats(long length) {
    return new Floats(SharedArea.create(bytes(length, Float.BYTES)), 0, length, false);
  }

  /// Copies an array into shared memory, read-only.
  public static Longs of(long[] values) {
    SharedArea area = SharedArea.create(bytes(values.length, Long.BYTES));
    MemorySegment.copy(values, 0, area.segment(), ValueLayout.JAVA_LONG, 0, values.length);
    return new Longs(area, 0, values.length, true);
  }

  /// {@return that many zeros, which every process may write to}
  public static Longs longs(long length) {
    return new Longs(SharedArea.create(bytes(length, Long.BYTES)), 0, length, false);
  }

  /// Copies an array into shared memory, read-only.
  public static Ints of(int[] values) {
    SharedArea area = SharedArea.create(bytes(values.length, Integer.BYTES));
    MemorySegment.copy(values, 0, area.segment(), ValueLayout.JAVA_INT, 0, values.length);
    return new Ints(area, 0, values.length, true);
  }

  /// {@return that many zeros, which every process may write to}
  public static Ints ints(long length) {
    return new Ints(SharedArea.create(bytes(length, Integer.BYTES)), 0, length, false);
  }

  /// Copies an array into shared memory, read-only.
  public static Bytes of(byte[] values) {
    SharedArea area = SharedArea.create(bytes(values.length, Byte.BYTES));
    MemorySegment.copy(values, 0, area.segment(), ValueLayout.JAVA_BYTE, 0, values.length);
    return new Bytes(area, 0, values.length, true);
  }

  /// {@return that many zeros, which every process may write to}
  public static Bytes bytes(long length) {
    return new Bytes(SharedArea.create(bytes(length, Byte.BYTES)), 0, length, false);
  }

  /// {@return how many elements this has}
  public final long length() {
    return length;
  }

  /// {@return whether `set` fails}
  public final boolean isReadOnly() {
    return readOnly;
  }

  /// {@return the memory itself, bounds-checked, in the machine's byte order; valid as long as this
  /// object is referred to and open}
  ///
  /// @throws IllegalStateException after [#close()]
  public final MemorySegment segment() {
    requireOpen();
    return segment;
  }

  /// {@return the same memory for the older interfaces, bounds-checked, in the machine's byte
  /// order; read-only if this is}
  ///
  /// @throws IllegalStateException if it is larger than a buffer can be, or after [#close()]
  public final ByteBuffer asByteBuffer() {
    MemorySegment memory = segment();
    if (memory.byteSize() > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          memory.byteSize() + " bytes do not fit into a buffer; take a slice");
    }
    return memory.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  /// Frees the memory if this process created it, slices and all. Idempotent.
  @Override
  public final void close() {
    area.close();
  }

  @Override
  public final String toString() {
    String state = area.isOpen() ? (readOnly ? ", read-only" : "") : ", closed";
    return "Shared." + getClass().getSimpleName() + "[" + length + state + "]";
  }

  final long checked(long index) {
    requireOpen();
    return Objects.checkIndex(index, length);
  }

  final long checkedForWriting(long index) {
    if (readOnly) {
      throw new UnsupportedOperationException(
          "this shared memory is read-only; create it with Shared.doubles(n) or its like to write"
              + " to it");
    }
    return checked(index);
  }

  final int arrayLength() {
    requireOpen();
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException(length + " elements do not fit into an array; take a slice");
    }
    return (int) length;
  }

  private void requireOpen() {
    if (!area.isOpen()) {
      throw new IllegalStateException("this shared memory was closed");
    }
  }

  final SharedArea area() {
    return area;
  }

  final long offset() {
    return from;
  }

  static long bytes(long length, int elementBytes) {
    if (length < 0) {
      throw new IllegalArgumentException("the length is " + length + ", less than 0");
    }
    return Math.multiplyExact(length, elementBytes);
  }

  /// What travels in place of a `Shared`.
  private record Handle(
      String path, long bytes, Kind kind, long from, long length, boolean readOnly)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    Object readResolve() {
      SharedArea area = SharedArea.attach(path, bytes);
      return switch (kind) {
        case DOUBLES -> new Doubles(area, from, length, readOnly);
        case FLOATS -> new Floats(area, from, length, readOnly);
        case LONGS -> new Longs(area, from, length, readOnly);
        case INTS -> new Ints(area, from, length, readOnly);
        case BYTES -> new Bytes(area, from, length, readOnly);
      };
    }
  }

  enum Kind {
    DOUBLES,
    FLOATS,
    LONGS,
    INTS,
    BYTES
  }

  final Object handle(Kind kind) {
    requireOpen();
    return new Handle(area.path(), area.segment().byteSize(), kind, from, length, readOnly);
  }

  /// Shared `double`s.
  public static final class Doubles extends Shared {

    private static final long serialVersionUID = 1L;

    private Doubles(SharedArea area, long from, long length, boolean readOnly) {
      super(area, from, length, Double.BYTES, readOnly);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public double get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_DOUBLE, checked(index));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public void set(long index, double value) {
      segment().setAtIndex(ValueLayout.JAVA_DOUBLE, checkedForWriting(index), value);
    }

    /// {@return a copy of all elements}
    ///
    /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
    public double[] toArray() {
      double[] copy = new double[arrayLength()];
      MemorySegment.copy(segment(), ValueLayout.JAVA_DOUBLE, 0, copy, 0, copy.length);
      return copy;
    }

    /// {@return the elements from one index to before another, without a copy}
    public Doubles slice(long start, long end) {
      Objects.checkFromToIndex(start, end, length());
      return new Doubles(area(), offset() + start, end - start, isReadOnly());
    }

    /// {@return the same elements, which cannot be written through it}
    public Doubles readOnly() {
      return new Doubles(area(), offset(), length(), true);
    }

    private Object writeReplace() {
      return handle(Kind.DOUBLES);
    }
  }

  /// Shared `float`s.
  public static final class Floats extends Shared {

    private static final long serialVersionUID = 1L;

    private Floats(SharedArea area, long from, long length, boolean readOnly) {
      super(area, from, length, Float.BYTES, readOnly);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public float get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_FLOAT, checked(index));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public void set(long index, float value) {
      segment().setAtIndex(ValueLayout.JAVA_FLOAT, checkedForWriting(index), value);
    }

    /// {@return a copy of all elements}
    ///
    /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
    public float[] toArray() {
      float[] copy = new float[arrayLength()];
      MemorySegment.copy(segment(), ValueLayout.JAVA_FLOAT, 0, copy, 0, copy.length);
      return copy;
    }

    /// {@return the elements from one index to before another, without a copy}
    public Floats slice(long start, long end) {
      Objects.checkFromToIndex(start, end, length());
      return new Floats(area(), offset() + start, end - start, isReadOnly());
    }

    /// {@return the same elements, which cannot be written through it}
    public Floats readOnly() {
      return new Floats(area(), offset(), length(), true);
    }

    private Object writeReplace() {
      return handle(Kind.FLOATS);
    }
  }

  /// Shared `long`s.
  public static final class Longs extends Shared {

    private static final long serialVersionUID = 1L;

    private Longs(SharedArea area, long from, long length, boolean readOnly) {
      super(area, from, length, Long.BYTES, readOnly);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public long get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_LONG, checked(index));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public void set(long index, long value) {
      segment().setAtIndex(ValueLayout.JAVA_LONG, checkedForWriting(index), value);
    }

    /// {@return a copy of all elements}
    ///
    /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
    public long[] toArray() {
      long[] copy = new long[arrayLength()];
      MemorySegment.copy(segment(), ValueLayout.JAVA_LONG, 0, copy, 0, copy.length);
      return copy;
    }

    /// {@return the elements from one index to before another, without a copy}
    public Longs slice(long start, long end) {
      Objects.checkFromToIndex(start, end, length());
      return new Longs(area(), offset() + start, end - start, isReadOnly());
    }

    /// {@return the same elements, which cannot be written through it}
    public Longs readOnly() {
      return new Longs(area(), offset(), length(), true);
    }

    private Object writeReplace() {
      return handle(Kind.LONGS);
    }
  }

  /// Shared `int`s.
  public static final class Ints extends Shared {

    private static final long serialVersionUID = 1L;

    private Ints(SharedArea area, long from, long length, boolean readOnly) {
      super(area, from, length, Integer.BYTES, readOnly);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public int get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_INT, checked(index));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public void set(long index, int value) {
      segment().setAtIndex(ValueLayout.JAVA_INT, checkedForWriting(index), value);
    }

    /// {@return a copy of all elements}
    ///
    /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
    public int[] toArray() {
      int[] copy = new int[arrayLength()];
      MemorySegment.copy(segment(), ValueLayout.JAVA_INT, 0, copy, 0, copy.length);
      return copy;
    }

    /// {@return the elements from one index to before another, without a copy}
    public Ints slice(long start, long end) {
      Objects.checkFromToIndex(start, end, length());
      return new Ints(area(), offset() + start, end - start, isReadOnly());
    }

    /// {@return the same elements, which cannot be written through it}
    public Ints readOnly() {
      return new Ints(area(), offset(), length(), true);
    }

    private Object writeReplace() {
      return handle(Kind.INTS);
    }
  }

  /// Shared `byte`s.
  public static final class Bytes extends Shared {

    private static final long serialVersionUID = 1L;

    private Bytes(SharedArea area, long from, long length, boolean readOnly) {
      super(area, from, length, Byte.BYTES, readOnly);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public byte get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_BYTE, checked(index));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public void set(long index, byte value) {
      segment().setAtIndex(ValueLayout.JAVA_BYTE, checkedForWriting(index), value);
    }

    /// {@return a copy of all elements}
    ///
    /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
    public byte[] toArray() {
      byte[] copy = new byte[arrayLength()];
      MemorySegment.copy(segment(), ValueLayout.JAVA_BYTE, 0, copy, 0, copy.length);
      return copy;
    }

    /// {@return the elements from one index to before another, without a copy}
    public Bytes slice(long start, long end) {
      Objects.checkFromToIndex(start, end, length());
      return new Bytes(area(), offset() + start, end - start, isReadOnly());
    }

    /// {@return the same elements, which cannot be written through it}
    public Bytes readOnly() {
      return new Bytes(area(), offset(), length(), true);
    }

    private Object writeReplace() {
      return handle(Kind.BYTES);
    }
  }
}
