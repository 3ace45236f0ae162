package argosy.kernel.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// One call of a magic.
///
/// @param arguments the text behind the name on the magic's own line, stripped
/// @param body the lines below a cell magic, empty for a line magic
/// @param isCell whether it was written with `%%`
/// @param line the line of the cell, counted from 1, on which the magic stands; the body starts on
///   the next one
/// @param isValue whether code takes its value, as in `var x = %name`
public record MagicCall(String arguments, String body, boolean isCell, int line, boolean isValue) {

  /// A call whose value no code takes.
  public MagicCall(String arguments, String body, boolean isCell, int line) {
    this(arguments, body, isCell, line, false);
  }

  /// Checks that nothing is missing.
  public MagicCall {
    Objects.requireNonNull(arguments, "arguments is null");
    Objects.requireNonNull(body, "body is null");
  }

  /// {@return the arguments as words; single or double quotes keep blanks together, and a backslash
  /// is an ordinary character}
  ///
  /// @throws MagicUsageException if a quote is not closed
  public List<String> words() {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < arguments.length(); i++) {
      char c = arguments.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (Character.isWhitespace(c)) {
        if (inWord) {
          words.add(word.toString());
          word.setLength(0);
          inWord = false;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    if (quote != 0) {
      throw new MagicUsageException("the quote " + quote + " is not closed");
    }
    if (inWord) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }
}
