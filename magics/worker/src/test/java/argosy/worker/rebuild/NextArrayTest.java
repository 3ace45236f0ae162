package argosy.worker.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.memory.ArrayKind;
import argosy.wire.memory.ValueForm;
import org.junit.jupiter.api.Test;

/// An array is ready after two tasks that came with one like it, and for the next task alone.
class NextArrayTest {

  private static final ValueForm LARGE = new ValueForm(ArrayKind.DOUBLE, 1 << 20, false);
  private static final ValueForm OTHER = new ValueForm(ArrayKind.LONG, 1 << 20, false);
  private static final ValueForm SMALL = new ValueForm(ArrayKind.DOUBLE, 1 << 10, false);

  private final NextArray next = new NextArray();

  private Object taskWith(ValueForm form) {
    next.nextTask(true);
    Object array = next.take(form);
    next.make();
    return array;
  }

  private boolean isReady() {
    return next.ready() != null;
  }

  @Test
  void isMadeAfterTwoOfOneForm() {
    Object first = taskWith(LARGE);
    assertThat(isReady()).isFalse();
    Object second = taskWith(LARGE);
    Object ready = next.ready();

    next.nextTask(true);
    assertThat(next.take(LARGE)).isSameAs(ready).isNotSameAs(second).isNotSameAs(first);
    assertThat(next.take(LARGE)).as("one of its own").isNotSameAs(ready);
  }

  @Test
  void isNotMadeForSmallOnes() {
    taskWith(SMALL);
    taskWith(SMALL);

    assertThat(isReady()).isFalse();
  }

  @Test
  void isNotMadeAfterDifferentOnes() {
    taskWith(LARGE);
    taskWith(OTHER);

    assertThat(isReady()).isFalse();
  }

  @Test
  void isNotWhatComesInAnotherForm() {
    taskWith(LARGE);
    taskWith(LARGE);

    assertThat((long[]) taskWith(OTHER)).hasSize(1 << 20).containsOnly(0);
    assertThat(isReady()).isFalse();
  }

  @Test
  void goesWithATaskThatDoesNotNeedIt() {
    taskWith(LARGE);
    taskWith(LARGE);

    next.nextTask(true);
    assertThat(isReady()).isTrue();
    next.nextTask(false);
    assertThat(isReady()).isFalse();
  }

  @Test
  void goesWhenThereWillBeNoTask() {
    taskWith(LARGE);
    taskWith(LARGE);

    next.drop();

    assertThat(isReady()).isFalse();
  }
}
