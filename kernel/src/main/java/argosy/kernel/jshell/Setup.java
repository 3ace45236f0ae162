package argosy.kernel.jshell;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/// What a session can rely on.
///
/// @param agent gives the means to redefine classes, or null if this process has none
/// @param foresight what compiles the snippets of a cell together
/// @param options what the user wants of the compiler
/// @param startUp what comes before the first cell
/// @param timeLimit how long a statement may run
record Setup(
    Supplier<@Nullable Instrumentation> agent,
    Function<JShell, Foresight> foresight,
    CompilerOptions options,
    StartUp startUp,
    TimeLimit timeLimit) {

  /// {@return all that this process offers; the snippets of a cell are compiled together unless the
  /// system property `argosy.foresight` is `false`}
  static Setup ofProcess() {
    boolean foresees = Boolean.parseBoolean(System.getProperty("argosy.foresight", "true"));
    return new Setup(
        RedefinitionAgent::instrumentation,
        foresees ? Foresight::of : Foresight::none,
        CompilerOptions.ofProcess(),
        StartUp.of(System.getenv()),
        TimeLimit.of(System.getenv()));
  }

  /// {@return a shell that has evaluated nothing yet}
  ///
  /// @param control loads and runs what it compiles
  JShell shell(ExecutionControl control) {
    return JShell.builder()
        .executionEngine(new Engine(control), Map.of())
        .compilerOptions(options.with("-g").toArray(String[]::new))
        .build();
  }

  private record Engine(ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "argosy";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }
}
