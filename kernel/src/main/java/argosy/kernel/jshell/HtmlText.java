package argosy.kernel.jshell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The HTML of documentation comments as plain text: paragraphs and items on lines of their own,
/// preformatted text as it is, four columns further in.
final class HtmlText {

  private static final Pattern TOKEN =
      Pattern.compile(
          "<!--.*?-->|</?(\\w+)(?:\\s[^<>]*)?/?>|&(#?\\w+);|\\s+|[^\\s<&]+|[<&]", Pattern.DOTALL);

  /// Tags without a meaning for a text. What else is in angle brackets is a type argument.
  private static final Set<String> MARKS =
      Set.of(
          "a",
          "abbr",
          "b",
          "big",
          "caption",
          "center",
          "cite",
          "code",
          "col",
          "colgroup",
          "del",
          "dfn",
          "em",
          "font",
          "i",
          "img",
          "ins",
          "kbd",
          "q",
          "s",
          "samp",
          "small",
          "span",
          "strong",
          "sub",
          "sup",
          "tbody",
          "tfoot",
          "thead",
          "tt",
          "u",
          "var",
          "wbr");

  private static final Map<String, String> ENTITIES =
      Map.ofEntries(
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("amp", "&"),
          Map.entry("quot", "\""),
          Map.entry("apos", "'"),
          Map.entry("nbsp", " "),
          Map.entry("ndash", "–"),
          Map.entry("mdash", "—"),
          Map.entry("hellip", "…"),
          Map.entry("lsquo", "‘"),
          Map.entry("rsquo", "’"),
          Map.entry("ldquo", "“"),
          Map.entry("rdquo", "”"),
          Map.entry("times", "×"),
          Map.entry("le", "≤"),
          Map.entry("ge", "≥"),
          Map.entry("ne", "≠"),
          Map.entry("copy", "©"),
          Map.entry("reg", "®"),
          Map.entry("trade", "™"));

  private final StringBuilder text = new StringBuilder();

  /// The lists that are open: how many items a numbered one has so far, -1 for others.
  private final Deque<Integer> lists = new ArrayDeque<>();

  private int verbatim;
  private boolean begins;
  private int dueLines;
  private boolean dueBlank;

  /// What the next line starts with, behind its indentation.
  private String start = "";

  private HtmlText() {}

  static String of(String html) {
    HtmlText writer = new HtmlText();
    Matcher token = TOKEN.matcher(html);
    while (token.find()) {
      if (token.group(1) != null) {
        writer.tag(token.group(1).toLowerCase(Locale.ROOT), token.group());
      } else if (token.group(2) != null) {
        writer.write(entity(token.group(2), token.group()));
      } else if (token.group().isBlank()) {
        writer.blank(token.group());
      } else if (!token.group().startsWith("<!--")) {
        writer.write(token.group());
      }
    }
    return writer.text.toString();
  }

  private static String entity(String name, String whole) {
    if (!name.startsWith("#")) {
      return ENTITIES.getOrDefault(name, whole);
    }
    try {
      boolean isHex = name.startsWith("#x") || name.startsWith("#X");
      return Character.toString(
          isHex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1)));
    } catch (IllegalArgumentException e) {
      return whole;
    }
  }

  private void tag(String name, String whole) {
    boolean opens = !whole.startsWith("</");
    switch (name) {
      case "br", "tr", "dt" -> due(1);
      case "p", "div", "section", "dl", "table", "blockquote", "hr" -> due(2);
      case "h1", "h2", "h3", "h4", "h5", "h6" -> due(2);
      case "td", "th" -> dueBlank |= opens;
      case "dd" -> item(opens, "    ");
      case "li" -> item(opens, opens ? nextMarker() : "");
      case "ul", "ol" -> list(opens, name.equals("ol"));
      case "pre" -> preformatted(opens);
      default -> {
        if (!MARKS.contains(name)) {
          write(whole);
        }
      }
    }
  }

  private void list(boolean opens, boolean isNumbered) {
    due(1);
    if (opens) {
      lists.push(isNumbered ? 0 : -1);
    } else {
      lists.poll();
    }
  }

  private String nextMarker() {
    int items = lists.isEmpty() ? -1 : lists.pop();
    lists.push(items < 0 ? items : items + 1);
    return items < 0 ? "- " : items + 1 + ". ";
  }

  private void item(boolean opens, String marker) {
    due(1);
    start = opens ? marker : start;
  }

  private void preformatted(boolean opens) {
    due(2);
    verbatim = Math.max(0, verbatim + (opens ? 1 : -1));
    begins = opens;
    start = "";
  }

  private void due(int lines) {
    dueLines = Math.max(dueLines, lines);
  }

  private void blank(String blank) {
    int lines = (int) blank.chars().filter(c -> c == '\n').count();
    if (verbatim == 0) {
      dueBlank = true;
    } else if (lines > 0) {
      dueLines += begins ? 0 : lines;
      start = blank.substring(blank.lastIndexOf('\n') + 1);
    } else if (dueLines > 0) {
      start = blank;
    } else {
      text.append(blank);
    }
  }

  private void write(String word) {
    if (text.isEmpty() || dueLines > 0) {
      text.append("\n".repeat(text.isEmpty() ? 0 : dueLines)).append(indent()).append(start);
    } else if (dueBlank) {
      text.append(' ');
    }
    dueLines = 0;
    dueBlank = false;
    begins = false;
    start = "";
    text.append(word);
  }

  /// The marker of an item hangs into its indentation.
  private String indent() {
    int columns = 2 * lists.size() + (verbatim > 0 ? 4 : 0);
    boolean hangs = verbatim == 0 && !start.isBlank();
    return " ".repeat(Math.max(0, hangs ? columns - 2 : columns));
  }
}
