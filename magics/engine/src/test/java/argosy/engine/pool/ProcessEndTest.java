package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessEndTest {

  @Test
  void saysWhatToDoInsteadOfAnExit() {
    assertThat(new ProcessEnd(4, List.of()).reason(ProcessEnd.Context.NONE))
        .isEqualTo(
            "exit code 4 (System.exit and halt end the worker that calls them; throw an exception"
                + " instead)");
    assertThat(new ProcessEnd(1, List.of("Error: no such option")).reason(ProcessEnd.Context.NONE))
        .isEqualTo("exit code 1");
  }

  @ParameterizedTest
  @CsvSource({
    "Java heap space, give the workers a larger heap",
    "Metaspace, it loaded too many classes",
    "Requested array size exceeds VM limit, no heap has room for an array of so many elements",
  })
  void saysWhatToDoAboutMemory(String error, String remedy) {
    ProcessEnd end =
        new ProcessEnd(3, List.of("Terminating due to java.lang.OutOfMemoryError: " + error));

    assertThat(end.reason(ProcessEnd.Context.NONE))
        .startsWith("it ran out of memory (java.lang.OutOfMemoryError: " + error + "); " + remedy);
  }
}
