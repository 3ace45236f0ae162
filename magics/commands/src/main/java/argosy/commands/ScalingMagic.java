package argosy.commands;

import argosy.Scaling;
import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.Html;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `%scaling`: measures how much faster code gets with more workers, and draws it.
final class ScalingMagic implements Magic {

  private static final Pattern WITH_SAMPLE = Pattern.compile("(.*\\S)\\s+:\\s+(\\S.*)");

  private static final Pattern NAME =
      Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  /// How many tasks an expression without inputs stands for.
  private static final int TASKS = 16;

  private final KernelContext kernel;

  ScalingMagic(KernelContext kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public Kind kind() {
    return Kind.LINE;
  }

  @Override
  public String summary() {
    return "Measures how much faster code gets with more workers, threads or processes.";
  }

  @Override
  public String usage() {
    return """
    %scaling function : inputs    what the function does with each of these inputs
    %scaling function             a function that takes none, called as many tasks
    %scaling expression           the expression, evaluated as many tasks

    Runs the work on both backends, with one worker up to as many as there are processors, and in a
    plain loop; draws the speed-up beside the ideal line and says what to use.
    In code: Parallel.choose(function, inputs)\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    String text = call.arguments().strip();
    if (text.endsWith(";")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    if (text.isEmpty()) {
      throw new MagicUsageException("there is nothing to measure");
    }
    if (text.endsWith(":")) {
      throw new MagicUsageException("there are no inputs behind the ':'");
    }
    Matcher withSample = WITH_SAMPLE.matcher(text);
    if (withSample.matches() && !withSample.group(1).contains("?")) {
      return kernel.evaluate(
          "argosy.Parallel.choose(%s, %s)".formatted(withSample.group(1), withSample.group(2)),
          call.line());
    }
    boolean isName = NAME.matcher(text).matches();
    return measured(isName ? called(text, call.line()) : text, call.line());
  }

  /// Only the compiler knows whether an expression has a value; if that is not what is wrong, what
  /// it says of the expression itself is the clearer of its two answers.
  private @Nullable Object measured(String expression, int line) throws Exception {
    try {
      return kernel.evaluate(choice(expression), line);
    } catch (CodeRejectedException e) {
      try {
        return kernel.evaluate(choice("{ " + expression + "; return null; }"), line);
      } catch (CodeRejectedException _) {
        throw e;
      }
    }
  }

  private static String choice(String body) {
    return "argosy.Parallel.choose(_ -> %s, java.util.Collections.nCopies(%d, 0))"
        .formatted(body, TASKS);
  }

  /// {@return the expression that calls what a variable has}
  private String called(String name, int line) throws Exception {
    Object value = kernel.evaluate(name, line);
    return switch (value) {
      case Callable<?> _ -> name + ".call()";
      case Supplier<?> _ -> name + ".get()";
      case DoubleSupplier _ -> name + ".getAsDouble()";
      case IntSupplier _ -> name + ".getAsInt()";
      case LongSupplier _ -> name + ".getAsLong()";
      case BooleanSupplier _ -> name + ".getAsBoolean()";
      case Runnable _ -> "{ " + name + ".run(); return null; }";
      case null, default ->
          throw new MagicUsageException(
              isFunction(value)
                  ? name + " takes inputs; say which: %scaling " + name + " : inputs"
                  : name + " is a value, with nothing to run");
    };
  }

  private static boolean isFunction(@Nullable Object value) {
    return value != null
        && Stream.of(value.getClass().getInterfaces())
            .anyMatch(type -> type.isAnnotationPresent(FunctionalInterface.class));
  }

  /// {@return what a notebook shows for a measurement}
  static Map<String, Object> bundle(Scaling scaling) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    String text = scaling.toString();
    bundle.put("text/plain", text);
    bundle.put("text/html", "<pre>" + Html.escape(text) + "</pre>" + scaling.svg());
    return bundle;
  }
}
