package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.pool.WaitRing.OpenCall;
import org.junit.jupiter.api.Test;

class WaitRingTest {

  private final WaitRing ring = new WaitRing();

  private OpenCall call(long id, long task, int from, int to) {
    OpenCall call = new OpenCall(id, task, from, to);
    ring.called(call);
    return call;
  }

  @Test
  void whoeverWaitsForAWorkerThatWorksIsNotStuck() {
    OpenCall _ = call(10, 1, 1, 2);

    assertThat(ring.waits(1, 1)).isEmpty();
  }

  @Test
  void whoeverWaitsForItsOwnWorkerIsStuck() {
    OpenCall self = call(10, 1, 1, 1);

    assertThat(ring.waits(1, 1)).containsExactly(self);
  }

  @Test
  void theLastOfARingIsStuckAndTheOthersThenAreNot() {
    OpenCall first = call(10, 1, 1, 2);
    OpenCall second = call(11, 2, 2, 3);
    OpenCall third = call(12, 3, 3, 1);
    assertThat(ring.waits(1, 1)).isEmpty();
    assertThat(ring.waits(2, 2)).isEmpty();

    assertThat(ring.waits(3, 3)).containsExactly(third);

    assertThat(ring.answered(third.id())).isTrue();
    assertThat(ring.waits(2, 2)).isEmpty();
    assertThat(first.to()).isEqualTo(second.from());
  }

  @Test
  void oneCallThatCanRunIsEnough() {
    OpenCall own = call(10, 1, 1, 1);
    OpenCall other = call(11, 1, 1, 2);
    assertThat(ring.waits(1, 1)).isEmpty();

    assertThat(ring.answered(other.id())).isTrue();

    assertThat(ring.waits(1, 1)).containsExactly(own);
  }

  @Test
  void callsThatNobodyWaitsForHoldNobodyUp() {
    OpenCall _ = call(10, 1, 1, 2);
    OpenCall back = call(11, 2, 2, 1);
    assertThat(ring.waits(2, 2)).isEmpty();

    ring.goesOn(2);

    assertThat(ring.waits(1, 1)).isEmpty();
    assertThat(ring.of(2, 1)).containsExactly(back);
  }

  @Test
  void anAnswerComesOnce() {
    OpenCall call = call(10, 1, 1, 2);

    assertThat(ring.answered(call.id())).isTrue();
    assertThat(ring.answered(call.id())).isFalse();
  }
}
