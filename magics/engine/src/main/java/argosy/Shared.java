package argosy;

import argosy.wire.codec.UnshippableException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values in shared memory: one copy, which every worker sees without a copy of its own.
///
/// ```
/// Shared.Doubles prices = Shared.of(array);            // copied once, read-only
/// Shared.Doubles means = Shared.doubles(n);            // zeros, writable by every task
/// Parallel.map(IntStream.range(0, n), i -> means.set(i, mean(prices, i)));
///
/// SharedMatrix.Doubles grid = Shared.doubles(1_000, 1_000);
/// Parallel.map(grid.parts(8), rows -> smooth(rows));   // each task gets its rows, by reference
/// ```
///
/// A captured or passed `Shared` travels as a name of a few bytes, and so does a slice of it. What
/// one task writes, others and the notebook see; who writes the same element at the same time gets
/// either value. Indices are `long`, and every access is checked. What is copied from an array is
/// read-only, what starts as zeros is writable; `readOnly()` gives a view that cannot be written.
///
/// The memory is the creating process's: it goes with [#close()], when nothing refers to it any
/// more, or with the process. [#publish] lets any other process of the same user [#attach] it. Safe
/// from any thread.
public abstract sealed class Shared implements AutoCloseable, Serializable
    permits SharedArray, SharedMatrix, SharedList {

  private static final long serialVersionUID = 1L;

  private final transient SharedPart part;
  private final transient MemorySegment segment;

  Shared(SharedPart part) {
    this.part = part;
    this.segment = part.segment();
  }

  /// Copies an array into shared memory, read-only.
  public static Doubles of(double[] values) {
    return new Doubles(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  ///
  /// @throws IllegalArgumentException if the rows differ in length
  public static SharedMatrix.Doubles of(double[][] rows) {
    return new SharedMatrix.Doubles(SharedPart.of(rows, double[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Doubles doubles(long length) {
    return new Doubles(SharedPart.zeros(SharedElement.DOUBLE, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Doubles doubles(long rows, long columns) {
    return new SharedMatrix.Doubles(SharedPart.zeros(SharedElement.DOUBLE, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Floats of(float[] values) {
    return new Floats(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Floats of(float[][] rows) {
    return new SharedMatrix.Floats(SharedPart.of(rows, float[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Floats floats(long length) {
    return new Floats(SharedPart.zeros(SharedElement.FLOAT, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Floats floats(long rows, long columns) {
    return new SharedMatrix.Floats(SharedPart.zeros(SharedElement.FLOAT, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Longs of(long[] values) {
    return new Longs(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Longs of(long[][] rows) {
    return new SharedMatrix.Longs(SharedPart.of(rows, long[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Longs longs(long length) {
    return new Longs(SharedPart.zeros(SharedElement.LONG, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Longs longs(long rows, long columns) {
    return new SharedMatrix.Longs(SharedPart.zeros(SharedElement.LONG, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Ints of(int[] values) {
    return new Ints(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Ints of(int[][] rows) {
    return new SharedMatrix.Ints(SharedPart.of(rows, int[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Ints ints(long length) {
    return new Ints(SharedPart.zeros(SharedElement.INT, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Ints ints(long rows, long columns) {
    return new SharedMatrix.Ints(SharedPart.zeros(SharedElement.INT, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Shorts of(short[] values) {
    return new Shorts(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Shorts of(short[][] rows) {
    return new SharedMatrix.Shorts(SharedPart.of(rows, short[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Shorts shorts(long length) {
    return new Shorts(SharedPart.zeros(SharedElement.SHORT, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Shorts shorts(long rows, long columns) {
    return new SharedMatrix.Shorts(SharedPart.zeros(SharedElement.SHORT, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Chars of(char[] values) {
    return new Chars(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Chars of(char[][] rows) {
    return new SharedMatrix.Chars(SharedPart.of(rows, char[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Chars chars(long length) {
    return new Chars(SharedPart.zeros(SharedElement.CHAR, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Chars chars(long rows, long columns) {
    return new SharedMatrix.Chars(SharedPart.zeros(SharedElement.CHAR, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Bytes of(byte[] values) {
    return new Bytes(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Bytes of(byte[][] rows) {
    return new SharedMatrix.Bytes(SharedPart.of(rows, byte[].class));
  }

  /// {@return that many zeros, which every process may write to}
  public static Bytes bytes(long length) {
    return new Bytes(SharedPart.zeros(SharedElement.BYTE, length));
  }

  /// {@return a matrix of zeros, which every process may write to}
  public static SharedMatrix.Bytes bytes(long rows, long columns) {
    return new SharedMatrix.Bytes(SharedPart.zeros(SharedElement.BYTE, rows, columns));
  }

  /// Copies an array into shared memory, read-only.
  public static Booleans of(boolean[] values) {
    return new Booleans(SharedPart.of(values));
  }

  /// Copies rows of one length into shared memory, read-only.
  public static SharedMatrix.Booleans of(boolean[][] rows) {
    return new SharedMatrix.Booleans(SharedPart.of(rows, boolean[].class));
  }

  /// {@return that many `false`s, which every process may write to}
  public static Booleans booleans(long length) {
    return new Booleans(SharedPart.zeros(SharedElement.BOOLEAN, length));
  }

  /// {@return a matrix of `false`s, which every process may write to}
  public static SharedMatrix.Booleans booleans(long rows, long columns) {
    return new SharedMatrix.Booleans(SharedPart.zeros(SharedElement.BOOLEAN, rows, columns));
  }

  /// {@return a list of these values, which every process may replace in place}
  ///
  /// @param values numbers, booleans, characters, strings, `byte[]`s and nulls
  /// @throws IllegalArgumentException if something else is among them
  public static SharedList list(@Nullable Object... values) {
    return SharedList.of(values);
  }

  /// Gives this a name, by which every process of the same user finds it as long as the process
  /// that owns the memory keeps it.
  ///
  /// @throws IllegalArgumentException if the name has other than letters, digits, `.`, `_` and `-`
  /// @throws IllegalStateException if something that lives has the name, or after [#close()]
  public final void publish(String name) {
    requireOpen();
    part.publish(name);
  }

  /// {@return what a process of the same user has published, without a copy}
  ///
  /// @throws IllegalStateException if nothing has this name, or its owner has ended
  public static Shared attach(String name) {
    return SharedPart.named(name).shared();
  }

  /// {@return what a process of the same user has published, without a copy}
  ///
  /// @throws IllegalStateException if nothing has this name, or its owner has ended
  /// @throws ClassCastException if it is of another type
  public static <S extends Shared> S attach(String name, Class<S> type) {
    Shared found = attach(name);
    if (!type.isInstance(found)) {
      throw new ClassCastException(name + " is " + found + ", not a " + named(type));
    }
    return type.cast(found);
  }

  /// {@return the names of all that processes of this user have published and still keep, sorted}
  public static List<String> names() {
    return SharedPart.names();
  }

  /// Takes a name back, whoever gave it; who has attached the memory keeps it.
  ///
  /// @return whether there was such a name
  public static boolean unpublish(String name) {
    return SharedPart.unpublish(name);
  }

  /// {@return how many elements this has}
  public long length() {
    return part.length();
  }

  /// {@return whether it cannot be written through this}
  public final boolean isReadOnly() {
    return part.readOnly();
  }

  /// {@return the memory itself, bounds-checked, in the machine's byte order; valid until
  /// [#close()]}
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

  /// Ends the use of this memory, slices and all. The process that created it frees it for
  /// everybody: within a second, who still reads it elsewhere is told that it was closed. Any other
  /// ends only its own use. Idempotent.
  @Override
  public final void close() {
    part.area().close();
  }

  @Override
  public final String toString() {
    String state = part.area().isOpen() ? (isReadOnly() ? ", read-only" : "") : ", closed";
    return named(getClass()) + "[" + size() + state + "]";
  }

  String size() {
    return part.size();
  }

  private static String named(Class<?> type) {
    return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
  }

  final SharedPart part() {
    return part;
  }

  final MemorySegment writable() {
    if (isReadOnly()) {
      throw new UnsupportedOperationException(
          "this shared memory is read-only; create it with Shared.doubles(n) or its like to write"
              + " to it");
    }
    return segment();
  }

  private void requireOpen() {
    if (!part.area().isOpen()) {
      throw new IllegalStateException("this shared memory was closed");
    }
  }

  /// What travels in place of this.
  ///
  /// @throws UnshippableException after [#close()]
  final Object writeReplace() {
    if (!part.area().isOpen()) {
      throw new UnshippableException(named(getClass()), "it was closed");
    }
    return part.handle();
  }

  /// Shared `double`s.
  public static final class Doubles extends SharedArray<Doubles, double[]> {

    private static final long serialVersionUID = 1L;

    Doubles(SharedPart part) {
      super(part);
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
      writable().setAtIndex(ValueLayout.JAVA_DOUBLE, checked(index), value);
    }
  }

  /// Shared `float`s.
  public static final class Floats extends SharedArray<Floats, float[]> {

    private static final long serialVersionUID = 1L;

    Floats(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public float get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_FLOAT, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, float value) {
      writable().setAtIndex(ValueLayout.JAVA_FLOAT, checked(index), value);
    }
  }

  /// Shared `long`s.
  public static final class Longs extends SharedArray<Longs, long[]> {

    private static final long serialVersionUID = 1L;

    Longs(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public long get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_LONG, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, long value) {
      writable().setAtIndex(ValueLayout.JAVA_LONG, checked(index), value);
    }

    /// Adds to one element at once, whoever else does.
    ///
    /// @return what it was before
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public long getAndAdd(long index, long delta) {
      return (long) SharedElement.LONGS.getAndAdd(writable(), 0L, checked(index), delta);
    }
  }

  /// Shared `int`s.
  public static final class Ints extends SharedArray<Ints, int[]> {

    private static final long serialVersionUID = 1L;

    Ints(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public int get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_INT, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, int value) {
      writable().setAtIndex(ValueLayout.JAVA_INT, checked(index), value);
    }

    /// Adds to one element at once, whoever else does.
    ///
    /// @return what it was before
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none at this index
    /// @throws IllegalStateException after [#close()]
    public int getAndAdd(long index, int delta) {
      return (int) SharedElement.INTS.getAndAdd(writable(), 0L, checked(index), delta);
    }
  }

  /// Shared `short`s.
  public static final class Shorts extends SharedArray<Shorts, short[]> {

    private static final long serialVersionUID = 1L;

    Shorts(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public short get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_SHORT, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, short value) {
      writable().setAtIndex(ValueLayout.JAVA_SHORT, checked(index), value);
    }
  }

  /// Shared `char`s.
  public static final class Chars extends SharedArray<Chars, char[]> {

    private static final long serialVersionUID = 1L;

    Chars(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public char get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_CHAR, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, char value) {
      writable().setAtIndex(ValueLayout.JAVA_CHAR, checked(index), value);
    }
  }

  /// Shared `byte`s.
  public static final class Bytes extends SharedArray<Bytes, byte[]> {

    private static final long serialVersionUID = 1L;

    Bytes(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public byte get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_BYTE, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, byte value) {
      writable().setAtIndex(ValueLayout.JAVA_BYTE, checked(index), value);
    }
  }

  /// Shared `boolean`s.
  public static final class Booleans extends SharedArray<Booleans, boolean[]> {

    private static final long serialVersionUID = 1L;

    Booleans(SharedPart part) {
      super(part);
    }

    /// {@return one element, as [Doubles#get(long)] does}
    public boolean get(long index) {
      return segment().getAtIndex(ValueLayout.JAVA_BOOLEAN, checked(index));
    }

    /// Replaces one element, as [Doubles#set(long, double)] does.
    public void set(long index, boolean value) {
      writable().setAtIndex(ValueLayout.JAVA_BOOLEAN, checked(index), value);
    }
  }
}
