package argosy.kernel.cell;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The annotations that stand in front of what a source declares.
public final class Annotations {

  private static final Set<String> MODIFIERS =
      Set.of("public", "protected", "private", "static", "final", "transient", "volatile");

  private Annotations() {}

  /// {@return their names as they are written, by where these start}
  public static SortedMap<Integer, String> of(String source) {
    List<Token> tokens = Lexer.tokens(source);
    SortedMap<Integer, String> names = new TreeMap<>();
    int at = 0;
    while (at < tokens.size()) {
      if (MODIFIERS.contains(tokens.get(at).in(source))) {
        at++;
      } else if (isName(tokens, at + 1, source) && tokens.get(at).is(source, "@")) {
        int first = ++at;
        while (isName(tokens, at + 2, source) && tokens.get(at + 1).is(source, ".")) {
          at += 2;
        }
        int start = tokens.get(first).start();
        names.put(start, source.substring(start, tokens.get(at).end()));
        at = behindArguments(tokens, at + 1, source);
      } else {
        return names;
      }
    }
    return names;
  }

  private static boolean isName(List<Token> tokens, int at, String source) {
    return at < tokens.size()
        && tokens.get(at).kind() == Token.Kind.WORD
        && !tokens.get(at).is(source, "interface");
  }

  private static int behindArguments(List<Token> tokens, int first, String source) {
    int at = first;
    int depth = 0;
    do {
      if (at < tokens.size() && tokens.get(at).is(source, "(")) {
        depth++;
      } else if (at < tokens.size() && tokens.get(at).is(source, ")")) {
        depth--;
      } else if (depth == 0) {
        return at;
      }
      at++;
    } while (depth > 0 && at < tokens.size());
    return at;
  }
}
