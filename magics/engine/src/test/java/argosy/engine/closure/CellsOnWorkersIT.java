package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.Engine;
import argosy.engine.LocalEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Lambdas of cells on worker processes: the whole path.
@Timeout(120)
class CellsOnWorkersIT {

  @Test
  void cellsRunOnWorkersWithWhatTheyReach() {
    try (Notebook notebook = new Notebook();
        LocalEngine engine = new LocalEngine(notebook.host())) {
      Engine.install(engine);
      notebook.run("import argosy.*;");
      notebook.run("record P(String name, double mass) {}");
      notebook.run("int offset = 10;");
      notebook.run("int shifted(int x) { return x + offset; }");

      assertThat(notebook.run("Parallel.map(List.of(1, 2, 3), x -> shifted(x))"))
          .hasToString("[11, 12, 13]");
      notebook.run("offset = 20;");
      assertThat(notebook.run("Parallel.map(List.of(1), x -> shifted(x))")).hasToString("[21]");
      assertThat(
              notebook.run(
                  "Parallel.map(List.of(1), x -> new P(\"a\", x)).get(0) instanceof P p && p.mass() == 1"))
          .isEqualTo(true);
      assertThat(
              notebook.run(
                  "Parallel.map(List.of(1), x -> ProcessHandle.current().pid()).get(0) != ProcessHandle.current().pid()"))
          .isEqualTo(true);
      assertThat(notebook.run("Parallel.submit(() -> offset).then(x -> shifted(x)).get()"))
          .isEqualTo(40);
    }
    assertThat(ProcessHandle.current().descendants()).isEmpty();
  }
}
