package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.memory.ValueStore;
import argosy.trial.RemoteRuntime;
import argosy.wire.AdaptedFunction;
import argosy.wire.JvmAccess;
import argosy.wire.Payload;
import argosy.wire.codec.Inlet;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Closures in a JVM of their own, started with the access that they ask for and without.
@Timeout(60)
class ForkedRuntimeIT {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  @ParameterizedTest(name = "packages opened: {0}")
  @ValueSource(booleans = {true, false})
  void returnsValuesOfTheNotebooksClasses(boolean opened) throws Exception {
    NOTEBOOK.forget();
    Object function =
        NOTEBOOK.run(
            "enum C { A, B }",
            "record P(int x, C c, List<String> names) {}",
            "int base = 5; List<String> names = new ArrayList<>(List.of(\"n\"));",
            "P make(int x) { names.add(\"x\" + x); return new P(x + base, C.B, names); }",
            "Function<Integer, Object> f = x ->"
                + " Stream.of(x).map(Function.<Integer>identity().andThen(y ->"
                + " make(y))).toList();");

    assertThat(run(function, opened, 1, 2))
        .isEqualTo(
            NOTEBOOK.run(
                "List.of(List.of(new P(6, C.B, List.of(\"n\", \"x1\"))), List.of(new P(7, C.B,"
                    + " List.of(\"n\", \"x2\"))))"));
  }

  @Test
  void readsVariablesOfThisProcessInALambdaThatCameBack() throws Exception {
    NOTEBOOK.forget();
    Object function =
        NOTEBOOK.run(
            "int base = 5;",
            "Function<Integer, Object> f = x -> (Function<Integer, Integer>) y -> y + base + x;");

    @SuppressWarnings("unchecked")
    Function<Integer, Integer> back =
        (Function<Integer, Integer>) Objects.requireNonNull(run(function, true, 1).get(0));
    NOTEBOOK.run("base = 100;");

    assertThat(back.apply(1000)).isEqualTo(1101);
  }

  private static List<@Nullable Object> run(
      @Nullable Object function, boolean opened, int... inputs) throws Exception {
    @SuppressWarnings("unchecked")
    Capture capture =
        Capture.of(
            NOTEBOOK.host(),
            new AdaptedFunction.Applied<@Nullable Object, @Nullable Object>(
                (Function<@Nullable Object, @Nullable Object>) Objects.requireNonNull(function)),
            new ValueStore(null));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(opened ? JvmAccess.options() : List.of());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), RemoteRuntime.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<@Nullable Object> results = new ArrayList<>();
    try (DataOutputStream out = new DataOutputStream(process.getOutputStream());
        DataInputStream in = new DataInputStream(process.getInputStream())) {
      List<Payload> encoded = new ArrayList<>();
      for (int input : inputs) {
        encoded.add(capture.encode(input).graph());
      }
      RemoteRuntime.define(out, capture.classes(), capture.closure());
      for (Payload input : encoded) {
        RemoteRuntime.run(out, capture.closure().id(), input);
        int tag = in.read();
        Payload answer = RemoteRuntime.payload(in);
        if (tag != 'r') {
          throw new AssertionError(capture.decodeFailure(answer));
        }
        results.add(capture.decode(answer, Inlet.NONE));
      }
    } finally {
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    return results;
  }
}
