package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.ValueForm;
import org.junit.jupiter.api.Test;

/// Whoever takes an array has one of the right form, whatever was made before.
class ExpectedArrayTest {

  private static final ValueForm LARGE = new ValueForm(ArrayKind.DOUBLE, 1 << 20, false);

  private final ExpectedArray expected = new ExpectedArray(LARGE);

  @Test
  void isWhatWasExpected() {
    expected.make();

    assertThat((double[]) expected.take(LARGE)).hasSize(1 << 20).containsOnly(0);
  }

  @Test
  void isMadeAtOnceForWhoComesFirst() {
    Object taken = expected.take(LARGE);
    expected.make();

    assertThat(taken).isInstanceOf(double[].class);
    assertThat(expected.take(LARGE)).as("an array of its own").isNotSameAs(taken);
  }

  @Test
  void isWhatHasComeIfThatIsSomethingElse() {
    expected.make();

    ValueForm other = new ValueForm(ArrayKind.INT, 7, false);
    assertThat((int[]) expected.take(other)).hasSize(7);
  }

  @Test
  void isMissedByNobodyIfThereIsNoMemoryForIt() {
    ValueForm most = new ValueForm(ArrayKind.LONG, Integer.MAX_VALUE, false);
    ExpectedArray tooLarge = new ExpectedArray(most);
    tooLarge.make();

    assertThat((int[]) tooLarge.take(new ValueForm(ArrayKind.INT, 7, false))).hasSize(7);
  }
}
