package argosy.kernel.jshell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Two classes of one name: what a cell declared, and what a later cell declared anew.
final class ClassVersions {

  private static final Pattern CAST =
      Pattern.compile(
          "class ((?:REPL\\.|\\S+\\.\\$Shape)?\\S+) cannot be cast to class (\\S+)(?s:.*)");

  /// What a wrapper has in its name whose snippet has been declared anew.
  private static final Pattern ANEW = Pattern.compile("REPL\\.\\$JShell\\$\\d+[A-Z].*");

  private ClassVersions() {}

  /// {@return the message of a `ClassCastException`, which says so if both classes have one name,
  /// or if it may be why one is no subtype of the other}
  static String explain(String message) {
    Matcher matcher = CAST.matcher(message);
    if (!matcher.matches()) {
      return Wrappers.unwrap(message);
    }
    String from = Wrappers.unwrap(matcher.group(1));
    String to = Wrappers.unwrap(matcher.group(2));
    if (from.equals(to)) {
      return "this object is of the class "
          + from
          + " as it was before a cell declared it anew; make the object again";
    }
    String unfit = from + " cannot be cast to " + to;
    return ANEW.matcher(matcher.group(2)).matches()
        ? unfit + "; if it was one before a cell declared " + to + " anew, make the object again"
        : unfit;
  }
}
