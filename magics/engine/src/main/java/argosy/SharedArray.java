package argosy;

import java.util.List;
import java.util.Objects;

/// A row of elements in shared memory.
///
/// @param <S> this very type of array
/// @param <A> the primitive array with the same elements
public abstract sealed class SharedArray<S extends SharedArray<S, A>, A> extends Shared
    permits Shared.Doubles,
        Shared.Floats,
        Shared.Longs,
        Shared.Ints,
        Shared.Shorts,
        Shared.Chars,
        Shared.Bytes,
        Shared.Booleans {

  private static final long serialVersionUID = 1L;

  SharedArray(SharedPart part) {
    super(part);
  }

  /// {@return the elements from one index to before another, without a copy}
  ///
  /// @throws IndexOutOfBoundsException if there are not that many
  public final S slice(long start, long end) {
    Objects.checkFromToIndex(start, end, length());
    return view(part().slice(start, end));
  }

  /// {@return the same elements in so many slices of about the same length, as inputs of tasks:
  /// none is copied, and none is empty}
  ///
  /// @throws IllegalArgumentException if `count` is less than 1
  public final List<S> parts(int count) {
    return SharedPart.parts(length(), count, this::slice);
  }

  /// {@return the same elements, which cannot be written through it}
  public final S readOnly() {
    return view(part().asReadOnly());
  }

  /// {@return a copy of all elements}
  ///
  /// @throws IllegalStateException if there are more than an array can hold, or after [#close()]
  public final A toArray() {
    int count = SharedPart.count(length(), "elements do not fit into an array; take a slice");
    @SuppressWarnings("unchecked") // the array of the element that this has
    A copy = (A) part().element().read(segment(), 0, count);
    return copy;
  }

  /// Replaces elements from an index on by those of an array.
  ///
  /// @throws UnsupportedOperationException if this is read-only
  /// @throws IndexOutOfBoundsException if they reach beyond the end
  /// @throws IllegalStateException after [#close()]
  public final void setAll(long start, A values) {
    part().element().write(values, writable(), start);
  }

  final long checked(long index) {
    return Objects.checkIndex(index, length());
  }

  private S view(SharedPart part) {
    @SuppressWarnings("unchecked") // the same form and element as this
    S view = (S) part.shared();
    return view;
  }
}
