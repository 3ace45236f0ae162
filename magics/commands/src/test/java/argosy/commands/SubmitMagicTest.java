package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.MagicUsageException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitMagicTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, new FakeWorkers());
  }

  @Test
  void declaresATask() throws Exception {
    kernel.evaluator = code -> "task";
    assertThat(kernel.line("submit", "t = a == b ? f(1) : 2;")).isNull();
    assertThat(kernel.evaluated)
        .containsExactly("var t = argosy.Parallel.submit(() -> { return a == b ? f(1) : 2;\n});");
    assertThat(kernel.firstLines).containsExactly(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a == b", "x + \"t = 1\""})
  void withoutANameTheTaskIsTheValue(String expression) throws Exception {
    kernel.evaluator = code -> "task";
    assertThat(kernel.line("submit", expression)).isEqualTo("task");
    assertThat(kernel.evaluated)
        .containsExactly("argosy.Parallel.submit(() -> { return " + expression + ";\n});");
  }

  @Test
  void takesACellAndKeepsItsLines() throws Exception {
    kernel.cell("submit", "t", "int y = 1;\ny");
    assertThat(kernel.evaluated)
        .containsExactly("var t = argosy.Parallel.submit(() -> {\nint y = 1;\nreturn y;\n});");
    assertThat(kernel.firstLines).containsExactly(1);
  }

  @Test
  void aCallThatTurnsOutToBeVoidIsATaskToo() throws Exception {
    kernel.evaluator =
        code -> {
          if (code.contains("return")) {
            throw new CodeRejectedException("unexpected return value");
          }
          return null;
        };
    kernel.line("submit", "t = f()");
    assertThat(kernel.evaluated.getLast())
        .isEqualTo("var t = argosy.Parallel.submit(() -> { f();\n});");
  }

  @Test
  void withoutCodeItIsWronglyCalled() {
    assertThatThrownBy(() -> kernel.line("submit", "")).isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.cell("submit", "t", " "))
        .isInstanceOf(MagicUsageException.class);
    assertThatThrownBy(() -> kernel.cell("submit", "t u", "f()"))
        .isInstanceOf(MagicUsageException.class);
  }
}
