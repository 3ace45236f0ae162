package argosy.commands;

import argosy.Scaling;
import argosy.kernel.extension.Html;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%scaling`: measures how much faster code gets with more workers, and draws it.
final class ScalingMagic implements Magic {

  private static final Pattern WITH_SAMPLE = Pattern.compile("(.*\\S)\\s+:\\s+(\\S.*)");

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
    Matcher withSample = WITH_SAMPLE.matcher(text);
    boolean hasSample = withSample.matches() && !withSample.group(1).contains("?");
    String code =
        hasSample
            ? "argosy.Parallel.choose(%s, %s)".formatted(withSample.group(1), withSample.group(2))
            : "argosy.Parallel.choose(_ -> %s, java.util.Collections.nCopies(%d, 0))"
                .formatted(text, TASKS);
    return kernel.evaluate(code, call.line());
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
