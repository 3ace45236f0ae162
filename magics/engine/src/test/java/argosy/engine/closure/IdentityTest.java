package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.memory.ValueStore;
import argosy.wire.AdaptedFunction.Applied;
import argosy.wire.ContentId;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

  private static final String CELL =
      """
      int offset = 10;
      record Point(int x, double y) {}
      enum Color { RED, GREEN }
      int slow(int n) { return n * n + offset; }
      """;

  private static final String FUNCTION =
      "Function<Integer, Object> f = n -> Map.of(Color.GREEN, new Point(slow(n), 2.5));";

  @AutoClose private final Notebook first = new Notebook();
  @AutoClose private final Notebook other = new Notebook();

  private ContentId expected = new ContentId(0, 0);

  @BeforeEach
  void identify() {
    first.run(CELL);
    expected = identity(first, FUNCTION);
  }

  private static ContentId identity(Notebook notebook, String function) {
    Object made = Objects.requireNonNull(notebook.run(function));
    return Identity.of(
        Capture.of(notebook.host(), new Applied<>((Function<?, ?>) made), new ValueStore(null)));
  }

  @Test
  void isTheSameInAnotherSessionWhereTheCodeStandsElsewhere() {
    other.run("int before = 1;", "record Before(int x) {}", "// a comment\n\n" + CELL);

    String renamed = FUNCTION.replace("n ->", "m ->").replace("(n)", "(m)");
    assertThat(identity(other, "// another\n\n" + renamed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int offset = 11;",
        "int slow(int n) { return n * n - offset; }",
        "record Point(int x, double y) { public Point { x++; } }",
        "enum Color { GREEN, RED }"
      })
  void isAnotherIfSomethingHasChangedThatItNeeds(String changed) {
    first.run(changed);

    assertThat(identity(first, FUNCTION)).isNotEqualTo(expected);
  }

  @Test
  void isTheSameIfSomethingElseHasChanged() {
    first.run("int unrelated = 1; int other(int n) { return slow(n) + unrelated; }");

    assertThat(identity(first, FUNCTION)).isEqualTo(expected);
  }
}
