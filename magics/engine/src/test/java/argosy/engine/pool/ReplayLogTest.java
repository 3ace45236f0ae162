package argosy.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.host.TaskOutput;
import argosy.wire.ClosureDefinition;
import argosy.wire.ContentId;
import argosy.wire.Payload;
import argosy.wire.TaskCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplayLogTest {

  private final ReplayLog log = new ReplayLog();
  private final List<Long> replayed = new ArrayList<>();

  private ReplayLog.Entry add(long number) {
    ContentId id = new ContentId(number, 0);
    Payload nothing = Payload.of(new byte[0]);
    TaskOutput silent =
        new TaskOutput() {
          @Override
          public void stdout(String lines) {}

          @Override
          public void stderr(String lines) {}
        };
    ReplayLog.Entry entry =
        entry(
            new RemoteCall(
                new TaskCall(number, 0, nothing, List.of()),
                1,
                0,
                new ClosureDefinition(id, List.of(), true, false, List.of(), List.of(), nothing),
                new RemoteCall.Needs(List.of(), List.of(), List.of(), List.of()),
                silent,
                end -> {}));
    log.locked(() -> log.add(entry));
    return entry;
  }

  private static ReplayLog.Entry entry(RemoteCall call) {
    return ReplayLog.Entry.of(new Lesson(call, false, _ -> ""));
  }

  private void replay() {
    log.replay(
        entry -> {
          replayed.add(entry.lesson().call().call().task());
          return true;
        },
        () -> replayed.add(0L));
  }

  @Test
  void aNewWorkerRunsInOrderWhatHasWorked() {
    add(1).settle(true);
    add(2).settle(false);
    add(3).settle(true);

    replay();
    replay();

    assertThat(replayed).containsExactly(1L, 3L, 0L, 1L, 3L, 0L);
  }

  @Test
  void whatAWorkerDiesOfIsNotTriedOnTheNext() {
    add(1).settle(true);
    add(2).settle(true);

    log.replay(entry -> entry.lesson().call().call().task() != 1, () -> {});
    replay();

    assertThat(replayed).containsExactly(2L, 0L);
  }

  @Test
  void waitsForWhatStillRunsElsewhere() throws InterruptedException {
    ReplayLog.Entry running = add(1);
    CountDownLatch ended = new CountDownLatch(1);
    Thread worker =
        Thread.startVirtualThread(() -> {
          replay();
          ended.countDown();
        });
    assertThat(Footprint.await(() -> worker.getState() == Thread.State.WAITING)).isTrue();
    assertThat(ended.getCount()).isEqualTo(1);

    running.settle(true);
    ended.await();

    assertThat(replayed).containsExactly(1L, 0L);
  }

  @Test
  void whatIsAddedMeanwhileComesBeforeTheWorkerIsReady() {
    add(1).settle(true);

    log.replay(
        entry -> {
          replayed.add(entry.lesson().call().call().task());
          if (entry.lesson().call().call().task() == 1) {
            add(2).settle(true);
          }
          return true;
        },
        () -> replayed.add(0L));

    assertThat(replayed).containsExactly(1L, 2L, 0L);
  }

  @Test
  void whatIsRemovedIsForgotten() {
    ReplayLog.Entry entry = add(1);
    entry.settle(true);
    log.remove(entry);

    replay();

    assertThat(replayed).containsExactly(0L);
  }
}
