package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.MagicUsageException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelMagicTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, new FakeWorkers());
  }

  @Test
  void theBodyBecomesALambdaAndKeepsItsLines() throws Exception {
    assertThat(kernel.cell("parallel", "x : xs -> ys --batch 4", "int y = x;\ny * 2\n")).isNull();
    assertThat(kernel.evaluated)
        .containsExactly(
            "var ys = argosy.Parallel.over(xs).batch(4).map(x -> {\nint y = x;\nreturn y * 2;\n\n});");
    assertThat(kernel.firstLines).containsExactly(1);
  }

  @Test
  void withoutANameTheResultsAreTheCellsValue() throws Exception {
    kernel.evaluator = code -> List.of(1, 4);
    assertThat(kernel.cell("parallel", "x : xs", "return x * x;")).isEqualTo(List.of(1, 4));
    assertThat(kernel.evaluated)
        .containsExactly("argosy.Parallel.over(xs).map(x -> {\nreturn x * x;\n});");
  }

  @Test
  void anInputMayHaveAPrimitiveType() throws Exception {
    kernel.cell("parallel", "int i : IntStream.range(0, 3)", "i + 1");
    assertThat(kernel.evaluated)
        .containsExactly(
            "argosy.Parallel.over(IntStream.range(0, 3)).map(argosy$input -> {"
                + " int i = argosy$input;\nreturn i + 1;\n});");
  }

  @Test
  void aBodyWithoutAValueHasNoResults() throws Exception {
    assertThat(kernel.cell("parallel", "x : xs", "for (;;) { f(x); }")).isNull();
    assertThat(kernel.evaluated)
        .containsExactly("argosy.Parallel.over(xs).forEach(x -> {\nfor (;;) { f(x); }\n});");
  }

  @Test
  void aLastCallThatTurnsOutToBeVoidHasNoResults() throws Exception {
    kernel.evaluator =
        code -> {
          if (code.contains(".map(")) {
            throw new CodeRejectedException("unexpected return value");
          }
          return null;
        };
    kernel.cell("parallel", "x : xs", "f(x)");
    assertThat(kernel.evaluated.getLast())
        .isEqualTo("argosy.Parallel.over(xs).forEach(x -> {\nf(x);\n});");
  }

  @Test
  void resultsOfABodyWithoutAValueAreSaid() {
    assertThatThrownBy(() -> kernel.cell("parallel", "x : xs -> ys", "int y = x;"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("the body has no value for 'var ys'; end it with an expression");
    assertThat(kernel.evaluated).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x + y", "f(x)"})
  void codeThatIsRejectedIsNotRunInAnotherWay(String body) {
    kernel.evaluator =
        code -> {
          throw new CodeRejectedException("no y");
        };
    assertThatThrownBy(() -> kernel.cell("parallel", "x : xs -> ys", body))
        .isInstanceOf(CodeRejectedException.class);
    assertThat(kernel.evaluated).hasSize(1);
  }

  @Test
  void anEmptyBodyIsSaid() {
    assertThatThrownBy(() -> kernel.cell("parallel", "x : xs", " \n"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("the cell has no body");
  }
}
