package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cells whose last snippet is a function: what it returns here it must return on a worker, each
/// time.
///
/// @param name what the case shows
/// @param input what the function is given
/// @param cells run in order
record ClosureCase(String name, @Nullable Object input, List<String> cells) {

  static ClosureCase of(String name, String... cells) {
    return new ClosureCase(name, null, List.of(cells));
  }

  static ClosureCase with(Object input, String name, String... cells) {
    return new ClosureCase(name, input, List.of(cells));
  }

  /// Runs the function twice on a worker and then once here.
  void check(Notebook notebook) throws Throwable {
    notebook.forget();
    Object function = notebook.run(cells.toArray(String[]::new));
    Shipment shipment = Shipment.of(notebook, function);

    Object there = shipment.run(input);
    Object again = shipment.run(input);

    Object here = Shipment.runHere(function, input);
    assertThat(here).as("a case shows something").isNotNull();
    assertThat(there).isEqualTo(here);
    assertThat(again).isEqualTo(here);
  }

  @Override
  public String toString() {
    return name;
  }
}
