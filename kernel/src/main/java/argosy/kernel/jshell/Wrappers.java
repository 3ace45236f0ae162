package argosy.kernel.jshell;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The names of the classes that the shell wraps snippets in: `REPL.$JShell$12B` is the third shape
/// of snippet 12, `REPL.$JShell$4_5` holds snippets 4 and 5, and what they declare is nested
/// inside.
final class Wrappers {

  private static final Pattern WRAPPER =
      Pattern.compile("(REPL\\.\\$JShell\\$(\\d+[A-Z]*(?:_\\d+[A-Z]*)*))(\\$.*)?");

  /// With the number of a class that is declared among statements.
  private static final Pattern PREFIX =
      Pattern.compile(
          "\\b(?:REPL[./])?\\$JShell\\$\\d+[A-Z]*(?:_\\d+[A-Z]*)*[$.]?(?:\\d+(?=[\\p{javaJavaIdentifierStart}&&[^$]]))?");

  /// In front of the name of a class that someone has written.
  private static final Pattern BEFORE_NAME =
      Pattern.compile(
          "(?:\\b|(?<=\\[L))REPL\\.\\$JShell\\$\\d+[A-Z]*(?:_\\d+[A-Z]*)*[$.]\\d*"
              + "(?!do_it\\$)(?=[\\p{javaJavaIdentifierStart}&&[^$]])");

  /// In front of what the compiler or the virtual machine calls a class that has no name.
  private static final Pattern BEFORE_UNNAMED =
      Pattern.compile(
          "(?:(?<![\\w$.])|(?<=\\[L))(?:REPL\\.)?\\$JShell\\$\\d+[A-Z]*(?:_\\d+[A-Z]*)*"
              + "(?:(?=\\$\\$Lambda/0x)|(?=\\$\\d+(?![\\w$]))|\\$\\$JShell\\$anonymous\\$(?=\\$\\d))");

  private Wrappers() {}

  /// {@return the wrapper itself of a class in or around a snippet}
  static Optional<String> wrapperOf(String className) {
    Matcher matcher = WRAPPER.matcher(className);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static boolean isWrapper(String className) {
    Matcher matcher = WRAPPER.matcher(className);
    return matcher.matches() && matcher.group(3) == null;
  }

  /// {@return the ids of the snippets in a wrapper}
  static List<String> snippetIds(String wrapper) {
    Matcher matcher = WRAPPER.matcher(wrapper);
    if (!matcher.matches()) {
      return List.of();
    }
    return Stream.of(matcher.group(2).split("_"))
        .map(part -> part.replaceAll("[A-Z]+$", ""))
        .toList();
  }

  /// {@return a text without the names of wrappers, as the user knows his classes}
  static String unwrap(String text) {
    return Shapes.asWritten(PREFIX.matcher(text).replaceAll(""));
  }

  /// {@return what code prints, with the classes that have a name called by that, and those that
  /// have none as in a class that has none}
  static String inPrinted(String text) {
    if (!text.contains("$JShell$")) {
      return Shapes.asWritten(text);
    }
    String named = BEFORE_NAME.matcher(text).replaceAll("");
    return Shapes.asWritten(BEFORE_UNNAMED.matcher(named).replaceAll(""));
  }
}
