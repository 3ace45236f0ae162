package argosy.kernel.display;

import argosy.kernel.extension.Setting;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Values as plain text: what `String.valueOf` says, with arrays spelled out and long things cut.
public final class Text {

  static final Setting MAX_ELEMENTS =
      Setting.of("text.elements", "elements of a collection or array that are shown", 200, 1);
  private static final int MAX_NESTED = 50;
  static final Setting MAX_ROWS =
      Setting.of("text.rows", "rows of an array of arrays that are shown as text", 30, 1);
  private static final int MAX_DEPTH = 6;

  /// How many arrays are looked at to say whether all have one length.
  private static final int MAX_MEASURED = 100_000;

  private static final int MAX_LENGTH = 200_000;

  /// The name of the class that is put around what a cell declares.
  private static final Pattern AROUND =
      Pattern.compile("\\bREPL\\.\\$JShell\\$\\w+[.$]|(?<=\\.)\\$Shape\\d+[.$]");

  private final StringBuilder text = new StringBuilder();

  /// The collections and arrays that are being written.
  private final Set<Object> around = Collections.newSetFromMap(new IdentityHashMap<>());

  private Text() {}

  /// {@return a preview}
  public static String of(@Nullable Object value) {
    Text preview = new Text();
    if (value != null && value.getClass().isArray()) {
      preview.around.add(value);
      preview.array(value);
    } else {
      preview.append(value, 0);
    }
    return cut(preview.text.toString());
  }

  /// {@return all of it}
  static String whole(@Nullable Object value) {
    return value != null && value.getClass().isArray() ? of(value) : valueOf(value);
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH
        ? text
        : text.substring(0, MAX_LENGTH) + "… (" + text.length() + " characters)";
  }

  /// {@return an exception's name and message, whatever its own code throws}
  static String safe(Throwable thrown) {
    try {
      return thrown.toString();
    } catch (RuntimeException | StackOverflowError e) {
      return thrown.getClass().getName();
    }
  }

  private static String valueOf(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    String text;
    try {
      text = value.toString();
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      return typeName(value.getClass()) + " (its toString threw " + safe(e) + ")";
    }
    if (text == null) {
      return "null";
    }
    String identity = value.getClass().getName() + "@";
    if (value instanceof BaseStream<?, ?> && text.startsWith(identity)) {
      return interfaceName(value)
          + ", which has not run: end it, for example with "
          + (value instanceof Stream<?> ? ".toList()" : ".toArray()");
    }
    if (text.startsWith(identity)) {
      return typeName(value.getClass()) + text.substring(identity.length() - 1);
    }
    return value instanceof CharSequence ? text : AROUND.matcher(text).replaceAll("");
  }

  /// `Stream`, or the one of it that has numbers.
  private static String interfaceName(Object stream) {
    return switch (stream) {
      case IntStream _ -> "IntStream";
      case LongStream _ -> "LongStream";
      case DoubleStream _ -> "DoubleStream";
      default -> "Stream";
    };
  }

  /// {@return the name of a class as its user knows it; a lambda is one of its interface}
  public static String typeName(Class<?> type) {
    if (type.isArray()) {
      return typeName(type.getComponentType()) + "[]";
    }
    String name = type.getSimpleName();
    boolean isUnnamed = type.isHidden() || name.isEmpty() || name.startsWith("$");
    if (isUnnamed && type.getInterfaces().length > 0) {
      return type.getInterfaces()[0].getSimpleName();
    }
    Class<?> parent = type.getSuperclass();
    return isUnnamed ? (parent == null ? type.getName() : parent.getSimpleName()) : name;
  }

  private void append(@Nullable Object value, int depth) {
    if (value == null || text.length() > MAX_LENGTH) {
      text.append(value == null ? "null" : "…");
      return;
    }
    if (!around.add(value)) {
      text.append("(this ").append(typeName(value.getClass())).append(")");
      return;
    }
    appendNew(value, depth);
    around.remove(value);
  }

  private void appendNew(Object value, int depth) {
    if (value.getClass().isArray()) {
      elements(value, depth);
    } else if (value instanceof Collection<?> many && speaksForItself(value)) {
      collection(many, depth);
    } else if (value instanceof Map<?, ?> map && speaksForItself(value)) {
      map(map, depth);
    } else {
      text.append(valueOf(value));
    }
  }

