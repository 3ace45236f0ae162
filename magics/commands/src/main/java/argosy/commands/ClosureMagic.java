package argosy.commands;

import argosy.Engine;
import argosy.Explanation;
import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.CompiledCell;
import argosy.kernel.extension.Html;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.LambdaBody;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import argosy.wire.CellBodies;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%closure`: shows what ships with a function, before anything does.
final class ClosureMagic implements Magic {

  private static final String PARALLEL = "%%parallel";
  private static final String SUBMIT = "%%submit";
  private static final Pattern PX = Pattern.compile("%%px\\b");

  /// A lambda that does not say what it takes.
  private static final Pattern WITH_INPUT =
      Pattern.compile("\\s*(?:\\w+|\\(\\s*\\w[^()]*\\))\\s*->");

  private final KernelContext kernel;

  ClosureMagic(KernelContext kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "closure";
  }

  @Override
  public Kind kind() {
    return Kind.LINE_AND_CELL;
  }

  @Override
  public String summary() {
    return "Shows what ships with a function to the workers.";
  }

  @Override
  public String usage() {
    return """
    %closure f
    %%closure
    a cell that is explained as a task and not run, with all that it declares; its first line may be
    that of a %%parallel, %%submit or %%px cell

    f    a variable that holds a function, or an expression for one

    Shows the methods, variables and classes that the function reaches, how large they are, what the
    workers have already, and which lines change what is captured. Nothing is sent.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    if (!call.isCell()) {
      if (call.arguments().isBlank()) {
        throw new MagicUsageException("there is no function to explain");
      }
      return explainFunction(call.arguments(), call.line());
    }
    String body = call.body();
    if (body.isBlank()) {
      throw new MagicUsageException("the cell has no body");
    }
    int end = body.indexOf('\n') < 0 ? body.length() : body.indexOf('\n');
    String first = body.substring(0, end).strip();
    String rest = body.substring(Math.min(body.length(), end + 1));
    if (first.startsWith(PARALLEL)) {
      ParallelHeader header = ParallelHeader.parse(first.substring(PARALLEL.length()));
      return explain(
          rest,
          call.line() + 1,
          (statements, hasValue) ->
              ParallelMagic.code(header, hasValue ? "explain" : "explainEffect", statements));
    }
    if (first.startsWith(SUBMIT)) {
      return explain(rest, call.line() + 1, ClosureMagic::asTask);
    }
    return PX.matcher(first).lookingAt()
        ? explainCell(rest, call.line() + 2)
        : explainCell(body, call.line() + 1);
  }

  private @Nullable Object explainFunction(String function, int line) throws Exception {
    try {
      return kernel.evaluate("argosy.Parallel.explain(" + function + "\n)", line);
    } catch (CodeRejectedException e) {
      if (WITH_INPUT.matcher(function).lookingAt()) {
        throw new MagicUsageException(
            "only its inputs tell what this lambda takes: Parallel.over(inputs).explain("
                + function.strip()
                + ")");
      }
      throw e;
    }
  }

  private Explanation explainCell(String code, int firstLine) throws Exception {
    CompiledCell cell = kernel.preview(code, firstLine);
    return Engine.current()
        .explain(
            new CellBodies(
                cell.classes(),
                cell.returning(),
                cell.hasValue() ? CellBodies.Wanted.LOOK : CellBodies.Wanted.NOTHING));
  }

  /// Makes code of a lambda's statements.
  @FunctionalInterface
  private interface Call {
    String with(String statements, boolean hasValue);
  }

  private static String asTask(String statements, boolean hasValue) {
    return "argosy.Parallel.explain(() -> {\n" + statements + "\n});";
  }

  private @Nullable Object explain(String text, int line, Call call) throws Exception {
    LambdaBody body = LambdaBody.of(text);
    if (body.value() != null) {
      try {
        return kernel.evaluate(call.with(body.value(), true), line);
      } catch (CodeRejectedException e) {
        if (body.isCertain()) {
          throw e;
        }
      }
    }
    return kernel.evaluate(call.with(body.statements(), false), line);
  }

  static Map<String, Object> bundle(Explanation explanation) {
    String text = explanation.toString();
    return Map.of("text/plain", text, "text/html", "<pre>" + Html.escape(text) + "</pre>");
  }
}
