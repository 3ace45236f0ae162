package argosy.kernel.magic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import argosy.kernel.extension.CodeRejectedException;
import argosy.kernel.extension.MagicUsageException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimingTest {

  private final FakeKernel kernel = new FakeKernel();

  @BeforeEach
  void register() {
    new Timing(kernel).magics().forEach(kernel::register);
  }

  @Nested
  class Time {

    @Test
    void givesTheValueAndSaysHowLongItTook() throws Exception {
      kernel.evaluator = code -> 42;
      assertThat(kernel.line("time", "f(6, 7)")).isEqualTo(42);
      assertThat(kernel.evaluated).containsExactly(new FakeKernel.Evaluated("f(6, 7)", "line 3"));
      assertThat(kernel.stdout()).matches("Wall time: [\\d.]+ \\S+\n");
    }

    @Test
    void takesAWholeCellWithItsLines() throws Exception {
      kernel.cell("time", "", "int a = 1;\na");
      assertThat(kernel.evaluated)
          .containsExactly(new FakeKernel.Evaluated("int a = 1;\na", "line 2"));
    }

    @Test
    void saysHowLongItTookUntilItFailed() {
      kernel.evaluator =
          code -> {
            throw new IllegalStateException("no");
          };
      assertThatThrownBy(() -> kernel.line("time", "f()"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(kernel.stdout()).startsWith("Wall time: ");
    }

    @Test
    void withoutCodeItIsWronglyCalled() {
      assertThatThrownBy(() -> kernel.line("time", ""))
          .isInstanceOf(MagicUsageException.class)
          .hasMessage("there is no code to run");
    }

    @Test
    void codeOnTheLineOfACellMagicIsWronglyPlaced() {
      assertThatThrownBy(() -> kernel.cell("time", "f()", "g()"))
          .isInstanceOf(MagicUsageException.class);
    }
  }

  @Nested
  class TimeIt {

    @Test
    void measuresAnExpression() throws Exception {
      AtomicInteger calls = new AtomicInteger();
      kernel.evaluator = code -> (Callable<Object>) calls::incrementAndGet;
      assertThat(kernel.line("timeit", "-n 10 -r3 x * 2")).isNull();
      assertThat(kernel.evaluated)
          .containsExactly(
              new FakeKernel.Evaluated(
                  "(java.util.concurrent.Callable<Object>) () -> { return x * 2;\n}", "line 3"));
      assertThat(kernel.stdout())
          .matches(
              "best .+, mean .+ ± .+ per call \\(3 runs of 10 calls, after [\\d,]+ to warm up\\)\n");
      assertThat(calls.get()).isGreaterThan(30);
    }

    @Test
    void measuresACallThatTurnsOutToBeVoid() throws Exception {
      kernel.evaluator =
          code -> {
            if (code.contains("return")) {
              throw new CodeRejectedException("incompatible types");
            }
            return (AutoCloseable) () -> {};
          };
      kernel.cell("timeit", "-n1 -r1", "int a = 1;\nf(a)");
      assertThat(kernel.evaluated.getLast().code())
          .isEqualTo("(java.lang.AutoCloseable) () -> { int a = 1;\nf(a);\n}");
      assertThat(kernel.stdout()).contains("(1 run of 1 call,");
    }

    @Test
    void findsOutHowManyCallsMakeARun() throws Exception {
      kernel.evaluator = code -> (Callable<Object>) () -> 1;
      kernel.line("timeit", "-r 2 1");
      assertThat(kernel.stdout()).contains("(2 runs of ").doesNotContain("of 1 call");
    }

    @Test
    void whatTheCodeThrowsComesOut() {
      kernel.evaluator =
          code ->
              (Callable<Object>)
                  () -> {
                    throw new java.io.IOException("disk");
                  };
      assertThatThrownBy(() -> kernel.line("timeit", "f()")).hasMessage("disk");
    }

    @ParameterizedTest
    @CsvSource({
      "-n 0 f(),'-n takes a number above 0, not 0'",
      "-r x f(),'-r takes a number above 0, not x'",
      "-n,-n takes a number above 0",
      "-x f(),there is no option -x",
      "'',there is no code to run",
      "-n 3,there is no code to run"
    })
    void wrongOptionsAreSaid(String arguments, String message) {
      assertThatThrownBy(() -> kernel.line("timeit", arguments))
          .isInstanceOf(MagicUsageException.class)
          .hasMessage(message);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.00 ns",
    "7.123,7.12 ns",
    "999.4,999 ns",
    "1000,1.00 µs",
    "12345,12.3 µs",
    "123456789,123 ms",
    "1500000000,1.50 s",
    "59994000000,60.0 s",
    "125000000000,2 min 5 s"
  })
  void timesAreWrittenWithThreeDigits(double nanos, String text) {
    assertThat(Nanos.text(nanos)).isEqualTo(text);
  }
}
