package argosy.commands;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.LambdaBody;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import org.jspecify.annotations.Nullable;

/// `%%parallel`: the cell is the body of a lambda, which runs on the workers once for each input.
final class ParallelMagic implements Magic {

  private final KernelContext kernel;

  ParallelMagic(KernelContext kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "parallel";
  }

  @Override
  public Kind kind() {
    return Kind.CELL;
  }

  @Override
  public String summary() {
    return "Runs the cell on the workers, once for each input.";
  }

  @Override
  public String usage() {
    return """
    %%parallel x : inputs [-> results] [options]
    the body, in which x is one input; its last expression, or what it returns, is the result

    inputs     an expression: a collection, an array, a range, an iterator, a stream
    results    declares a list of the results, in the order of the inputs; without it, the list is
               the cell's value; a body without a value has no results

    --backend NAME     processes, threads or sequential
    --workers N        use so many workers
    --batch N          send so many inputs at once
    --timeout TIME     give each input so long, such as 500ms, 5s or 2m
    --retries N        run an input so often again whose worker was lost
    --seed N           seed the random streams of the tasks
    --progress LABEL   show a progress bar
    --unordered        give results as they come

    A value of an option is a literal or the name of a variable.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    ParallelHeader header = ParallelHeader.parse(call.arguments());
    if (call.body().isBlank()) {
      throw new MagicUsageException("the cell has no body");
    }
    LambdaBody body = LambdaBody.of(call.body());
    boolean hasResult = !header.result().isEmpty();
    if (body.value() != null) {
      try {
        return evaluate(header, "map", body.value(), call.line());
      } catch (CodeRejectedException e) {
        if (body.isCertain() || hasResult) {
          throw e;
        }
      }
    } else if (hasResult) {
      throw new MagicUsageException(
          "the body has no value for '" + header.result() + "'; end it with an expression");
    }
    return evaluate(header, "forEach", body.statements(), call.line());
  }

  /// The header's code takes the place of the magic's own line, so that every line of the body
  /// keeps its number.
  private @Nullable Object evaluate(ParallelHeader header, String end, String statements, int line)
      throws Exception {
    Object value = kernel.evaluate(code(header, end, statements), line);
    return header.result().isEmpty() && end.equals("map") ? value : null;
  }

  /// {@return a call with the body as its lambda}
  ///
  /// @param end the method of [argosy.Over] that gets the lambda
  static String code(ParallelHeader header, String end, String statements) {
    StringBuilder code = new StringBuilder();
    if (!header.result().isEmpty() && !end.startsWith("explain")) {
      code.append(header.result()).append(" = ");
    }
    code.append("argosy.Parallel.over(").append(header.inputs()).append(')');
    header.options().forEach(code::append);
    code.append('.').append(end).append('(');
    if (header.type().isEmpty()) {
      code.append(header.input()).append(" -> {");
    } else {
      // A declared type may be a primitive one, which the lambda's own parameter cannot have.
      code.append("argosy$input -> { ")
          .append(header.type())
          .append(' ')
          .append(header.input())
          .append(" = argosy$input;");
    }
    return code.append('\n').append(statements).append("\n});").toString();
  }
}
