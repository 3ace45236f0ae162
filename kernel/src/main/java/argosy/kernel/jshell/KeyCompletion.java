package argosy.kernel.jshell;

import argosy.kernel.interpreter.Completions.Match;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The keys of a map that a variable holds, where a text in quotes is one. Only for the holder of
/// the [ShellLock].
final class KeyCompletion {

  private static final int MOST = 200;
  private static final Pattern LOOKUP =
      Pattern.compile(
          "([\\p{javaJavaIdentifierPart}]+)\\s*\\.\\s*"
              + "(?:get|getOrDefault|containsKey|remove|put|replace|merge|compute\\w*)"
              + "\\(\\s*\"([^\"]*)\\z");

  private final Function<String, @Nullable Object> variables;

  /// @param variables gives the value of a variable, or null
  KeyCompletion(Function<String, @Nullable Object> variables) {
    this.variables = variables;
  }

  /// {@return the keys that start as the text does that a line ends with; nothing if the line looks
  /// nothing up}
  List<Match> at(String line) {
    Matcher lookup = LOOKUP.matcher(line);
    return lookup.find()
            && variables.apply(lookup.group(1)) instanceof Map<?, ?> map
            && isPlain(map)
        ? keys(map, lookup.group(2))
        : List.of();
  }

  /// Whether looking at it runs nobody's code.
  private static boolean isPlain(Map<?, ?> map) {
    return map.getClass().getName().startsWith("java.util.");
  }

  /// A cell may change the map meanwhile; what was seen until then counts.
  private static List<Match> keys(Map<?, ?> map, String prefix) {
    List<Match> matches = new ArrayList<>();
    try {
      for (Object key : map.keySet()) {
        boolean isText = key instanceof String text && text.startsWith(prefix) && isWritable(text);
        if (isText && matches.size() < MOST) {
          matches.add(new Match((String) key, "key", ""));
        }
      }
    } catch (ConcurrentModificationException e) {
      return matches;
    }
    return matches;
  }

  private static boolean isWritable(String text) {
    return text.chars().noneMatch(c -> c == '"' || c == '\\' || Character.isISOControl(c));
  }
}
