package argosy.kernel.dependency;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of one artifact in a Maven repository.
///
/// @param group such as `org.apache.commons`
/// @param artifact such as `commons-math3`
/// @param type the packaging, `jar` if nothing was said
/// @param classifier such as `linux-x86_64`, empty for the main artifact
/// @param version a version, or a range such as `[3.0,4.0)`
public record Coordinate(
    String group, String artifact, String type, String classifier, String version) {

  private static final Pattern IVY = Pattern.compile("([^#;:]+)#([^#;:]+);([^#;:]+)");
  private static final Pattern END = Pattern.compile("[;,]+$");
  private static final Pattern WORD = Pattern.compile("[^\\s:/\\\\]+");

  /// Checks every part.
  ///
  /// @throws IllegalArgumentException if one is missing or has a blank, a colon or a slash
  public Coordinate {
    requireWord("group", group);
    requireWord("artifact", artifact);
    requireWord("type", type);
    if (!classifier.isEmpty()) {
      requireWord("classifier", classifier);
    }
    requireWord("version", version);
  }

  /// {@return the artifact that a text names as `group:artifact[:type[:classifier]]:version`, or as
  /// Ivy writes it: `organisation#name;revision`; behind it may be what ends a statement, or one of
  /// a list}
  ///
  /// @throws IllegalArgumentException if the text names none; the message says what is missing
  public static Coordinate parse(String written) {
    String text = END.matcher(written).replaceFirst("");
    Matcher ivy = IVY.matcher(text);
    if (ivy.matches()) {
      return new Coordinate(ivy.group(1), ivy.group(2), "jar", "", ivy.group(3));
    }
    String[] parts = text.split(":", -1);
    return switch (parts.length) {
      case 3 -> new Coordinate(parts[0], parts[1], "jar", "", parts[2]);
      case 4 -> new Coordinate(parts[0], parts[1], parts[2], "", parts[3]);
      case 5 -> new Coordinate(parts[0], parts[1], parts[2], parts[3], parts[4]);
      case 2 -> throw new IllegalArgumentException("'" + text + "' has no version");
      default ->
          throw new IllegalArgumentException(
              "'" + text + "' is not of the form group:artifact[:type[:classifier]]:version");
    };
  }

  @Override
  public String toString() {
    String middle =
        classifier.isEmpty() ? type.equals("jar") ? "" : ":" + type : ":" + type + ":" + classifier;
    return group + ":" + artifact + middle + ":" + version;
  }

  private static void requireWord(String part, String value) {
    if (!WORD.matcher(value).matches()) {
      throw new IllegalArgumentException("the " + part + " '" + value + "' is not a name");
    }
  }
}
