package argosy.kernel.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What works in a process that has run no cell yet.
@Timeout(120)
class FirstCellIT {

  @Test
  void changesHowValuesAreShownBeforeAnyWas() throws Exception {
    assertThat(SessionProcess.run(List.of(), "%config table.rows=7", "%config table.rows"))
        .containsExactly("nothing", "7");
  }
}
