package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Options;
import argosy.Parallel;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandsExtensionTest {

  /// A table of them, as of any record, would say what is not set.
  @Test
  void optionsAreShownAsText() {
    FakeKernel kernel = new FakeKernel();
    CommandsExtension.register(kernel, new FakeWorkers());

    assertThat(kernel.rendered(Options.class, Parallel.options().workers(3)))
        .isEqualTo(Map.of("text/plain", "Options[workers=3]"));
  }
}
