package argosy.kernel.jshell;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What someone may have meant who wrote a member that its owner does not have. Only for the holder
/// of the [ShellLock].
final class MemberHints {

  private static final Pattern OWNED = Pattern.compile("(?:\\.|::)\\s*\\z");

  /// A type in front of a name, which is said along: a beginner would call its method without it.
  private static final Pattern OF_TYPE =
      Pattern.compile(
          "(?<![\\p{javaJavaIdentifierPart}.)\\]])"
              + "((?:[\\p{javaJavaIdentifierPart}]+\\.)*\\p{Lu}[\\p{javaJavaIdentifierPart}]*)\\s*\\.\\s*\\z");

  /// How the name of a method starts that reads a property.
  private static final Pattern ACCESSOR = Pattern.compile("^(?:get|is)(?=\\p{Lu})");

  private static final Pattern BRACKETS = Pattern.compile("\\(?\\)?\\z");

  /// What one owner calls so, another one calls otherwise.
  private static final Set<String> SIZES = Set.of("length", "size", "count", "len");

  private final NameSources sources;

  MemberHints(NameSources sources) {
    this.sources = sources;
  }

  /// {@return whether code ends with a name behind its owner}
  static boolean isMember(String name, String source, int start, int end) {
    String code = source.substring(start, end);
    return code.endsWith(name)
        && OWNED.matcher(code.substring(0, code.length() - name.length())).find();
  }

  /// {@return what to say of a member that is not there; empty if there is nothing}
  ///
  /// @param start where its owner starts in the source
  /// @param end where the name ends
  String hint(String name, String source, int start, int end) {
    List<String> members = members(name, source, start, end);
    String otherwise = otherwise(name, members, source.substring(0, end - name.length()));
    if (!otherwise.isEmpty()) {
      return otherwise;
    }
    String accessor = accessor(name, members);
    if (!accessor.isEmpty()) {
      return accessor;
    }
    int most = NameHints.most(name, 2);
    String hint =
        NameHints.spelled(
            name,
            members.stream().map(MemberHints::plain).filter(o -> NameHints.startsAlike(name, o)),
            most);
    if (hint.isEmpty()) {
      hint = NameHints.spelled(name, members.stream().map(MemberHints::plain), most);
    }
    if (!hint.isEmpty() || !SIZES.contains(name)) {
      return hint;
    }
    return members.stream()
        .filter(member -> SIZES.contains(plain(member)))
        .findFirst()
        .map(member -> "is it " + member + "?")
        .orElse("");
  }

  /// {@return what to say of a member that may not be read; empty if nothing of a similar name may
  /// be}
  String ofCall(String name, String source, int start, int end) {
    if (!isMember(name, source, start, end)) {
      return "";
    }
    List<String> members = members(name, source, start, end);
    String otherwise = otherwise(name, members, source.substring(0, end - name.length()));
    if (!otherwise.isEmpty()) {
      return otherwise;
    }
    String accessor = accessor(name, members);
    return accessor.isEmpty()
        ? NameHints.spelled(name, members.stream().map(MemberHints::plain), NameHints.most(name, 2))
        : accessor;
  }

  /// What a record calls `name()`, another class calls `getName()`, or `isName()`.
  private static String accessor(String name, List<String> members) {
    String plain = ACCESSOR.matcher(name).replaceFirst("");
    String start = plain.substring(0, 1);
    String lower = start.toLowerCase(Locale.ROOT) + plain.substring(1);
    String upper = start.toUpperCase(Locale.ROOT) + plain.substring(1);
    return Stream.of(lower, "get" + upper, "is" + upper)
        .filter(other -> !other.equals(name) && members.contains(other + "()"))
        .findFirst()
        .map(other -> "is it " + other + "()?")
        .orElse("");
  }

  /// A method that is not called, or a variable that is.
  private static String otherwise(String name, List<String> members, String before) {
    Matcher type = OF_TYPE.matcher(before);
    String call = type.find() ? type.group(1) + "." + name : name;
    if (members.contains(name + "()")) {
      return "it is a method: " + call + "() calls it";
    }
    if (members.contains(name + "(")) {
      return "it is a method: " + call + "(…) calls it";
    }
    return members.contains(name) ? "it is no method: without brackets it has a value" : "";
  }

  private List<String> members(String name, String source, int start, int end) {
    String before = source.substring(0, end - name.length());
    if (!before.stripTrailing().endsWith("::")) {
      return sources.members().apply(before).toList();
    }
    String outer = source.substring(0, start);
    String owner = source.substring(start, before.lastIndexOf("::")).strip();
    return Stream.of(owner + ".", "((" + owner + ") null).")
        .flatMap(code -> sources.members().apply(outer + code))
        .toList();
  }

  private static String plain(String member) {
    return BRACKETS.matcher(member).replaceFirst("");
  }
}
