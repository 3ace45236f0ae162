package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TimeLimitTest {

  @Test
  void isReadAsOtherKernelsReadIt() {
    assertThat(TimeLimit.of(Map.of("IJAVA_TIMEOUT", "3000")))
        .isEqualTo(new TimeLimit("IJAVA_TIMEOUT", 3000, TimeUnit.MILLISECONDS));
    assertThat(TimeLimit.of(Map.of("JJAVA_TIMEOUT", "30 SECONDS", "IJAVA_TIMEOUT", "1")))
        .isEqualTo(new TimeLimit("JJAVA_TIMEOUT", 30, TimeUnit.SECONDS));
    assertThat(TimeLimit.of(Map.of("ARGOSY_TIMEOUT", "2minutes")).unit())
        .isEqualTo(TimeUnit.MINUTES);
  }

  @Test
  void isNoneIfItIsAbsentOrLessThanOneOrNoDuration() {
    assertThat(TimeLimit.of(Map.of()).isSet()).isFalse();
    assertThat(TimeLimit.of(Map.of("IJAVA_TIMEOUT", "-1")).isSet()).isFalse();
    assertThat(TimeLimit.of(Map.of("IJAVA_TIMEOUT", "0 SECONDS")).isSet()).isFalse();
    assertThat(TimeLimit.of(Map.of("IJAVA_TIMEOUT", "soon"))).isEqualTo(TimeLimit.NONE);
    assertThat(TimeLimit.of(Map.of("IJAVA_TIMEOUT", "3 moons"))).isEqualTo(TimeLimit.NONE);
    assertThat(TimeLimit.of(Map.of("JJAVA_TIMEOUT", "x", "IJAVA_TIMEOUT", "7")).amount())
        .isEqualTo(7);
  }

  @Test
  void endsWhatRunsLongerAndSaysWhichVariableDoes() {
    try (TestSession session = openWith("IJAVA_TIMEOUT", "200")) {
      session
          .run("int before = 1;\nwhile (true) {}\nint after = 1;")
          .fails("Timeout")
          .says("200 milliseconds that IJAVA_TIMEOUT allows", "line 2");
      session.run("Thread.sleep(1_000_000);").fails("Timeout").says("IJAVA_TIMEOUT");
      session.run("before").shows("1");
      session.run("after").fails("CompilationError");
    }
  }

  @Test
  void isNoMatterForAnInterrupt() {
    try (TestSession session = openWith("JJAVA_TIMEOUT", "1 HOURS")) {
      TestSession.Running cell = session.start("System.out.println(\"go\");\nwhile (true) {}");
      cell.untilItPrints("go");
      session.interpreter().interrupt();
      cell.end().fails("Interrupted").doesNotSay("TIMEOUT");
    }
  }

  private static TestSession openWith(String variable, String value) {
    return TestSession.openWith(TimeLimit.of(Map.of(variable, value)));
  }
}
