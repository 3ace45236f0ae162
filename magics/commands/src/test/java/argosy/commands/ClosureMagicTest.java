package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.MagicUsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClosureMagicTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, new FakeWorkers());
    kernel.evaluator = code -> "explained";
  }

  @Test
  void explainsAFunction() throws Exception {
    assertThat(kernel.line("closure", "f")).isEqualTo("explained");
    assertThat(kernel.evaluated).containsExactly("argosy.Parallel.explain(f\n)");
  }

  @Test
  void looksAtACellWithoutRunningIt() throws Exception {
    kernel.previews =
        code -> {
          throw new CodeRejectedException("not that far");
        };

    assertThatThrownBy(() -> kernel.cell("closure", "", "int y = 1;\ny + 1"))
        .hasMessage("not that far");
    assertThatThrownBy(() -> kernel.cell("closure", "", "%%px --once\nint y = 1;"))
        .hasMessage("not that far");

    assertThat(kernel.previewed).containsExactly("int y = 1;\ny + 1", "int y = 1;");
    assertThat(kernel.firstLines).containsExactly(2, 3);
    assertThat(kernel.evaluated).isEmpty();
  }

  @Test
  void explainsWhatAParallelCellWouldShip() throws Exception {
    kernel.cell("closure", "", "%%parallel x : inputs -> results --batch 3\nx + 1");
    assertThat(kernel.evaluated)
        .containsExactly(
            "argosy.Parallel.over(inputs).batch(3).explain(x -> {\nreturn x + 1;\n});");
    assertThat(kernel.firstLines).containsExactly(2);
  }

  @Test
  void explainsWhatASubmittedCellWouldShip() throws Exception {
    kernel.cell("closure", "", "%%submit t\nf(1)");
    assertThat(kernel.evaluated)
        .containsExactly("argosy.Parallel.explain(() -> {\nreturn f(1);\n});");
  }

  @Test
  void takesABodyWithoutAValue() throws Exception {
    kernel.evaluator =
        code -> {
          if (code.contains("return ")) {
            throw new CodeRejectedException("void");
          }
          return "explained";
        };
    kernel.cell("closure", "", "%%parallel x : inputs\nshow(x)");
    assertThat(kernel.evaluated.getLast())
        .isEqualTo("argosy.Parallel.over(inputs).explainEffect(x -> {\nshow(x);\n});");
  }

  @Test
  void asksForTheInputsOfALambdaThatTakesSome() {
    kernel.evaluator =
        code -> {
          throw new CodeRejectedException("incompatible types");
        };
    assertThatThrownBy(() -> kernel.line("closure", "x -> twice(x)"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessageEndingWith("Parallel.over(inputs).explain(x -> twice(x))");
    assertThatThrownBy(() -> kernel.line("closure", "twise"))
        .isInstanceOf(CodeRejectedException.class);
  }

  @Test
  void wantsAFunctionOrABody() {
    assertThatThrownBy(() -> kernel.line("closure", " ")).isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.cell("closure", "", "\n"))
        .isInstanceOf(MagicUsageException.class);
  }
}
