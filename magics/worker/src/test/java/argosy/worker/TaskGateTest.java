package argosy.worker;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.wire.FromWorker.TasksRecalled;
import argosy.wire.RunningChunk;
import argosy.worker.TaskGate.Way;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskGateTest {

  private final TaskGate gate = new TaskGate(new Thread());

  private void pass(long task) {
    assertThat(gate.enter(task)).isEqualTo(Way.IN);
    assertThat(gate.leave()).isFalse();
  }

  @Test
  void givesBackWhatHasNotCome() {
    assertThat(gate.enter(1)).isEqualTo(Way.IN);

    assertThat(gate.recall(List.of(2L, 3L), List.of(2L, 4L)).tasks()).containsExactly(2L, 3L);

    assertThat(gate.leave()).isFalse();
    assertThat(gate.enter(2)).isEqualTo(Way.RECALLED);
    pass(4);
    assertThat(gate.enter(3)).isEqualTo(Way.RECALLED);
    pass(3); // which was sent once more
  }

  @Test
  void givesNothingBackThatHasCome() {
    pass(1);
    pass(2);
    assertThat(gate.enter(3)).isEqualTo(Way.IN);
    assertThat(gate.recall(List.of(2L, 3L, 5L, 4L), List.of(2L, 3L, 4L, 5L)).tasks())
        .containsExactly(5L, 4L);
    assertThat(gate.leave()).isFalse();
    assertThat(gate.enter(5)).isEqualTo(Way.RECALLED);
    assertThat(gate.enter(4)).isEqualTo(Way.RECALLED);
    pass(9);

    assertThat(gate.recall(List.of(2L, 3L, 9L, 7L), List.of(2L, 3L, 6L, 7L)).tasks())
        .containsExactly(7L);
  }

  @Test
  void aCancelledTaskHasComeToo() {
    gate.cancel(2);
    assertThat(gate.enter(1)).isEqualTo(Way.IN);
    assertThat(gate.leave()).isFalse();
    assertThat(gate.enter(2)).isEqualTo(Way.CANCELLED);

    assertThat(gate.recall(List.of(1L, 2L, 3L), List.of(1L, 2L, 3L)).tasks()).containsExactly(3L);
  }

  @Test
  void givesBackTheRestOfTheChunkInside() {
    RunningChunk chunk = new RunningChunk(1, 5);
    assertThat(gate.enter(chunk)).isEqualTo(Way.IN);
    assertThat(chunk.begin()).isTrue();
    assertThat(chunk.begin()).isTrue();

    assertThat(gate.recall(List.of(1L, 6L), List.of(1L, 2L)))
        .isEqualTo(new TasksRecalled(List.of(6L), 3));

    assertThat(chunk.begin()).isFalse();
    assertThat(gate.leave()).isFalse();
  }

  @Test
  void aChunkThatHasLeftStaysAsItIs() {
    assertThat(gate.enter(new RunningChunk(1, 5))).isEqualTo(Way.IN);
    assertThat(gate.leave()).isFalse();
    assertThat(gate.recall(List.of(1L), List.of(1L))).isEqualTo(new TasksRecalled(List.of(), 0));

    assertThat(gate.enter(6)).isEqualTo(Way.IN);
    assertThat(gate.recall(List.of(6L), List.of(2L))).isEqualTo(new TasksRecalled(List.of(), 0));
  }
}
