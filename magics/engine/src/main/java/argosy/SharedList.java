package argosy;

import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A list of scalars in shared memory: numbers, booleans, characters, strings, `byte[]`s and nulls,
/// each in a slot of its own, where it can be replaced by whatever fits.
///
/// Numbers and the like always fit; a text or `byte[]` fits into the room of the one that the list
/// was made with, rounded up to eight bytes. A reader sees a value as it was set, never half of it,
/// even if who sets it dies meanwhile. Threads of one process may set the same slot; of several
/// processes only one may at a time. What walks over the values, looks for one or counts them takes
/// each as it is when its turn comes.
public final class SharedList extends Shared implements Iterable<@Nullable Object> {

  /*
   * Layout, in units of eight bytes in the machine's order:
   *
   *   count | offset 0 | capacity 0 | offset 1 | capacity 1 | ... | slot 0 | slot 1 | ...
   *   slot: word | cell A (capacity bytes) | cell B (capacity bytes)
   *   word: turns (27 bits) | which cell (1) | type (4) | length in bytes (32)
   *
   * Who sets a value writes the cell that nobody reads, and then the word. A reader whose word has
   * changed meanwhile reads again.
   */

  private static final long serialVersionUID = 1L;

  private static final VarHandle LONGS = ValueLayout.JAVA_LONG.varHandle();

  private static final int CELL_BIT = 36;
  private static final int TYPE_BIT = 32;
  private static final long TURN = 1L << 37;

  /// The tags are what other processes read.
  private enum Type {
    NULL(0),
    BOOLEAN(1),
    CHAR(2),
    BYTE(3),
    SHORT(4),
    INT(5),
    LONG(6),
    FLOAT(7),
    DOUBLE(8),
    TEXT(9),
    BYTES(10);

    private static final Type[] TAGGED = values();

    private final int tag;

    Type(int tag) {
      this.tag = tag;
    }

    static Type of(long word) {
      int tag = (int) (word >> TYPE_BIT & 15);
      for (Type each : TAGGED) {
        if (each.tag == tag) {
          return each;
        }
      }
      throw new IllegalStateException("this is no shared list: it has a value of type " + tag);
    }
  }

