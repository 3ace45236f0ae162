package argosy.kernel.magic;

import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.Table;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `%who` and `%whos`.
final class Variables {

  private static final int SHOWN = 80;
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:\\p{Lower}\\w*\\.)+(?=\\p{Upper})");

  private final KernelContext kernel;

  Variables(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "who",
            Magic.Kind.LINE,
            "Lists the notebook's variables.",
            "%who [type...]",
            this::types,
            this::who),
        new BuiltIn(
            "whos",
            Magic.Kind.LINE,
            "Lists the notebook's variables with types and values.",
            "%whos [type...]",
            this::types,
            this::whos));
  }

  private @Nullable Object who(MagicCall call) {
    List<CellVariable> variables = variables(call);
    if (!variables.isEmpty()) {
      kernel
          .currentCell()
          .stdout(
              variables.stream()
                  .map(CellVariable::name)
                  .collect(Collectors.joining("  ", "", "\n")));
    }
    return null;
  }

  private @Nullable Object whos(MagicCall call) {
    List<CellVariable> variables = variables(call);
    if (!variables.isEmpty()) {
      Table table =
          new Table(
              List.of("variable", "type", "value"),
              variables.stream()
                  .map(v -> List.of(v.name(), simple(v.type()), shown(v.value())))
                  .toList(),
              "");
      kernel.currentCell().display(table.bundle());
    }
    return null;
  }

  private List<CellVariable> variables(MagicCall call) {
    List<String> types = call.words();
    List<CellVariable> variables =
        kernel.variables().stream()
            .filter(variable -> types.isEmpty() || types.stream().anyMatch(is(variable)))
            .toList();
    if (variables.isEmpty()) {
      kernel
          .currentCell()
          .stdout(
              types.isEmpty()
                  ? "There are no variables yet.\n"
                  : "There are no variables of type " + String.join(" or ", types) + ".\n");
    }
    return variables;
  }

  /// Whether a variable has the type of a name, which may leave out the package and what stands in
  /// angle brackets.
  private static Predicate<String> is(CellVariable variable) {
    String simple = simple(variable.type());
    return List.of(variable.type(), simple, raw(simple))::contains;
  }

  private static String raw(String type) {
    return type.replaceFirst("<.*>", "");
  }

  private List<String> types() {
    return kernel.variables().stream()
        .map(variable -> raw(simple(variable.type())))
        .distinct()
        .sorted()
        .toList();
  }

  private static String simple(String type) {
    return PACKAGE.matcher(type).replaceAll("");
  }

  /// A value's `toString` is the user's code, which may throw or return anything.
  static String shown(@Nullable Object value) {
    String text;
    try {
      text = String.valueOf(value);
    } catch (RuntimeException | StackOverflowError e) {
      return "(toString threw " + e.getClass().getName() + ")";
    }
    String line = text.replaceAll("\\R", "⏎");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
