package argosy;

import java.lang.foreign.ValueLayout;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/// A matrix in shared memory, row after row. Its rows are [Shared] arrays and its groups of rows
/// are matrices, without a copy.
///
/// @param <M> this very type of matrix
/// @param <V> one row
/// @param <A> the primitive array with the same elements as a row
public abstract sealed class SharedMatrix<M extends SharedMatrix<M, V, A>, V, A> extends Shared {

  private static final long serialVersionUID = 1L;

  SharedMatrix(SharedPart part) {
    super(part);
  }

  /// {@return how many rows there are}
  public final long rows() {
    return part().rows();
  }

  /// {@return how many elements a row has}
  public final long columns() {
    return part().columns();
  }

  /// {@return one row, without a copy}
  ///
  /// @throws IndexOutOfBoundsException if there is none at this index
  public final V row(long index) {
    return row(part().row(Objects.checkIndex(index, rows())));
  }

  /// {@return the rows from one index to before another, without a copy}
  ///
  /// @throws IndexOutOfBoundsException if there are not that many
  public final M rows(long start, long end) {
    Objects.checkFromToIndex(start, end, rows());
    return matrix(part().rows(start, end));
  }

  /// {@return all rows, one after the other, as inputs of tasks: none is copied}
  ///
  /// @throws IllegalStateException if there are more than a list can hold
  public final List<V> eachRow() {
    int count = SharedPart.count(rows(), "rows do not fit into a list; take some with rows(a, b)");
    return new Rows<>(count, this);
  }

  /// {@return the same rows in so many groups of about the same size, as inputs of tasks: none is
  /// copied, and none is empty}
  ///
  /// @throws IllegalArgumentException if `count` is less than 1
  public final List<M> parts(int count) {
    return SharedPart.parts(rows(), count, this::rows);
  }

  /// {@return all elements, row after row, without a copy}
  public final V elements() {
    return row(part().flat());
  }

  /// {@return the same elements, which cannot be written through it}
  public final M readOnly() {
    return matrix(part().asReadOnly());
  }

  /// {@return a copy of all rows}
  ///
  /// @throws IllegalStateException if they do not fit into arrays, or after [#close()]
  public final A[] toArray() {
    @SuppressWarnings("unchecked") // the array of the element that this matrix has
    A[] copy = (A[]) part().element().rows(segment(), rows(), columns());
    return copy;
  }

  abstract V row(SharedPart part);

  abstract M matrix(SharedPart part);

  final long checked(long row, long column) {
    return Objects.checkIndex(row, rows()) * columns() + Objects.checkIndex(column, columns());
  }

  private static final class Rows<V> extends AbstractList<V> implements RandomAccess {
    private final int count;
    private final SharedMatrix<?, V, ?> matrix;

    Rows(int count, SharedMatrix<?, V, ?> matrix) {
      this.count = count;
      this.matrix = matrix;
    }

    @Override
    public V get(int index) {
      return matrix.row(index);
    }

    @Override
    public int size() {
      return count;
    }
  }

  /// A matrix of `double`s.
  public static final class Doubles extends SharedMatrix<Doubles, Shared.Doubles, double[]> {

    private static final long serialVersionUID = 1L;

    Doubles(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public double get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_DOUBLE, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, double value) {
      writable().setAtIndex(ValueLayout.JAVA_DOUBLE, checked(row, column), value);
    }

    @Override
    Shared.Doubles row(SharedPart part) {
      return new Shared.Doubles(part);
    }

    @Override
    Doubles matrix(SharedPart part) {
      return new Doubles(part);
    }
  }

  /// A matrix of `float`s.
  public static final class Floats extends SharedMatrix<Floats, Shared.Floats, float[]> {

    private static final long serialVersionUID = 1L;

    Floats(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public float get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_FLOAT, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, float value) {
      writable().setAtIndex(ValueLayout.JAVA_FLOAT, checked(row, column), value);
    }

