package jdk.jshell;

import java.util.HashSet;
import java.util.Set;

/// The identifiers that occur in a text: more than those that the compiler looks up, never fewer.
final class Mentions {

  /// In the set if the text may have names that do not stand there letter by letter.
  private static final String ANY = "*";

  private Mentions() {}

  static Set<String> in(CharSequence text) {
    Set<String> names = new HashSet<>();
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < length && text.charAt(at + 1) == 'u') {
        names.add(ANY);
      }
      if (Character.isJavaIdentifierStart(c) || Character.isSurrogate(c)) {
        int start = at;
        while (at < length
            && (Character.isJavaIdentifierPart(text.charAt(at))
                || Character.isSurrogate(text.charAt(at)))) {
          at++;
        }
        names.add(text.subSequence(start, at).toString());
      } else {
        at++;
      }
    }
    return names;
  }

  static boolean has(Set<String> names, String name) {
    return names.contains(name) || names.contains(ANY);
  }
}
