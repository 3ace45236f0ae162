package argosy.kernel.magic;

import argosy.kernel.display.Text;
import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import argosy.kernel.extension.Table;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `%who`, `%whos`, and `%%java`, by which Ganymede's notebooks mean either.
final class Variables {

  private static final int SHOWN = 80;
  private static final Pattern PACKAGE = Pattern.compile("\\b(?:\\p{Lower}\\w*\\.)+(?=\\p{Upper})");

  private static final Pattern PUNCTUATION = Pattern.compile("[\\s&()]+");

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
            this::whos),
        new BuiltIn(
            "java",
            Magic.Kind.CELL,
            "Runs the cell as one without this line; if it is empty, the same as %whos.",
            """
            %%java
            code\
            """,
            this::java));
  }

  private @Nullable Object java(MagicCall call) throws Exception {
    if (!call.arguments().isEmpty()) {
      throw new MagicUsageException("it takes no arguments: the code stands on the next line");
    }
    return call.body().isBlank() ? whos(call) : kernel.evaluate(call.body(), call.line() + 1);
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
              variables.stream().map(v -> List.of(v.name(), type(v), shown(v))).toList(),
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
    return name ->
        name.equals(variable.type())
            || name.equals(simple(variable.type()))
            || names(variable).anyMatch(name::equals);
  }

  /// The types that one is made of, as `Runnable & Serializable` is, without what stands in angle
  /// brackets.
  private static Stream<String> names(CellVariable variable) {
    return Stream.of(PUNCTUATION.split(type(variable).replaceFirst("<.*>", "")))
        .filter(name -> !name.isEmpty() && !name.equals("anonymous"));
  }

  /// What a variable is declared to be, which says nothing if that is `Object`, as the value of a
  /// magic is.
  static String type(CellVariable variable) {
    String type = simple(variable.type());
    Object value = variable.value();
    String actual = value == null ? type : Text.typeName(value.getClass());
    return type.equals("Object") && !actual.equals(type) ? type + " (" + actual + ")" : type;
  }

  private List<String> types() {
    return kernel.variables().stream().flatMap(Variables::names).distinct().sorted().toList();
  }

  private static String simple(String type) {
    return PACKAGE.matcher(type).replaceAll("");
  }

  /// {@return its value, or in a few words where it has one}
  static String shown(CellVariable variable) {
    return variable.absence().isEmpty()
        ? shown(variable.value())
        : "(" + variable.absence().replaceFirst(";.*", "") + ")";
  }

  /// A value's `toString` is the user's code, which may throw or return anything.
  private static String shown(@Nullable Object value) {
    String text;
    try {
      text = Text.of(value);
    } catch (RuntimeException | StackOverflowError e) {
      return "(toString threw " + e.getClass().getName() + ")";
    }
    String line = text.replaceAll("\\R", "⏎");
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1) + "…";
  }
}
