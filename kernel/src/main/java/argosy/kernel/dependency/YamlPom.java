package argosy.kernel.dependency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The little of YAML that Ganymede's `%%pom` cells use: lists of dependencies and repositories,
/// each entry a coordinate or a few keys.
///
/// ```yaml
/// repositories:
///   - id: snapshots
///     url: https://example.org/maven
/// dependencies:
///   - org.knowm.xchart:xchart:3.8.8
///   - groupId: org.apache.commons
///     artifactId: commons-math3
///     version: 3.6.1
/// ```
final class YamlPom {

  private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
  private static final Pattern LIST = Pattern.compile("(\\w+):");
  private static final Pattern KEY = Pattern.compile("([\\w.]+):\\s+(\\S.*)");
  private static final Map<String, String> ELEMENTS =
      Map.of("dependencies", "dependency", "repositories", "repository");

  private final StringBuilder xml = new StringBuilder();
  private final Map<String, String> entry = new LinkedHashMap<>();
  private String element = "";

  private YamlPom() {}

  /// {@return the same as elements of a POM}
  ///
  /// @throws IllegalArgumentException if a line is something else; the message has the line
  static String toXml(String yaml) {
    YamlPom pom = new YamlPom();
    for (String line : yaml.lines().toList()) {
      String text = COMMENT.matcher(line).replaceFirst("").strip();
      if (!text.isEmpty() && !text.equals("---")) {
        pom.read(text, line);
      }
    }
    pom.finishEntry();
    return pom.xml.toString();
  }

  private void read(String text, String line) {
    Matcher list = LIST.matcher(text);
    if (list.matches() && ELEMENTS.containsKey(list.group(1))) {
      finishEntry();
      element = ELEMENTS.getOrDefault(list.group(1), "");
      return;
    }
    boolean startsEntry = text.startsWith("- ");
    String content = startsEntry ? text.substring(2).strip() : text;
    if (startsEntry) {
      finishEntry();
    }
    Matcher key = KEY.matcher(content);
    if (element.isEmpty() || (!startsEntry && entry.isEmpty())) {
      throw notUnderstood(line);
    }
    if (key.matches()) {
      entry.put(key.group(1), unquoted(key.group(2)));
    } else if (startsEntry && element.equals("dependency")) {
      Coordinate coordinate = Coordinate.parse(unquoted(content));
      entry.put("groupId", coordinate.group());
      entry.put("artifactId", coordinate.artifact());
      entry.put("version", coordinate.version());
      entry.put("type", coordinate.type());
      entry.put("classifier", coordinate.classifier());
    } else {
      throw notUnderstood(line);
    }
  }

  private void finishEntry() {
    if (entry.isEmpty()) {
      return;
    }
    xml.append('<').append(element).append('>');
    entry.forEach((name, value) -> {
      if (!value.isEmpty()) {
        xml.append('<').append(name).append('>').append(escaped(value));
        xml.append("</").append(name).append('>');
      }
    });
    xml.append("</").append(element).append('>');
    entry.clear();
  }

  private static IllegalArgumentException notUnderstood(String line) {
    return new IllegalArgumentException(
        "this is no POM: '"
            + line.strip()
            + "' is neither XML nor one of "
            + String.join(
                ", ", List.of("dependencies:", "repositories:", "- group:artifact:version")));
  }

  private static String unquoted(String text) {
    boolean isQuoted =
        text.length() >= 2
            && "\"'".indexOf(text.charAt(0)) >= 0
            && text.charAt(0) == text.charAt(text.length() - 1);
    return isQuoted ? text.substring(1, text.length() - 1) : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
