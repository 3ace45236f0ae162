package argosy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.DeadlineExceededException;
import argosy.Parallel;
import argosy.WorkerLostException;
import argosy.engine.pool.CallEnd;
import org.junit.jupiter.api.Test;

class RetriesTest {

  private final Retries twice = Retries.of(Parallel.options().retries(2));
  private final IllegalStateException cause = new IllegalStateException();

  private static Throwable told(CallEnd end) {
    assertThat(end).isInstanceOf(CallEnd.Failed.class);
    return ((CallEnd.Failed) end).cause();
  }

  @Test
  void whatWasTriedOnceEndsAsItDid() {
    CallEnd end = new CallEnd.Failed(new WorkerLostException("task 1 was lost"));

    assertThat(twice.explained(end, 1)).isSameAs(end);
  }

  @Test
  void aLossTellsOfTheTriesBeforeIt() {
    CallEnd end = new CallEnd.Failed(new WorkerLostException("task 1 was lost", cause));

    assertThat(told(twice.explained(end, 3)))
        .isInstanceOf(WorkerLostException.class)
        .hasMessage("at the last of 3 tries, task 1 was lost")
        .hasCause(cause);
  }

  @Test
  void aLossSaysWhyThereIsNoOtherTry() {
    Retries often = Retries.of(Parallel.options().retries(9));
    CallEnd end = new CallEnd.Failed(new WorkerLostException("task 1 was lost"));

    assertThat(told(often.explained(end, 3)))
        .hasMessage("this has now cost three workers, so it is not tried again: task 1 was lost")
        .hasNoCause();
  }

  @Test
  void aTimeoutTellsOfTheTriesBeforeIt() {
    CallEnd end = new CallEnd.Failed(new DeadlineExceededException("task 1 ran too long"));

    assertThat(told(twice.explained(end, 2)))
        .isInstanceOf(DeadlineExceededException.class)
        .hasMessage("at the last of 2 tries, task 1 ran too long");
  }

  @Test
  void whatATaskThrewStaysWhatItIs() {
    CallEnd end = new CallEnd.Raised(cause);

    assertThat(twice.explained(end, 3)).isSameAs(end);
  }
}
