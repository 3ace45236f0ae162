package argosy.worker.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.ArrayBytes;
import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.ValueForm;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeldValuesTest {

  private static final ValueForm LARGE = new ValueForm(ArrayKind.DOUBLE, 1 << 20, false);
  private static final ValueForm SMALL = new ValueForm(ArrayKind.DOUBLE, 1 << 10, false);

  private final StateCounts counts = new StateCounts();
  private final HeldValues values = new HeldValues(counts);

  /// Is where it can be found again.
  private static final class Elsewhere implements ValueContent {

    private final double first;

    Elsewhere(double first) {
      this.first = first;
    }

    @Override
    public void append(byte[] bytes) {
      throw new IllegalStateException();
    }

    @Override
    public @Nullable Object original() {
      return null;
    }

    @Override
    public void copyTo(Object array) {
      ((double[]) array)[0] = first;
    }

    @Override
    public boolean isIn(Object array, ValueForm form) {
      Object same = form.newArray();
      copyTo(same);
      return ArrayBytes.isSame(array, same);
    }
  }

  private void comes(long number, ValueForm form) {
    values.define(number, form, new Elsewhere(number));
  }

  private double first(long number) {
    return ((double[]) values.get(number).kept(0, true))[0];
  }

  private WeakReference<Object> object(long number) {
    return new WeakReference<>(values.get(number).kept(0, true));
  }

  @SuppressWarnings("SystemGc") // what is asked for is seen
  private static boolean isGone(WeakReference<Object> object) {
    System.gc();
    return object.refersTo(null);
  }

  @Test
  void letsGoOfALargeArrayWhenAnotherComesAndFindsItAgain() {
    comes(1, LARGE);
    WeakReference<Object> one = object(1);
    assertThat(isGone(one)).isFalse();

    comes(2, LARGE);
    assertThat(isGone(one)).isTrue();
    assertThat(first(1)).isEqualTo(1);
    assertThat(first(2)).isEqualTo(2);
    assertThat(counts.valuesBuilt()).isEqualTo(3);
  }

  @Test
  void keepsAnArrayThatWasNeededAfterAnotherHadCome() {
    comes(1, LARGE);
    assertThat(first(1)).isEqualTo(1);
    comes(2, LARGE);
    WeakReference<Object> one = object(1);

    comes(3, LARGE);
    assertThat(isGone(one)).isFalse();
  }

  @Test
  void letsGoOfOneThatCameTogetherWithAnother() {
    comes(1, LARGE);
    comes(2, LARGE);
    WeakReference<Object> one = object(1);

    comes(3, LARGE);
    assertThat(isGone(one)).isTrue();
  }

  @Test
  void letsGoOfNothingForASmallOne() {
    comes(1, LARGE);
    WeakReference<Object> one = object(1);
    comes(2, SMALL);
    assertThat(isGone(one)).isFalse();
  }

  @Test
  void keepsASmallOneWhenALargeOneComes() {
    comes(1, SMALL);
    WeakReference<Object> one = object(1);
    comes(2, LARGE);
    assertThat(isGone(one)).isFalse();
  }

  @Test
  void keepsWhatIsNowhereElse() {
    values.define(1, LARGE, new HeldValue.Received(LARGE));
    WeakReference<Object> one = new WeakReference<>(values.get(1).kept(0, false));
    comes(2, LARGE);
    assertThat(isGone(one)).isFalse();
  }
}
