package argosy.kernel.display;

import argosy.kernel.extension.Setting;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Records, maps, collections of either, and rows of rows as HTML tables. No colors: the page's own
/// fit its theme.
final class Tables {

  static final Setting MAX_ROWS =
      Setting.of("table.rows", "rows of a table that are shown", 100, 1);
  static final Setting MAX_COLUMNS =
      Setting.of("table.columns", "columns of a table that are shown", 50, 1);

  private Tables() {}

  /// {@return the table that a value is}
  static Optional<String> of(Object value) {
    return switch (value) {
      case Record one when one.getClass().getRecordComponents().length > 1 ->
          Optional.of(ofRecord(one));
      case Map<?, ?> map when !map.isEmpty() -> Optional.of(ofMap(map));
      case Collection<?> many ->
          ofMany(many.stream().limit(MAX_ROWS.value()).toList(), many.size());
      case Object[] many -> ofMany(Stream.of(many).limit(MAX_ROWS.value()).toList(), many.length);
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofMany(List<?> rows, int size) {
    if (rows.isEmpty() || rows.contains(null)) {
      return Optional.empty();
    }
    Class<?> type = rows.getFirst().getClass();
    if (type.isRecord() && rows.stream().allMatch(type::isInstance)) {
      return Optional.of(ofRecords(type, rows, size));
    }
    if (rows.stream().allMatch(Map.class::isInstance)) {
      return Optional.of(ofMaps(rows, size));
    }
    return rows.stream().allMatch(Tables::isRow)
        ? Optional.of(ofRows(rows.stream().map(Tables::elements).toList(), size))
        : Optional.empty();
  }

  private static boolean isRow(Object row) {
    return row instanceof List<?> || row.getClass().isArray();
  }

  private static List<?> elements(Object row) {
    if (row instanceof List<?> list) {
      return list;
    }
    return IntStream.range(0, Array.getLength(row)).mapToObj(i -> Array.get(row, i)).toList();
  }

  private static String ofRecord(Record one) {
    List<RecordComponent> components = List.of(one.getClass().getRecordComponents());
    components.forEach(component -> component.getAccessor().setAccessible(true));
    return html(
        List.of(Text.typeName(one.getClass()), ""),
        components.stream().limit(MAX_ROWS.value()).toList(),
        component -> List.of(component.getName(), get(component, one)),
        counted(components.size(), "component", MAX_ROWS.value()));
  }

  private static String ofMap(Map<?, ?> map) {
    return html(
        List.of("key", "value"),
        map.entrySet().stream().limit(MAX_ROWS.value()).toList(),
        entry -> List.of(Text.of(entry.getKey()), Text.of(entry.getValue())),
        map.size() == 1 ? "1 entry" : counted(map.size(), "entrie", MAX_ROWS.value()));
  }

  private static String ofRecords(Class<?> type, List<?> rows, int size) {
    List<RecordComponent> components =
        Stream.of(type.getRecordComponents()).limit(MAX_COLUMNS.value()).toList();
    components.forEach(component -> component.getAccessor().setAccessible(true));
    return table(
        components.stream().map(RecordComponent::getName).toList(),
        rows,
        size,
        type.getRecordComponents().length,
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
    List<Object> columns = keys.stream().limit(MAX_COLUMNS.value()).toList();
    return table(
        columns.stream().map(Text::of).toList(),
        rows,
        size,
        keys.size(),
        row -> columns.stream().map(key -> ofMap((Map<?, ?>) row, key)).toList());
  }

  private static String ofMap(Map<?, ?> row, Object key) {
    return row.containsKey(key) ? Text.of(row.get(key)) : "";
  }

  private static String ofRows(List<? extends List<?>> rows, int size) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    List<String> heads =
        IntStream.range(0, Math.min(columns, MAX_COLUMNS.value()))
            .mapToObj(String::valueOf)
            .toList();
    return table(heads, rows, size, columns, row -> ofRow(row, heads.size()));
  }

  private static List<String> ofRow(List<?> row, int columns) {
    return IntStream.range(0, columns)
        .mapToObj(i -> i < row.size() ? Text.of(row.get(i)) : "")
        .toList();
  }

  private static <R> String table(
      List<String> heads, List<R> rows, int size, int columns, Function<R, List<String>> cells) {
    String note = counted(size, "row", rows.size());
    if (heads.size() < columns) {
      note += "; " + counted(columns, "column", heads.size());
    }
    return html(heads, rows, cells, note);
  }

  private static String counted(int size, String what, int shown) {
    String count = size + " " + what + (size == 1 ? "" : "s");
    return shown < size ? count + ", the first " + shown + " shown" : count;
  }

  private static <R> String html(
      List<String> heads, List<R> rows, Function<R, List<String>> cells, String note) {
    StringBuilder html = new StringBuilder("<table>\n<thead><tr>");
    heads.forEach(head -> html.append("<th>").append(escape(head)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (R row : rows) {
      html.append("<tr>");
      cells.apply(row).forEach(cell -> html.append("<td>").append(escape(cell)).append("</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody>\n</table>\n<p>").append(note).append("</p>").toString();
  }

  static String escape(@Nullable String text) {
    return text == null ? "" : text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
