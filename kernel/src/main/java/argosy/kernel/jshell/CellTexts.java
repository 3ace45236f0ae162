package argosy.kernel.jshell;

import java.util.LinkedHashMap;
import java.util.Map;

/// The texts of the cells that ran last, for messages that quote a line. Safe from any thread.
final class CellTexts {

  private static final int MAX_CELLS = 2000;

  private final Map<Integer, String> texts = new LinkedHashMap<>();

  synchronized void put(int cell, String text) {
    texts.remove(cell);
    texts.put(cell, text);
    if (texts.size() > MAX_CELLS) {
      texts.remove(texts.keySet().iterator().next());
    }
  }

  /// {@return a line without its end, empty if it is not known}
  ///
  /// @param line counted from 1
  synchronized String line(int cell, int line) {
    String text = texts.get(cell);
    return text == null || line < 1 ? "" : text.lines().skip(line - 1L).findFirst().orElse("");
  }
}
