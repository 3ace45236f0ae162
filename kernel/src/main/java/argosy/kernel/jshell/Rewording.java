package argosy.kernel.jshell;

import argosy.kernel.cell.JavaSnippet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Other words for a statement that the shell rejects for a type that it has inferred itself.
///
/// It keeps the value of an expression, or of a `var`, in a field, whose type has to have a name.
/// For a type that has none, such as the `List<Number & Comparable<…>>` of numbers of two kinds, it
/// takes a similar one, to which the value may not be assigned.
final class Rewording {

  private static final Pattern VARIABLE =
      Pattern.compile(
          "((?:final\\s+)?)var\\s+([\\p{javaJavaIdentifierPart}]+)\\s*=(.*);", Pattern.DOTALL);
  private static final Pattern UNFIT =
      Pattern.compile("incompatible types: .* cannot be converted to (.*)");

  private Rewording() {}

  /// {@return a source that does the same, if there may be one}
  ///
  /// @param problems why the snippet was rejected
  static Optional<String> of(JavaSnippet snippet, List<Problem> problems) {
    String source = snippet.source();
    if (!snippet.edits().isEmpty()) {
      return Optional.empty();
    }
    Matcher variable = VARIABLE.matcher(source);
    if (variable.matches()) {
      return problems.stream()
          .map(problem -> UNFIT.matcher(problem.message().lines().findFirst().orElse("")))
          .filter(Matcher::matches)
          .map(unfit -> TypeNames.denotable(unfit.group(1)))
          .map(type ->
              "%s%s %s = (%2$s) (Object) (%s\n);"
                  .formatted(variable.group(1), type, variable.group(2), variable.group(3)))
          .findFirst();
    }
    if (source.contains("=")) {
      return Optional.empty();
    }
    String expression = source.endsWith(";") ? source.substring(0, source.length() - 1) : source;
    return Optional.of("(Object) (" + expression + "\n);");
  }
}
