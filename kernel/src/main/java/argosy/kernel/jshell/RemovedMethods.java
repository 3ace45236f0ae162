package argosy.kernel.jshell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which of the JDK's methods templates may not call: a list that Pebble reads, with which Tablesaw
/// draws. It names some that the JDK has removed since, of which the first would end every plot.
final class RemovedMethods {

  /// The list, as a resource of its library.
  static final String LIST = "unsafeMethods.properties";

  private static final Pattern METHOD = Pattern.compile("([\\w.$]+)\\.(\\w+)\\((.*)\\)");

  private RemovedMethods() {}

  /// {@return the list without what is no method any more}
  static byte[] without(URL list) throws IOException {
    try (InputStream in = list.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(RemovedMethods::isThere)
          .collect(Collectors.joining("\n", "", "\n"))
          .getBytes(StandardCharsets.UTF_8);
    }
  }

  private static boolean isThere(String line) {
    Matcher method = METHOD.matcher(line.strip());
    if (!method.matches()) {
      return true;
    }
    int parameters = method.group(3).isBlank() ? 0 : method.group(3).split(",").length;
    try {
      return Stream.of(Class.forName(method.group(1), false, null).getMethods())
          .anyMatch(known ->
              known.getName().equals(method.group(2)) && known.getParameterCount() == parameters);
    } catch (ClassNotFoundException e) {
      return true;
    }
  }
}
