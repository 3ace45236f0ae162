package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClosureCasesTest {

  static Stream<ClosureCase> cases() {
    return Stream.of(
        ClosureCase.with(4, "a lambda over nothing", "Function<Integer, Object> f = x -> x + 1;"),
        ClosureCase.with(
            4, "a cell variable", "int base = 5;", "Function<Integer, Object> f = x -> x + base;"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void returnsOnAWorkerWhatItReturnsHere(ClosureCase shown) throws Throwable {
    try (Notebook notebook = new Notebook()) {
      Object function = notebook.run(shown.cells().toArray(String[]::new));
      Shipment shipment = Shipment.of(notebook, function);

      Object there = shipment.run(shown.input());
      Object again = shipment.run(shown.input());

      @Nullable Object here = Shipment.runHere(function, shown.input());
      assertThat(there).isEqualTo(here);
      assertThat(again).isEqualTo(here);
    }
  }
}
