package argosy.engine.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JvmThreadsTest {

  private static final String POOL = JvmThreads.COMMON_POOL;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          -Xmx1g                                                       | 8 | 7
          -XX:ActiveProcessorCount=1                                   | 1 | 1
          -XX:ActiveProcessorCount=1 -Xmx1g -XX:ActiveProcessorCount=4 | 4 | 3
          -XX:ActiveProcessorCount=0x3                                 | 3 | 2
          -XX:ActiveProcessorCount=0                                   | 8 | 7
          """)
  void theLastOptionHolds(String options, int processors, int commonPool) {
    assertThat(JvmThreads.of(List.of(options.split(" ", -1)), Map.of(), 8))
        .isEqualTo(new JvmThreads(processors, commonPool));
  }

  @Test
  void theCommonPoolMayBeToldItsParallelism() {
    assertThat(JvmThreads.of(List.of(JvmThreads.PROCESSORS + 2, POOL + "6"), Map.of(), 8))
        .isEqualTo(new JvmThreads(2, 6))
        .extracting(JvmThreads::atATime)
        .isEqualTo(6);
    assertThat(JvmThreads.of(List.of(POOL + "0"), Map.of(), 8)).isEqualTo(new JvmThreads(8, 1));
    assertThat(JvmThreads.of(List.of(POOL + "x"), Map.of(), 8)).isEqualTo(new JvmThreads(8, 7));
  }

  @Test
  void someVariablesComeBeforeTheOptionsAndOneAfterThem() {
    List<String> options = List.of(JvmThreads.PROCESSORS + 2);
    Map<String, String> before = Map.of("JAVA_TOOL_OPTIONS", "-Da=b " + JvmThreads.PROCESSORS + 5);
    Map<String, String> after = Map.of("_JAVA_OPTIONS", " " + JvmThreads.PROCESSORS + 5);

    assertThat(JvmThreads.of(options, before, 8)).isEqualTo(new JvmThreads(2, 1));
    assertThat(JvmThreads.of(options, after, 8)).isEqualTo(new JvmThreads(5, 4));
    assertThat(JvmThreads.variables(after)).containsExactly("_JAVA_OPTIONS");
    assertThat(JvmThreads.variables(Map.of("_JAVA_OPTIONS", "-Xmx1g"))).isEmpty();
  }

  @Test
  void ofThisProcessTheRuntimeKnows() {
    assertThat(JvmThreads.own().processors()).isEqualTo(Runtime.getRuntime().availableProcessors());
  }
}
