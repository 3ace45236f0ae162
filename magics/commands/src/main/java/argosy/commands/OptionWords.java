package argosy.commands;

import argosy.kernel.extension.MagicUsageException;
import java.util.Deque;

/// The words behind a magic, one after the other.
final class OptionWords {

  private OptionWords() {}

  /// {@return the next word, which is the value of an option}
  ///
  /// @throws MagicUsageException if there is none
  static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new MagicUsageException(option + " takes a value");
    }
    return rest.pop();
  }
}
