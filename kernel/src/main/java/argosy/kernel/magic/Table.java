package argosy.kernel.magic;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text with a heading.
record Table(List<String> heading, List<List<String>> rows) {

  Table {
    heading = List.copyOf(heading);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /// {@return the table as HTML and as text, followed by a note}
  Map<String, Object> bundle(String note) {
    return Map.of("text/html", html(note), "text/plain", text(note));
  }

  private String html(String note) {
    return "<table><thead>"
        + row("th", heading)
        + "</thead><tbody>"
        + rows.stream().map(cells -> row("td", cells)).collect(Collectors.joining())
        + "</tbody></table>"
        + (note.isEmpty() ? "" : "<p>" + escape(note) + "</p>");
  }

  private String text(String note) {
    List<Integer> widths =
        IntStream.range(0, heading.size())
            .mapToObj(i ->
                Math.max(
                    heading.get(i).length(),
                    rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0)))
            .toList();
    String lines = rows.stream().map(row -> line(row, widths)).collect(Collectors.joining("\n"));
    return line(heading, widths) + "\n" + lines + (note.isEmpty() ? "" : "\n" + note);
  }

  private static String row(String tag, List<String> cells) {
    return cells.stream()
        .map(cell -> "<" + tag + " style=\"text-align:left\">" + escape(cell) + "</" + tag + ">")
        .collect(Collectors.joining("", "<tr>", "</tr>"));
  }

  private static String line(List<String> cells, List<Integer> widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
