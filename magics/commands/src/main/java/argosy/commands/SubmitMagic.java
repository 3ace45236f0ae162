package argosy.commands;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.LambdaBody;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/// `%submit`: runs code on a worker and goes on; its value is a task.
final class SubmitMagic implements Magic {

  private static final Pattern NAMED =
      Pattern.compile("([\\p{Alpha}_$][\\w$]*)\\s*=(?!=)\\s*(\\S.*)", Pattern.DOTALL);

  private final KernelContext kernel;

  SubmitMagic(KernelContext kernel) {
    this.kernel = kernel;
  }

  @Override
  public String name() {
    return "submit";
  }

  @Override
  public Kind kind() {
    return Kind.LINE_AND_CELL;
  }

  @Override
  public String summary() {
    return "Runs code on a worker, without waiting for it.";
  }

  @Override
  public String usage() {
    return """
    %submit [name =] expression
    %%submit [name]
    the body; its last expression, or what it returns, is the task's value

    name is declared as the task; without it, the task is the value.\
    """;
  }

  @Override
  public @Nullable Object run(MagicCall call) throws Exception {
    String name = "";
    String text = call.arguments();
    if (call.isCell()) {
      name = call.arguments();
      text = call.body();
    } else {
      Matcher named = NAMED.matcher(text);
      if (named.matches()) {
        name = named.group(1);
        text = named.group(2);
      }
    }
    if (!name.isEmpty() && !SourceVersion.isName(name)) {
      throw new MagicUsageException("'" + name + "' cannot be a name");
    }
    if (text.isBlank()) {
      throw new MagicUsageException("there is no code to run");
    }
    return submit(name, LambdaBody.of(text), call);
  }

  private @Nullable Object submit(String name, LambdaBody body, MagicCall call) throws Exception {
    if (body.value() != null) {
      try {
        return evaluate(name, body.value(), call);
      } catch (CodeRejectedException e) {
        if (body.isCertain()) {
          throw e;
        }
      }
    }
    return evaluate(name, body.statements(), call);
  }

  private @Nullable Object evaluate(String name, String statements, MagicCall call)
      throws Exception {
    String code =
        (name.isEmpty() ? "" : "var " + name + " = ")
            + "argosy.Parallel.submit(() -> {"
            + (call.isCell() ? "\n" : " ")
            + statements
            + "\n});";
    Object value = kernel.evaluate(code, call.line());
    return name.isEmpty() ? value : null;
  }
}