    @Override
    Shared.Floats row(SharedPart part) {
      return new Shared.Floats(part);
    }

    @Override
    Floats matrix(SharedPart part) {
      return new Floats(part);
    }
  }

  /// A matrix of `long`s.
  public static final class Longs extends SharedMatrix<Longs, Shared.Longs, long[]> {

    private static final long serialVersionUID = 1L;

    Longs(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public long get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_LONG, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, long value) {
      writable().setAtIndex(ValueLayout.JAVA_LONG, checked(row, column), value);
    }

    @Override
    Shared.Longs row(SharedPart part) {
      return new Shared.Longs(part);
    }

    @Override
    Longs matrix(SharedPart part) {
      return new Longs(part);
    }
  }

  /// A matrix of `int`s.
  public static final class Ints extends SharedMatrix<Ints, Shared.Ints, int[]> {

    private static final long serialVersionUID = 1L;

    Ints(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public int get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_INT, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, int value) {
      writable().setAtIndex(ValueLayout.JAVA_INT, checked(row, column), value);
    }

    @Override
    Shared.Ints row(SharedPart part) {
      return new Shared.Ints(part);
    }

    @Override
    Ints matrix(SharedPart part) {
      return new Ints(part);
    }
  }

  /// A matrix of `short`s.
  public static final class Shorts extends SharedMatrix<Shorts, Shared.Shorts, short[]> {

    private static final long serialVersionUID = 1L;

    Shorts(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public short get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_SHORT, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, short value) {
      writable().setAtIndex(ValueLayout.JAVA_SHORT, checked(row, column), value);
    }

    @Override
    Shared.Shorts row(SharedPart part) {
      return new Shared.Shorts(part);
    }

    @Override
    Shorts matrix(SharedPart part) {
      return new Shorts(part);
    }
  }

  /// A matrix of `char`s.
  public static final class Chars extends SharedMatrix<Chars, Shared.Chars, char[]> {

    private static final long serialVersionUID = 1L;

    Chars(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public char get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_CHAR, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, char value) {
      writable().setAtIndex(ValueLayout.JAVA_CHAR, checked(row, column), value);
    }

    @Override
    Shared.Chars row(SharedPart part) {
      return new Shared.Chars(part);
    }

    @Override
    Chars matrix(SharedPart part) {
      return new Chars(part);
    }
  }

  /// A matrix of `byte`s.
  public static final class Bytes extends SharedMatrix<Bytes, Shared.Bytes, byte[]> {

    private static final long serialVersionUID = 1L;

    Bytes(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public byte get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_BYTE, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, byte value) {
      writable().setAtIndex(ValueLayout.JAVA_BYTE, checked(row, column), value);
    }

    @Override
    Shared.Bytes row(SharedPart part) {
      return new Shared.Bytes(part);
    }

    @Override
    Bytes matrix(SharedPart part) {
      return new Bytes(part);
    }
  }

  /// A matrix of `boolean`s.
  public static final class Booleans extends SharedMatrix<Booleans, Shared.Booleans, boolean[]> {

    private static final long serialVersionUID = 1L;

    Booleans(SharedPart part) {
      super(part);
    }

    /// {@return one element}
    ///
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public boolean get(long row, long column) {
      return segment().getAtIndex(ValueLayout.JAVA_BOOLEAN, checked(row, column));
    }

    /// Replaces one element.
    ///
    /// @throws UnsupportedOperationException if this is read-only
    /// @throws IndexOutOfBoundsException if there is none
    /// @throws IllegalStateException after [#close()]
    public void set(long row, long column, boolean value) {
      writable().setAtIndex(ValueLayout.JAVA_BOOLEAN, checked(row, column), value);
    }

    @Override
    Shared.Booleans row(SharedPart part) {
      return new Shared.Booleans(part);
    }

    @Override
    Booleans matrix(SharedPart part) {
      return new Booleans(part);
    }
  }
}
