package argosy.engine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.ValueForm;
import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadArraysTest {

  private static final ValueForm LARGE = new ValueForm(ArrayKind.DOUBLE, 4 << 20, false);

  /// Less than what makes the collector look for them by itself.
  private static final int MOST = 1 << 6;

  /// What other tests left in the heap, and how busy the machine was, changes when it is worth it.
  @BeforeEach
  void startsWithFewObjectsAndCheapCollections() {
    long _ = DeadArrays.collect();
    DeadArrays.took(0);
  }

  @Test
  void areCollectedLongBeforeTheHeapIsFull() {
    WeakReference<Object> dead = new WeakReference<>(new ExpectedArray(LARGE).take(LARGE));

    int count = 1;
    while (count < MOST && !dead.refersTo(null)) {
      assertThat(new ExpectedArray(LARGE).take(LARGE)).isInstanceOf(double[].class);
      count++;
    }

    assertThat(count).isLessThan(MOST);
  }

  @Test
  void areNotLookedForBecauseOfAFew() {
    WeakReference<Object> dead = new WeakReference<>(new ExpectedArray(LARGE).take(LARGE));

    assertThat(new ExpectedArray(LARGE).take(LARGE)).isInstanceOf(double[].class);

    assertThat(dead.refersTo(null)).isFalse();
  }

  @Test
  void areLookedForLessOftenWhereThatTakesLong() {
    long came = 300L << 20;

    assertThat(DeadArrays.isWorthIt(came)).isTrue();
    DeadArrays.took(TimeUnit.SECONDS.toNanos(1));
    assertThat(DeadArrays.isWorthIt(came)).isFalse();
    DeadArrays.took(0);
    assertThat(DeadArrays.isWorthIt(came)).isTrue();
  }
}
