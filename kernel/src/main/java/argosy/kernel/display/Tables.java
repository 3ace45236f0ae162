package argosy.kernel.display;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Collections of records or maps, and matrices, as HTML tables.
final class Tables {

  private static final int MAX_ROWS = 100;
  private static final int MAX_COLUMNS = 50;

  private Tables() {}

  /// {@return the table that a value is}
  static Optional<String> of(Object value) {
    List<?> rows =
        switch (value) {
          case Collection<?> many -> many.stream().limit(MAX_ROWS).toList();
          case Object[] many -> Stream.of(many).limit(MAX_ROWS).toList();
          default -> List.of();
        };
    if (rows.isEmpty() || rows.contains(null)) {
      return Optional.empty();
    }
    int size = value instanceof Collection<?> many ? many.size() : Array.getLength(value);
    Class<?> type = rows.getFirst().getClass();
    if (type.isRecord() && rows.stream().allMatch(type::isInstance)) {
      return Optional.of(ofRecords(type, rows, size));
    }
    if (rows.stream().allMatch(Map.class::isInstance)) {
      return Optional.of(ofMaps(rows, size));
    }
    return value instanceof Object[] && type.isArray() && type.getComponentType().isPrimitive()
        ? Optional.of(ofArrays(rows, size))
        : Optional.empty();
  }

  private static String ofRecords(Class<?> type, List<?> rows, int size) {
    List<RecordComponent> components =
        Stream.of(type.getRecordComponents()).limit(MAX_COLUMNS).toList();
    components.forEach(component -> component.getAccessor().setAccessible(true));
    return table(
        components.stream().map(RecordComponent::getName).toList(),
        rows,
        size,
        row -> components.stream().map(component -> get(component, row)).toList());
  }

  private static String get(RecordComponent component, Object row) {
    try {
      return Text.of(component.getAccessor().invoke(row));
    } catch (InvocationTargetException e) {
      return "(" + Text.safe(e.getCause() == null ? e : e.getCause()) + ")";
    } catch (IllegalAccessException e) {
      return "(" + e.getMessage() + ")";
    }
  }

  private static String ofMaps(List<?> rows, int size) {
    Set<Object> keys = new LinkedHashSet<>();
    for (Object row : rows) {
      keys.addAll(((Map<?, ?>) row).keySet());
    }
    List<Object> columns = keys.stream().limit(MAX_COLUMNS).toList();
    return table(
        columns.stream().map(Text::of).toList(),
        rows,
        size,
        row -> columns.stream().map(key -> ofMap((Map<?, ?>) row, key)).toList());
  }

  private static String ofMap(Map<?, ?> row, Object key) {
    return row.containsKey(key) ? Text.of(row.get(key)) : "";
  }

  private static String ofArrays(List<?> rows, int size) {
    int columns = rows.stream().mapToInt(Array::getLength).max().orElse(0);
    List<String> heads =
        Stream.iterate(0, i -> i + 1)
            .limit(Math.min(columns, MAX_COLUMNS))
            .map(String::valueOf)
            .toList();
    return table(heads, rows, size, row -> ofArray(row, heads.size()));
  }

  private static List<String> ofArray(Object row, int columns) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      cells.add(i < Array.getLength(row) ? String.valueOf(Array.get(row, i)) : "");
    }
    return cells;
  }

  private static String table(
      List<String> heads, List<?> rows, int size, Function<Object, List<String>> cells) {
    StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
    heads.forEach(head -> html.append("<th>").append(escape(head)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (Object row : rows) {
      html.append("<tr>");
      cells.apply(row).forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table>\n<p>").append(size).append(size == 1 ? " row" : " rows");
    if (rows.size() < size) {
      html.append(", the first ").append(rows.size()).append(" shown");
    }
    return html.append("</p>").toString();
  }

  static String escape(@Nullable String text) {
    return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
