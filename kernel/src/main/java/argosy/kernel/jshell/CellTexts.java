package argosy.kernel.jshell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The texts of the cells and files that ran last, for messages that quote a line. Safe from any
/// thread.
final class CellTexts {

  private static final int MAX_TEXTS = 2000;

  /// What a documentation comment has at the start or end of its lines.
  private static final Pattern SIGNS =
      Pattern.compile("^\\s*(?:/\\*\\*|///|\\*(?!/)) ?|\\s*\\*+/\\s*$");

  private final Map<String, String> texts = new LinkedHashMap<>();

  /// @param source as in [Origin]
  synchronized void put(String source, String text) {
    texts.remove(source);
    texts.put(source, text);
    if (texts.size() > MAX_TEXTS) {
      texts.remove(texts.keySet().iterator().next());
    }
  }

  synchronized boolean has(String source) {
    return texts.containsKey(source);
  }

  /// {@return the whole text, if it is known}
  synchronized Optional<String> text(String source) {
    return Optional.ofNullable(texts.get(source));
  }

  /// {@return the documentation comment that ends on the line before a declaration, without the
  /// signs that make it one, and in HTML if it is in Markdown; empty if there is none}
  ///
  /// @param line of the declaration, counted from 1
  synchronized String commentBefore(String source, int line) {
    List<String> lines =
        Objects.requireNonNullElse(texts.get(source), "").lines().limit(line - 1L).toList();
    int end = lines.size();
    int start = end;
    boolean isMarkdown = true;
    if (end > 0 && lines.get(end - 1).stripTrailing().endsWith("*/")) {
      while (start > 0 && !lines.get(--start).strip().startsWith("/*")) {}
      if (!lines.get(start).strip().startsWith("/**")) {
        return "";
      }
      isMarkdown = false;
    } else {
      while (start > 0 && lines.get(start - 1).strip().startsWith("///")) {
        start--;
      }
    }
    String comment =
        lines.subList(start, end).stream()
            .map(text -> SIGNS.matcher(text).replaceAll(""))
            .collect(Collectors.joining("\n"))
            .strip();
    return isMarkdown ? MarkdownComment.toHtml(comment, Foresight::markdown) : comment;
  }

  /// {@return a line without its end, empty if it is not known}
  ///
  /// @param line counted from 1
  synchronized String line(String source, int line) {
    String text = texts.get(source);
    return text == null || line < 1 ? "" : text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
