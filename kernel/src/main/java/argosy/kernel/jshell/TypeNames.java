package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The types of variables that were declared with `var`, as the compiler writes them. Some of these
/// no code can name, such as `List<Serializable&Comparable<? extends Serializable&…>>`.
final class TypeNames {

  private static final Pattern TOKEN =
      Pattern.compile(
          "<anonymous class (?:extending|implementing) |\\?|&|,|<|>|\\[\\]"
              + "|[\\p{javaJavaIdentifierPart}.@#]+|.",
          Pattern.DOTALL);

  /// What comes with strings and numbers, and nobody means.
  private static final Set<String> CONSTANT =
      Set.of("java.lang.constant.Constable", "java.lang.constant.ConstantDesc");

  /// How the shell names a class that has no name.
  private static final Pattern UNNAMED = Pattern.compile("\\$JShell\\$anonymous\\$\\$\\d+");

  private final List<String> tokens = new ArrayList<>();
  private final boolean isCode;
  private int next;

  private TypeNames(String type, boolean isCode) {
    Matcher token = TOKEN.matcher(type);
    while (token.find()) {
      if (!token.group().equals(" ")) {
        tokens.add(token.group());
      }
    }
    this.isCode = isCode;
  }

  /// {@return a type as a reader understands it: what matters of an intersection, with nothing
  /// inside of that again}
  ///
  /// @param type what the compiler calls it
  /// @param parent what a class is called that has no name
  static String readable(String type, Supplier<String> parent) {
    return UNNAMED
        .matcher(isPlain(type) ? type : new TypeNames(type, false).type(false))
        .replaceAll(_ -> Matcher.quoteReplacement("anonymous " + parent.get()));
  }

  /// {@return the type of a variable that can hold what one of the given type holds, as code}
  static String denotable(String type) {
    return isPlain(type) ? type : new TypeNames(type, true).type(false);
  }

  private static boolean isPlain(String type) {
    return type.indexOf('&') < 0 && !type.contains("<anonymous ");
  }

  /// One of the types that make up an intersection.
  private record Part(String name, String text) {}

  /// @param isInside whether this is an argument of a part of an intersection
  private String type(boolean isInside) {
    int start = next;
    List<Part> parts = parts(isInside);
    if (parts.size() > 1 && !isInside) {
      next = start;
      parts = parts(true);
    }
    List<Part> meant = parts.stream().filter(part -> !CONSTANT.contains(part.name())).toList();
    List<Part> shown = meant.isEmpty() ? parts : meant;
    return isCode
        ? shown.getFirst().text()
        : shown.stream().map(Part::text).collect(Collectors.joining(" & "));
  }

  private List<Part> parts(boolean isInside) {
    List<Part> parts = new ArrayList<>();
    do {
      parts.add(part(isInside));
    } while (take("&"));
    return parts;
  }

  private Part part(boolean isInside) {
    String token = take();
    if (token.startsWith("<anonymous ")) {
      String parent = type(isInside);
      take(">");
      return new Part(parent, isCode ? parent : "anonymous " + parent);
    }
    StringBuilder text = new StringBuilder(token);
    if (token.equals("?") && (isNext("extends") || isNext("super"))) {
      String word = take();
      int start = next;
      String bound = type(isInside);
      if (!isInside || !tokens.subList(start, next).contains("&")) {
        text.append(' ').append(word).append(' ').append(bound);
      }
    }
    while (isNext("<")
        || isNext("[]")
        || (next < tokens.size() && tokens.get(next).startsWith("."))) {
      text.append(take("<") ? arguments(isInside) : take());
    }
    return new Part(token, text.toString());
  }

  private String arguments(boolean isInside) {
    List<String> arguments = new ArrayList<>();
    do {
      arguments.add(type(isInside));
    } while (take(","));
    take(">");
    return "<" + String.join(",", arguments) + ">";
  }

  private String take() {
    return next < tokens.size() ? tokens.get(next++) : "?";
  }

  private boolean take(String token) {
    boolean isTaken = isNext(token);
    next += isTaken ? 1 : 0;
    return isTaken;
  }

  private boolean isNext(String token) {
    return next < tokens.size() && tokens.get(next).equals(token);
  }
}
