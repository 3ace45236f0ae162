package argosy.kernel.jshell;

import argosy.kernel.cell.Identifiers;
import argosy.kernel.cell.LocalNames;
import argosy.kernel.cell.Spelling;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.MethodSnippet;

/// What someone may have meant who wrote a name that the compiler does not know: a type that is not
/// imported, or a name that is spelled otherwise. Only for the holder of the [ShellLock].
final class NameHints {

  private static final Pattern UNKNOWN =
      Pattern.compile(
          "cannot find symbol\\s+symbol:\\s+(class|variable|method) ([\\p{javaJavaIdentifierPart}]+).*",
          Pattern.DOTALL);
  private static final Pattern NO_PACKAGE =
      Pattern.compile("package ([\\p{javaJavaIdentifierPart}]+) does not exist");
  private static final Pattern UNTYPED =
      Pattern.compile(
          "incompatible types: (?:java\\.lang\\.)?Object is not a functional interface"
              + "|(?:lambda expression|method reference) not expected here");
  private static final Pattern NAME_END = Pattern.compile("\\(?\\)?\\z");

  /// Whose static methods people call without their class, who come from elsewhere.
  private static final List<Class<?>> OWNERS =
      List.of(
          IO.class,
          Math.class,
          Thread.class,
          Arrays.class,
          Collections.class,
          Objects.class,
          String.class,
          Integer.class);

  private final Names names;
  private final Sources sources;

  /// Where names come from.
  ///
  /// @param unimported gives the full names of all types of a simple name
  /// @param everyday gives the simple names of the types that most code uses
  /// @param imported gives the names, with a prefix, that the imports on demand offer
  /// @param members gives what may follow code that ends with a dot
  record Sources(
      Function<String, Stream<String>> unimported,
      Supplier<Stream<String>> everyday,
      Function<String, Stream<String>> imported,
      Function<String, Stream<String>> members) {}

  NameHints(Names names, Sources sources) {
    this.names = names;
    this.sources = sources;
  }

  /// {@return a line to add to a message of the compiler; empty if there is nothing to say}
  ///
  /// @param source what the message is about
  /// @param start where that starts in the source
  /// @param end where it ends
  String hint(String message, String source, int start, int end) {
    if (UNTYPED.matcher(message).lookingAt()) {
      return "a lambda has the type of the variable that it is given to, as in Runnable r = …;";
    }
    Matcher unknown = UNKNOWN.matcher(message);
    if (unknown.matches()) {
      String name = unknown.group(2);
      boolean isMember = source.substring(start, end).endsWith("." + name);
      return isMember
          ? spelled(name, members(source.substring(0, end - name.length())), 2)
          : hint(unknown.group(1), name, source.substring(0, start));
    }
    Matcher noPackage = NO_PACKAGE.matcher(message);
    boolean isName = noPackage.matches() && source.startsWith(noPackage.group(1) + ".", start);
    return isName ? hint("variable", noPackage.group(1), source.substring(0, start)) : "";
  }

  /// {@return what to say of a name that is not declared; empty if there is nothing}
  ///
  /// @param kind `class`, `variable` or `method`
  /// @param before the code in front of it, which may declare it
  String hint(String kind, String name, String before) {
    if (!kind.equals("method")) {
      List<String> types = sources.unimported().apply(name).limit(3).toList();
      if (!types.isEmpty()) {
        return types.stream()
            .map(type -> "import " + type + ";")
            .collect(Collectors.joining(" or ", "", " makes it known"));
      }
    }
    if (kind.equals("variable") && isMethod(name)) {
      return "it is a method: " + name + "(…) calls it";
    }
    if (kind.equals("method")) {
      for (Class<?> owner : OWNERS) {
        if (hasStatic(owner, name)) {
          String call = owner.getSimpleName() + "." + name;
          return "it is a method of " + owner.getSimpleName() + ": " + call + "(…) calls it";
        }
      }
    }
    Stream<String> declared = Stream.concat(names.all(), LocalNames.in(before).stream());
    return spelled(
        name,
        switch (kind) {
          case "class", "variable" -> Stream.concat(declared, sources.everyday().get());
          default -> Stream.concat(declared, sources.imported().apply(name.substring(0, 1)));
        },
        3);
  }

  private boolean isMethod(String name) {
    return names.named(name).stream().anyMatch(MethodSnippet.class::isInstance);
  }

  private Stream<String> members(String before) {
    return sources.members().apply(before).map(text -> NAME_END.matcher(text).replaceFirst(""));
  }

  /// {@return what to say of a name that a declaration uses and nobody declares; empty if there is
  /// nothing}
  String hintOf(String kind, String name, String declaration) {
    String hint = hint(kind, name, "");
    return hint.isEmpty() ? spelled(name, Identifiers.in(declaration).stream(), 3) : hint;
  }

  private static boolean hasStatic(Class<?> owner, String name) {
    return Stream.of(owner.getMethods())
        .anyMatch(
            method -> method.getName().equals(name) && Modifier.isStatic(method.getModifiers()));
  }

  /// What differs in a letter, in long names in one of four; in two letters all would be similar.
  ///
  /// @param least how long a name is that may differ at all
  private static String spelled(String name, Stream<String> known, int least) {
    int most = name.length() < least ? 0 : Math.max(1, name.length() / 4);
    List<String> similar = Spelling.similar(name, known.filter(other -> !other.equals(name)), most);
    return similar.isEmpty() ? "" : "is it " + String.join(" or ", similar) + "?";
  }
}