  /// @param type what the bytes mean
  /// @param bytes those of a text or array
  /// @param bits those of anything else
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scalar(Type type, byte @Nullable [] bytes, long bits) {

    static Scalar of(@Nullable Object value) {
      return switch (value) {
        case null -> new Scalar(Type.NULL, null, 0);
        case Boolean b -> new Scalar(Type.BOOLEAN, null, b ? 1 : 0);
        case Character c -> new Scalar(Type.CHAR, null, c);
        case Byte b -> new Scalar(Type.BYTE, null, b);
        case Short s -> new Scalar(Type.SHORT, null, s);
        case Integer i -> new Scalar(Type.INT, null, i);
        case Long l -> new Scalar(Type.LONG, null, l);
        case Float f -> new Scalar(Type.FLOAT, null, Float.floatToRawIntBits(f));
        case Double d -> new Scalar(Type.DOUBLE, null, Double.doubleToRawLongBits(d));
        case String text -> new Scalar(Type.TEXT, bytes(text), 0);
        case byte[] bytes -> new Scalar(Type.BYTES, bytes, 0);
        default ->
            throw new IllegalArgumentException(
                "a shared list holds numbers, booleans, characters, strings, byte[] and null, not "
                    + value.getClass().getName());
      };
    }

    /// No character set would do: it replaces a half of a surrogate pair that stands alone.
    private static byte[] bytes(String text) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(text.length(), Character.BYTES));
      CharBuffer _ = chars(bytes).put(text);
      return bytes.array();
    }

    private static CharBuffer chars(ByteBuffer bytes) {
      return bytes.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
    }

    int length() {
      return bytes == null ? Long.BYTES : bytes.length;
    }

    long capacity() {
      return Math.max(Long.BYTES, (length() + Long.BYTES - 1L) / Long.BYTES * Long.BYTES);
    }

    @Nullable Object value() {
      byte[] content = bytes == null ? new byte[0] : bytes;
      return switch (type) {
        case NULL -> null;
        case BOOLEAN -> bits != 0;
        case CHAR -> (char) bits;
        case BYTE -> (byte) bits;
        case SHORT -> (short) bits;
        case INT -> (int) bits;
        case LONG -> bits;
        case FLOAT -> Float.intBitsToFloat((int) bits);
        case DOUBLE -> Double.longBitsToDouble(bits);
        case TEXT -> chars(ByteBuffer.wrap(content)).toString();
        case BYTES -> content;
      };
    }
  }

  SharedList(SharedPart part) {
    super(part);
  }

  static SharedList of(@Nullable Object[] values) {
    List<Scalar> scalars = new ArrayList<>();
    long offset = Long.BYTES + 2L * Long.BYTES * values.length;
    long end = offset;
    for (Object value : values) {
      Scalar scalar = Scalar.of(value);
      scalars.add(scalar);
      end += Long.BYTES + 2 * scalar.capacity();
    }
    SharedList list = new SharedList(SharedPart.list(end));
    MemorySegment memory = list.segment();
    memory.set(ValueLayout.JAVA_LONG, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      long capacity = scalars.get(i).capacity();
      memory.set(ValueLayout.JAVA_LONG, entry(i), offset);
      memory.set(ValueLayout.JAVA_LONG, entry(i) + Long.BYTES, capacity);
      offset += Long.BYTES + 2 * capacity;
      list.put(i, scalars.get(i));
    }
    return list;
  }

  /// {@return how many values it holds}
  ///
  /// @throws IllegalStateException after [#close()]
  @Override
  public long length() {
    return segment().get(ValueLayout.JAVA_LONG, 0);
  }

  /// {@return one value, of the type with which it was set}
  ///
  /// @throws IndexOutOfBoundsException if there is none at this index
  /// @throws IllegalStateException after [#close()]
  public @Nullable Object get(int index) {
    MemorySegment memory = segment();
    Objects.checkIndex(index, length());
    long slot = memory.get(ValueLayout.JAVA_LONG, entry(index));
    long capacity = memory.get(ValueLayout.JAVA_LONG, entry(index) + Long.BYTES);
    while (true) {
      long word = (long) LONGS.getAcquire(memory, slot);
      long cell = slot + Long.BYTES + (word >> CELL_BIT & 1) * capacity;
      Type type = Type.of(word);
      boolean hasBytes = type == Type.TEXT || type == Type.BYTES;
      Scalar scalar =
          hasBytes
              ? new Scalar(
                  type, memory.asSlice(cell, word & 0xffffffffL).toArray(ValueLayout.JAVA_BYTE), 0)
              : new Scalar(type, null, memory.get(ValueLayout.JAVA_LONG, cell));
      VarHandle.acquireFence();
      if ((long) LONGS.getOpaque(memory, slot) == word) {
        return scalar.value();
      }
      Thread.onSpinWait();
    }
  }

  /// {@return one value}
  ///
  /// @throws ClassCastException if it is of another type
  /// @throws NullPointerException if it is null
  /// @throws IndexOutOfBoundsException if there is none at this index
  /// @throws IllegalStateException after [#close()]
  public <T> T get(int index, Class<T> type) {
    return type.cast(
        Objects.requireNonNull(get(index), () -> "the value at " + index + " is null"));
  }

  /// Replaces one value.
  ///
  /// @throws IllegalArgumentException if the value does not fit, or is nothing that a list can hold
  /// @throws UnsupportedOperationException if this is read-only
  /// @throws IndexOutOfBoundsException if there is none at this index
  /// @throws IllegalStateException after [#close()]
  public void set(int index, @Nullable Object value) {
    MemorySegment memory = writable();
    Objects.checkIndex(index, length());
    Scalar scalar = Scalar.of(value);
    long capacity = memory.get(ValueLayout.JAVA_LONG, entry(index) + Long.BYTES);
    if (scalar.length() > capacity) {
      throw new IllegalArgumentException(
          "the value at %d has room for %d bytes, and the new one takes %d: make the list with a"
                  .formatted(index, capacity, scalar.length())
              + " longer one there");
    }
    synchronized (part().area()) {
      put(index, scalar);
    }
  }

  private void put(int index, Scalar scalar) {
    MemorySegment memory = segment();
    long slot = memory.get(ValueLayout.JAVA_LONG, entry(index));
    long capacity = memory.get(ValueLayout.JAVA_LONG, entry(index) + Long.BYTES);
    long word = (long) LONGS.getAcquire(memory, slot);
    long which = (word >> CELL_BIT & 1) ^ 1;
    long cell = slot + Long.BYTES + which * capacity;
    byte[] bytes = scalar.bytes();
    if (bytes == null) {
      memory.set(ValueLayout.JAVA_LONG, cell, scalar.bits());
    } else {
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, cell, bytes.length);
    }
    long next =
        (word & -TURN) + TURN
            | which << CELL_BIT
            | (long) scalar.type().tag << TYPE_BIT
            | scalar.length();
    LONGS.setRelease(memory, slot, next);
  }

  /// {@return whether a value is among these, of the same type and equal, a `byte[]` by its
  /// content}
  ///
  /// @throws IllegalStateException after [#close()]
  public boolean contains(@Nullable Object value) {
    return indexOf(value) >= 0;
  }

  /// {@return the index of the first value that is of the same type and equal, a `byte[]` by its
  /// content, or -1 if none is}
  ///
  /// @throws IllegalStateException after [#close()]
  public int indexOf(@Nullable Object value) {
    long length = length();
    for (int i = 0; i < length; i++) {
      if (Objects.deepEquals(get(i), value)) {
        return i;
      }
    }
    return -1;
  }

  /// {@return how many values are of the same type and equal, a `byte[]` by its content}
  ///
  /// @throws IllegalStateException after [#close()]
  public int count(@Nullable Object value) {
    int count = 0;
    for (Object each : this) {
      count += Objects.deepEquals(each, value) ? 1 : 0;
    }
    return count;
  }

  @Override
  public Iterator<@Nullable Object> iterator() {
    return asList().iterator();
  }

  /// {@return the values as a list of the JDK's, for whatever works on one: `stream()`, `subList`,
  /// `Parallel.map`; a view, in which values can be replaced, and none can be added or removed}
  public List<@Nullable Object> asList() {
    return new View(this);
  }

  /// The values as a list.
  private static final class View extends AbstractList<@Nullable Object>
      implements RandomAccess, Serializable {

    private static final long serialVersionUID = 1L;

    private final SharedList list;

    View(SharedList list) {
      this.list = list;
    }

    @Override
    public @Nullable Object get(int index) {
      return list.get(index);
    }

    @Override
    public @Nullable Object set(int index, @Nullable Object value) {
      Object before = list.get(index);
      list.set(index, value);
      return before;
    }

    @Override
    public int size() {
      return (int) list.length();
    }
  }

  /// {@return a copy of all values}
  ///
  /// @throws IllegalStateException after [#close()]
  public List<@Nullable Object> toList() {
    return Collections.unmodifiableList(new ArrayList<>(asList()));
  }

  /// {@return the same values, which cannot be replaced through it}
  public SharedList readOnly() {
    return new SharedList(part().asReadOnly());
  }

  @Override
  String size() {
    return part().area().isOpen() ? String.valueOf(length()) : "?";
  }

  private static long entry(int index) {
    return Long.BYTES + 2L * Long.BYTES * index;
  }
}
