package argosy.engine.closure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A task survives an array that can never be made.
class ArraySizesTest {

  @AutoClose private static final Notebook NOTEBOOK = new Notebook();

  private static String run(String array, int length) throws Throwable {
    NOTEBOOK.forget();
    Object function =
        NOTEBOOK.run(
            "Function<Integer, Object> f = n -> { try { return "
                + array
                + ".length; } catch (OutOfMemoryError e) { return e.getMessage(); } };");
    return String.valueOf(Shipment.of(NOTEBOOK, function).run(length));
  }

  @Test
  void moreElementsThanAnArrayHas() throws Throwable {
    assertThat(run("new byte[n]", Integer.MAX_VALUE)).asString().contains("2,147,483,647 elements");
    assertThat(run("new String[n]", Integer.MAX_VALUE - 1)).asString().contains("elements");
  }

  @Test
  void moreThanTheHeapHas() throws Throwable {
    int side = 2_000_000; // 32 TB

    assertThat(run("new double[n][n]", side))
        .asString()
        .startsWith("an array of 4,000,000,000,000 elements takes 30,517,578 MB, and the heap")
        .contains("%workers --heap");
  }

  @Test
  void whatFitsIsMade() throws Throwable {
    assertThat(run("new int[n]", 0)).isEqualTo("0");
    assertThat(run("new int[n][n][n]", 2)).isEqualTo("2");
    assertThat(run("new Object[n][n]", 3)).isEqualTo("3");
    assertThat(run("new long[] {n, 2}", 3)).isEqualTo("2");
    assertThat(run("new long[5]", 3)).isEqualTo("5");
  }
}
