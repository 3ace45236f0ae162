package argosy.kernel.jshell;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The texts of the cells and files that ran last, for messages that quote a line. Safe from any
/// thread.
final class CellTexts {

  private static final int MAX_TEXTS = 2000;

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

  /// {@return a line without its end, empty if it is not known}
  ///
  /// @param line counted from 1
  synchronized String line(String source, int line) {
    String text = texts.get(source);
    return text == null || line < 1 ? "" : text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
