package argosy.benchmarks;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellOutcome;
import argosy.kernel.jshell.JavaInterpreter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// How long a cell takes in a new session of a warm kernel, compiled together and as JShell does
/// it, snippet by snippet.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 40)
@Measurement(iterations = 20)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
      "-XX:+AllowRedefinitionToAddDeleteMethods"
    })
public class CellBenchmark {

  /// Whether the snippets of a cell are compiled together.
  @Param({"true", "false"})
  public boolean together = true;

  /// What the cell has.
  @Param({"EXPRESSION", "VARIABLES", "CHAIN", "STATEMENTS", "DECLARATIONS"})
  public Content content = Content.EXPRESSION;

  @SuppressWarnings("NullAway.Init") // by JMH, in open()
  private JavaInterpreter interpreter;

  /// A cell.
  public enum Content {
    /// `1 + 1`
    EXPRESSION("1 + 1"),
    /// 60 variables.
    VARIABLES(lines(60, i -> "int v" + i + " = " + i + ";")),
    /// 30 variables, each of which needs the type of the one before.
    CHAIN("var c0 = 1;\n" + lines(29, i -> "var c" + (i + 1) + " = c" + i + " + 1;")),
    /// Two variables and 18 statements.
    STATEMENTS(
        "int n = 0;\nList<Integer> xs = new ArrayList<>();\n"
            + lines(6, i -> "for (int i = 0; i < 3; i++) n += i;\nif (n > 1) n--;\nxs.add(n);")),
    /// Methods, records and expressions that use them.
    DECLARATIONS(
        lines(10, i -> "int f" + i + "(int x) { return x + " + i + "; }")
            + lines(5, i -> "record R" + i + "(int x, String s) {}")
            + lines(10, i -> "f" + i + "(3);"));

    private final String code;

    Content(String code) {
      this.code = code;
    }

    private static String lines(int count, IntFunction<String> line) {
      return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }
  }

  /// Starts a session and warms up what every session does once.
  @Setup(Level.Iteration)
  public void open() {
    System.setProperty("argosy.foresight", Boolean.toString(together));
    interpreter = JavaInterpreter.start(List.of());
    interpreter.execute("0", new Nowhere());
  }

  /// Ends the session.
  @TearDown(Level.Iteration)
  public void close() {
    interpreter.close();
  }

  /// Runs the cell.
  @Benchmark
  public CellOutcome cell() {
    return interpreter.execute(content.code, new Nowhere());
  }

  /// A cell whose output nobody wants.
  private static final class Nowhere implements CellIo {
    @Override
    public int number() {
      return 1;
    }

    @Override
    public void stdout(String text) {}

    @Override
    public void stderr(String text) {}

    @Override
    public String display(Map<String, Object> bundle) {
      return "";
    }

    @Override
    public void update(String displayId, Map<String, Object> bundle) {}

    @Override
    public String readLine(String prompt) {
      return "";
    }

    @Override
    public String readPassword(String prompt) {
      return "";
    }

    @Override
    public void clearOutput(boolean wait) {}
  }
}