  /// Whether `toString` is the platform's, which lists all elements.
  private static boolean speaksForItself(Object value) {
    try {
      Method method = value.getClass().getMethod("toString");
      return method.getDeclaringClass().getName().startsWith("java.util.");
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  /// `int[3] {1, 2, 3}`, or one aligned line for each row of a matrix.
  private void array(Object array) {
    int length = Array.getLength(array);
    Class<?> component = array.getClass().getComponentType();
    text.append(size(array)).append(' ');
    if (component.isArray() && length > 0) {
      rows((Object[]) array);
    } else {
      elements(array, 0);
    }
  }

  private static String size(Object array) {
    StringBuilder size = new StringBuilder();
    Class<?> type = array.getClass();
    List<?> level = List.of(array);
    while (type.isArray()) {
      Set<Integer> lengths = new HashSet<>();
      List<Object> inside = new ArrayList<>();
      for (Object one : level) {
        lengths.add(one == null ? -1 : Array.getLength(one));
        if (one instanceof Object[] many && inside.size() < MAX_MEASURED) {
          inside.addAll(Arrays.asList(many));
        }
      }
      boolean isOne = lengths.size() == 1 && !lengths.contains(-1);
      size.append('[').append(isOne ? lengths.iterator().next() : "").append(']');
      level = isOne && inside.size() < MAX_MEASURED ? inside : List.of();
      type = type.getComponentType();
    }
    return typeName(type) + size;
  }

  private void rows(Object[] rows) {
    text.append("{\n");
    int shown = Math.min(rows.length, MAX_ROWS.value());
    int columns = 0;
    for (int i = 0; i < shown; i++) {
      columns = Math.max(columns, rows[i] == null ? 0 : Array.getLength(rows[i]));
    }
    int[] widths = new int[Math.min(columns, MAX_NESTED)];
    for (int i = 0; i < shown; i++) {
      for (int j = 0;
          rows[i] != null && j < Math.min(widths.length, Array.getLength(rows[i]));
          j++) {
        widths[j] = Math.max(widths[j], cell(rows[i], j).length());
      }
    }
    for (int i = 0; i < shown; i++) {
      row(rows[i], widths);
    }
    if (shown < rows.length) {
      text.append("  … ").append(rows.length - shown).append(" more rows\n");
    }
    text.append('}');
  }

  private static String cell(Object row, int index) {
    Text cell = new Text();
    cell.append(Array.get(row, index), 1);
    return cell.text.toString();
  }

  private void row(@Nullable Object row, int[] widths) {
    if (row == null) {
      text.append("  null\n");
      return;
    }
    text.append("  {");
    int length = Array.getLength(row);
    for (int j = 0; j < Math.min(length, widths.length); j++) {
      String cell = cell(row, j);
      text.append(j == 0 ? "" : ", ").append(" ".repeat(widths[j] - cell.length())).append(cell);
    }
    text.append(length > widths.length ? ", … " + (length - widths.length) + " more}\n" : "}\n");
  }

  private void elements(Object array, int depth) {
    list('{', '}', Array.getLength(array), depth, i -> Array.get(array, i));
  }

  private void collection(Collection<?> many, int depth) {
    Iterator<?> elements = many.iterator();
    list('[', ']', many.size(), depth, _ -> elements.hasNext() ? elements.next() : null);
  }

  private void list(
      char open, char close, int size, int depth, IntFunction<@Nullable Object> element) {
    text.append(open);
    int limit = depth == 0 ? MAX_ELEMENTS.value() : MAX_NESTED;
    int shown = depth > MAX_DEPTH ? 0 : Math.min(size, limit);
    for (int i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ");
      append(element.apply(i), depth + 1);
    }
    more(shown, size);
    text.append(close);
  }

  private void map(Map<?, ?> map, int depth) {
    text.append('{');
    int limit = depth == 0 ? MAX_ELEMENTS.value() : MAX_NESTED;
    int size = map.size();
    int shown = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (shown == limit || depth > MAX_DEPTH) {
        break;
      }
      text.append(shown == 0 ? "" : ", ");
      append(entry.getKey(), depth + 1);
      text.append('=');
      append(entry.getValue(), depth + 1);
      shown++;
    }
    more(shown, size);
    text.append('}');
  }

  private void more(int shown, int size) {
    if (shown < size) {
      text.append(shown == 0 ? "… " : ", … ").append(size - shown).append(" more of ").append(size);
    }
  }
}
