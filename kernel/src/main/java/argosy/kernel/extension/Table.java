package argosy.kernel.extension;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text with a heading and a note below, to be shown. A column of numbers is set flush
/// right.
///
/// @param heading the names of the columns
/// @param rows one text per column
/// @param note what to say below, or empty
public record Table(List<String> heading, List<List<String>> rows, String note) {

  private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d,]*(\\.\\d+)?( [kMGT]?B)?|");

  /// Checks and copies.
  ///
  /// @throws IllegalArgumentException if a row has not one text per column
  public Table {
    heading = List.copyOf(heading);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != heading.size()) {
        throw new IllegalArgumentException(
            "a row has " + row.size() + " texts for " + heading.size() + " columns");
      }
    }
  }

  /// {@return the table as HTML and as text}
  public Map<String, Object> bundle() {
    return Map.of("text/html", html(), "text/plain", toString());
  }

  /// {@return the table as lines of text, without a line feed at the end}
  @Override
  public String toString() {
    List<Integer> widths = columns().map(this::width).boxed().toList();
    List<Boolean> numeric = columns().mapToObj(this::isNumeric).toList();
    StringBuilder text = new StringBuilder(line(heading, widths, numeric));
    rows.forEach(row -> text.append('\n').append(line(row, widths, numeric)));
    if (!note.isEmpty()) {
      text.append('\n').append(note);
    }
    return text.toString();
  }

  private String html() {
    List<Boolean> numeric = columns().mapToObj(this::isNumeric).toList();
    return "<table><thead>"
        + row("th", heading, numeric)
        + "</thead><tbody>"
        + rows.stream().map(cells -> row("td", cells, numeric)).collect(Collectors.joining())
        + "</tbody></table>"
        + (note.isEmpty() ? "" : "<p>" + Html.escape(note) + "</p>");
  }

  private IntStream columns() {
    return IntStream.range(0, heading.size());
  }

  private int width(int column) {
    return Math.max(
        heading.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0));
  }

  private boolean isNumeric(int column) {
    return rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private static String row(String tag, List<String> cells, List<Boolean> numeric) {
    return IntStream.range(0, cells.size())
        .mapToObj(i ->
            "<%s style=\"text-align:%s\">%s</%s>"
                .formatted(tag, numeric.get(i) ? "right" : "left", Html.escape(cells.get(i)), tag))
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String line(List<String> cells, List<Integer> widths, List<Boolean> numeric) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> {
          String cell = cells.get(i);
          String blanks = " ".repeat(widths.get(i) - cell.length());
          return numeric.get(i) ? blanks + cell : cell + blanks;
        })
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
