package argosy;

import argosy.engine.memory.SharedArea;
import argosy.engine.memory.SharedNames;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/// Which elements of an area of memory something shared consists of.
///
/// @param area the memory
/// @param form what it is
/// @param element what its elements are
/// @param from the first of them
/// @param rows how many rows they form, 1 but for a matrix
/// @param columns how many elements a row has
/// @param readOnly whether it cannot be written
record SharedPart(
    SharedArea area,
    Form form,
    SharedElement element,
    long from,
    long rows,
    long columns,
    boolean readOnly) {

  enum Form {
    ARRAY,
    MATRIX,
    LIST
  }

  @FunctionalInterface
  interface Cut<P> {
    P between(long start, long end);
  }

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int PAGE = 4096;

  static SharedPart zeros(SharedElement element, long length) {
    requireNotNegative(length, "length");
    SharedArea area = SharedArea.create(bytes(length, element.bytes()));
    return new SharedPart(area, Form.ARRAY, element, 0, 1, length, false);
  }

  static SharedPart zeros(SharedElement element, long rows, long columns) {
    requireNotNegative(rows, "number of rows");
    requireNotNegative(columns, "number of columns");
    SharedArea area = SharedArea.create(bytes(bytes(rows, columns), element.bytes()));
    return new SharedPart(area, Form.MATRIX, element, 0, rows, columns, false);
  }

  static SharedPart list(long bytes) {
    return new SharedPart(
        SharedArea.create(bytes), Form.LIST, SharedElement.BYTE, 0, 1, bytes, false);
  }

  static SharedPart of(Object array) {
    SharedPart part = zeros(SharedElement.of(array.getClass()), Array.getLength(array));
    part.element.write(array, part.segment(), 0);
    return part.asReadOnly();
  }

  static SharedPart of(Object[] rows, Class<?> rowType) {
    long columns = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] == null) {
        throw new IllegalArgumentException("row " + i + " is null");
      }
      columns = i == 0 ? Array.getLength(rows[0]) : columns;
      if (Array.getLength(rows[i]) != columns) {
        throw new IllegalArgumentException(
            "row %d has %d elements, and row 0 has %d: a matrix has rows of one length"
                .formatted(i, Array.getLength(rows[i]), columns));
      }
    }
    SharedPart part = zeros(SharedElement.of(rowType), rows.length, columns);
    for (int i = 0; i < rows.length; i++) {
      part.element.write(rows[i], part.segment(), i * columns);
    }
    return part.asReadOnly();
  }

  /// {@return so many parts of about the same size, or fewer so that none is empty}
  static <P> List<P> parts(long length, int count, Cut<P> cut) {
    if (count < 1) {
      throw new IllegalArgumentException("the number of parts is " + count + ", less than 1");
    }
    int parts = (int) Math.min(count, length);
    List<P> found = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      found.add(cut.between(start(length, parts, i), start(length, parts, i + 1)));
    }
    return List.copyOf(found);
  }

  /// The larger parts come first.
  private static long start(long length, int parts, int index) {
    return length / parts * index + Math.min(index, length % parts);
  }

  static int count(long length, String whatIsTooMuch) {
    if (length > LONGEST_ARRAY) {
      throw new IllegalStateException(length + " " + whatIsTooMuch);
    }
    return (int) length;
  }

  /// Leaves room for what the area itself needs.
  private static long bytes(long count, long each) {
    try {
      return Math.addExact(Math.multiplyExact(count, each), PAGE) - PAGE;
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "%d times %d bytes are more than any machine has".formatted(count, each), e);
    }
  }

  private static void requireNotNegative(long length, String what) {
    if (length < 0) {
      throw new IllegalArgumentException("the " + what + " is " + length + ", less than 0");
    }
  }

  long length() {
    return rows * columns;
  }

  String size() {
    return form == Form.MATRIX ? rows + " x " + columns : String.valueOf(columns);
  }

  MemorySegment segment() {
    MemorySegment all = area.segment();
    MemorySegment ours = all.asSlice(from * element.bytes(), length() * element.bytes());
    return readOnly ? ours.asReadOnly() : ours;
  }

  SharedPart slice(long start, long end) {
    return new SharedPart(area, form, element, from + start, 1, end - start, readOnly);
  }

  SharedPart row(long index) {
    return new SharedPart(area, Form.ARRAY, element, from + index * columns, 1, columns, readOnly);
  }

  SharedPart rows(long start, long end) {
    return new SharedPart(
        area, form, element, from + start * columns, end - start, columns, readOnly);
  }

  SharedPart flat() {
    return new SharedPart(area, Form.ARRAY, element, from, 1, length(), readOnly);
  }

  SharedPart asReadOnly() {
    return new SharedPart(area, form, element, from, rows, columns, true);
  }

  Shared shared() {
    return switch (form) {
      case ARRAY ->
          switch (element) {
            case DOUBLE -> new Shared.Doubles(this);
            case FLOAT -> new Shared.Floats(this);
            case LONG -> new Shared.Longs(this);
            case INT -> new Shared.Ints(this);
            case SHORT -> new Shared.Shorts(this);
            case CHAR -> new Shared.Chars(this);
            case BYTE -> new Shared.Bytes(this);
            case BOOLEAN -> new Shared.Booleans(this);
          };
      case MATRIX ->
          switch (element) {
            case DOUBLE -> new SharedMatrix.Doubles(this);
            case FLOAT -> new SharedMatrix.Floats(this);
            case LONG -> new SharedMatrix.Longs(this);
            case INT -> new SharedMatrix.Ints(this);
            case SHORT -> new SharedMatrix.Shorts(this);
            case CHAR -> new SharedMatrix.Chars(this);
            case BYTE -> new SharedMatrix.Bytes(this);
            case BOOLEAN -> new SharedMatrix.Booleans(this);
          };
      case LIST -> new SharedList(this);
    };
  }

  /// What travels in place of something shared.
  private record Handle(
      String place,
      long bytes,
      Form form,
      SharedElement element,
      long from,
      long rows,
      long columns,
      boolean readOnly)
      implements Serializable {

    private static final long serialVersionUID = 1L;

    /// The fields but for the place, as they stand behind it in the registry of names.
    String text() {
      return "%d %s %s %d %d %d %b".formatted(bytes, form, element, from, rows, columns, readOnly);
    }

    static Handle of(String place, String text) {
      String[] fields = text.split(" ", -1);
      return new Handle(
          place,
          Long.parseLong(fields[0]),
          Form.valueOf(fields[1]),
          SharedElement.valueOf(fields[2]),
          Long.parseLong(fields[3]),
          Long.parseLong(fields[4]),
          Long.parseLong(fields[5]),
          Boolean.parseBoolean(fields[6]));
    }

    SharedPart part() {
      return new SharedPart(
          SharedArea.attach(place, bytes), form, element, from, rows, columns, readOnly);
    }

    private Object readResolve() {
      return part().shared();
    }
  }

  Object handle() {
    area.keepUntilTaken();
    return handled();
  }

  private Handle handled() {
    return new Handle(
        area.place(), area.segment().byteSize(), form, element, from, rows, columns, readOnly);
  }

  void publish(String name) {
    area.publish(name, handled().text());
  }

  static SharedPart named(String name) {
    SharedNames.Entry entry = SharedNames.find(name);
    if (entry == null) {
      throw new IllegalStateException(
          "nothing is published as " + name + " now; Shared.names() lists what is");
    }
    return Handle.of(entry.place(), entry.description()).part();
  }

  static List<String> names() {
    return SharedNames.all();
  }

  static boolean unpublish(String name) {
    return SharedNames.remove(name);
  }
}
