package argosy.kernel.magic;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.CodeTime;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.LambdaBody;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicFailedException;
import argosy.kernel.extension.MagicUsageException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `%time` and `%timeit`.
final class Timing {

  private static final Pattern OPTION = Pattern.compile("^-([nr])\\s*(\\S+)\\s*");

  private final KernelContext kernel;

  Timing(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    return List.of(
        new BuiltIn(
            "time",
            Magic.Kind.LINE_AND_CELL,
            "Runs code once and says how long it took; its value is the code's.",
            """
            %time expression
            %%time
            the rest of the cell\
            """,
            this::time),
        new BuiltIn(
            "timeit",
            Magic.Kind.LINE_AND_CELL,
            "Runs code many times, warm, and says how long one run takes.",
            """
            %timeit [-n calls] [-r runs] code
            %%timeit [-n calls] [-r runs]
            the rest of the cell

            -n calls  calls per run; without it, as many as take 0.2 s
            -r runs   runs, of which the best, the mean and the deviation are shown (7)

            The code is first run for 0.5 s, unmeasured, so that the JIT compiler is done with it.\
            """,
            this::timeIt));
  }

  private @Nullable Object time(MagicCall call) throws Exception {
    Code code = Code.of(call, call.arguments());
    CodeTime before = kernel.codeTime();
    try {
      return kernel.evaluate(code.text, code.line);
    } finally {
      CodeTime time = kernel.codeTime().since(before);
      String cpu =
          time.cpuNanos() == 0
              ? ""
              : ", CPU time of this thread: " + Nanos.text((double) time.cpuNanos());
      kernel
          .currentCell()
          .stdout("Wall time: " + Nanos.text((double) time.wallNanos()) + cpu + "\n");
    }
  }

  private @Nullable Object timeIt(MagicCall call) throws Exception {
    String rest = call.arguments();
    int calls = 0;
    int runs = 7;
    for (Matcher m = OPTION.matcher(rest); m.find(); m = OPTION.matcher(rest)) {
      int number = positive(m.group(1), m.group(2));
      if (m.group(1).equals("n")) {
        calls = number;
      } else {
        runs = number;
      }
      rest = rest.substring(m.end());
    }
    if (rest.equals("-n") || rest.equals("-r")) {
      throw new MagicUsageException(rest + " takes a number above 0");
    }
    if (rest.startsWith("-")) {
      throw new MagicUsageException("there is no option " + rest.split("\\s", 2)[0]);
    }
    Code code = Code.of(call, rest);
    Repetition repetition = new Repetition(callable(code));
    kernel.currentCell().stdout(repetition.measure(calls, runs) + "\n");
    return null;
  }

  /// Code whose last call may be `void` is first tried as one that has a value, so that the
  /// compiler cannot leave out work whose value nobody takes.
  private Callable<?> callable(Code code) throws Exception {
    LambdaBody body = LambdaBody.of(code.text);
    if (body.value() != null) {
      try {
        return (Callable<?>) compiled("java.util.concurrent.Callable<Object>", body.value(), code);
      } catch (CodeRejectedException e) {
        if (body.isCertain()) {
          throw e;
        }
      }
    }
    AutoCloseable action =
        (AutoCloseable) compiled("java.lang.AutoCloseable", body.statements(), code);
    return () -> {
      action.close();
      return null;
    };
  }

  private Object compiled(String type, String statements, Code code) throws Exception {
    Object lambda = kernel.evaluate("(" + type + ") () -> { " + statements + "\n}", code.line);
    if (lambda == null) {
      throw new MagicFailedException(
          "it measures in the notebook only, and this cell is compiled for somebody else to run");
    }
    return lambda;
  }

  private static int positive(String option, String value) {
    try {
      int number = Integer.parseInt(value);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Said below.
    }
    throw new MagicUsageException("-" + option + " takes a number above 0, not " + value);
  }

  /// What a magic is to run.
  private record Code(String text, int line) {

    static Code of(MagicCall call, String arguments) {
      if (call.isCell() && !arguments.isEmpty()) {
        throw new MagicUsageException("the code of %% starts on the line below");
      }
      String text = call.isCell() ? call.body() : arguments;
      if (text.isBlank()) {
        throw new MagicUsageException("there is no code to run");
      }
      return new Code(text, call.isCell() ? call.line() + 1 : call.line());
    }
  }
}
