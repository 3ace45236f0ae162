package argosy.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CellProgressTest {

  private final FakeKernel cell = new FakeKernel();
  private long now;

  private CellProgress progress(long total) {
    return new CellProgress(cell, "a<b", total, () -> now);
  }

  private Map<String, Object> shown() {
    assertThat(cell.displays).hasSize(1);
    return cell.displays.getFirst();
  }

  @Test
  void isDrawnInOnePlaceAndSaysWhatIsLeft() {
    CellProgress progress = progress(1000);
    now += 2_000_000_000L;
    progress.update(250, 0);
    assertThat(shown())
        .containsEntry(
            "text/plain",
            "[#######                       ] a<b: 250 of 1,000, 2.0 s, about 6.0 s to go")
        .containsEntry(
            "text/html",
            "<progress max=\"1000\" value=\"250\"></progress> "
                + "a&lt;b: 250 of 1,000, 2.0 s, about 6.0 s to go");
    now += 63_000_000_000L;
    progress.update(1000, 3);
    progress.close();
    assertThat(shown().get("text/plain"))
        .isEqualTo("[##############################] a<b: 1,000 of 1,000, 3 failed in 1 min 5 s");
  }

  @Test
  void withoutATotalThereIsNoBar() {
    CellProgress progress = progress(-1);
    progress.update(7, 0);
    assertThat(shown()).containsEntry("text/plain", "a<b: 7, 0.0 s");
  }

  @Test
  void nothingToDoIsDoneAtOnce() {
    progress(0).close();
    assertThat(shown().get("text/plain")).asString().contains("a<b: 0 of 0 in 0.0 s");
  }
}
