package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.Scaling;
import argosy.Scaling.Measurement;
import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.MagicUsageException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScalingMagicTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void start() {
    CommandsExtension.register(kernel, new FakeWorkers());
  }

  @Test
  void measuresAFunctionOnItsInputs() throws Exception {
    kernel.evaluator = code -> "scaling";

    assertThat(kernel.line("scaling", "x -> fit(x) : folds.subList(0, 4);")).isEqualTo("scaling");
    assertThat(kernel.evaluated)
        .containsExactly("argosy.Parallel.choose(x -> fit(x), folds.subList(0, 4))");
    assertThat(kernel.firstLines).containsExactly(3);
  }

  @Test
  void measuresAnExpressionAsManyTasks() throws Exception {
    kernel.line("scaling", "fit(a ? b : c)");

    assertThat(kernel.evaluated)
        .containsExactly(
            "argosy.Parallel.choose(_ -> fit(a ? b : c), java.util.Collections.nCopies(16, 0))");
  }

  @Test
  void measuresAnExpressionWithoutAValue() throws Exception {
    kernel.evaluator =
        code -> {
          if (!code.contains("return null;")) {
            throw new CodeRejectedException("void cannot be converted");
          }
          return "scaling";
        };

    assertThat(kernel.line("scaling", "Thread.sleep(5)")).isEqualTo("scaling");
    assertThat(kernel.evaluated.getLast())
        .isEqualTo(
            "argosy.Parallel.choose(_ -> { Thread.sleep(5); return null; },"
                + " java.util.Collections.nCopies(16, 0))");
  }

  @Test
  void saysWhatIsWrongWithTheExpressionItself() {
    kernel.evaluator =
        code -> {
          throw new CodeRejectedException(code.contains("return null;") ? "second" : "first");
        };

    assertThatThrownBy(() -> kernel.line("scaling", "nowhere(5)")).hasMessage("first");
  }

  @Test
  void asksForInputsBehindAColon() {
    assertThatThrownBy(() -> kernel.line("scaling", "fit :"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("there are no inputs behind the ':'");
    assertThat(kernel.evaluated).isEmpty();
  }

  @Test
  void callsAFunctionThatTakesNoInput() throws Exception {
    Callable<Integer> one = () -> 1;
    kernel.evaluator = code -> code.equals("one") ? one : "scaling";

    assertThat(kernel.line("scaling", "one")).isEqualTo("scaling");
    assertThat(kernel.evaluated.getLast())
        .isEqualTo("argosy.Parallel.choose(_ -> one.call(), java.util.Collections.nCopies(16, 0))");
  }

  @Test
  void asksForTheInputsOfAFunctionThatTakesSome() {
    Function<Integer, Integer> twice = x -> 2 * x;
    kernel.evaluator = code -> code.equals("twice") ? twice : 5;

    assertThatThrownBy(() -> kernel.line("scaling", "twice"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("twice takes inputs; say which: %scaling twice : inputs");
    assertThatThrownBy(() -> kernel.line("scaling", "five"))
        .isInstanceOf(MagicUsageException.class)
        .hasMessage("five is a value, with nothing to run");
  }

  @Test
  void withoutCodeItIsWronglyCalled() {
    assertThatThrownBy(() -> kernel.line("scaling", " ")).isInstanceOf(MagicUsageException.class);
  }

  @Test
  void drawsWhatWasMeasured() {
    Scaling scaling =
        new Scaling(
            8,
            1,
            List.of(new Measurement("threads", 1, 1), new Measurement("threads", 2, 0.6)),
            List.of("processes: input -> <a>"));

    assertThat(kernel.rendered(Scaling.class, scaling))
        .containsEntry("text/plain", scaling.toString())
        .hasEntrySatisfying(
            "text/html",
            html ->
                assertThat(html)
                    .asString()
                    .contains("input -&gt; &lt;a&gt;", "<svg", "ideal", "</svg>"));
  }
}
