package argosy.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import argosy.engine.RecordingHost;
import argosy.engine.pool.CallEnd;
import argosy.engine.pool.WorkerSettings;
import argosy.engine.schedule.JobLimits;
import argosy.engine.timeline.Timeline;
import argosy.wire.TaskFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a closure costs on the wire that the worker has had before.
@Timeout(300)
class RepeatedClosureIT {

  private static final int TIMES = 25;
  private static final int BYTES_EACH = 200;

  private interface Body extends TaskFunction<Integer, Object>, Serializable {}

  @AutoClose
  private final ProcessBackend backend =
      new ProcessBackend(
          new RecordingHost(),
          new WorkerSettings(1, "processes", null, List.of()),
          new Timeline(new RecordingHost()));

  private Object run(Body function, int input) throws Throwable {
    Batch batch =
        backend.open(
            function, new BatchSpec(new JobLimits(0, 1, 0), 1, new RecordingHost().output()));
    CompletableFuture<CallEnd> end = new CompletableFuture<>();
    Call call = batch.prepare(input, 0, end::complete);
    batch.start(List.of(call));
    return java.util.Objects.requireNonNull(call.value(end.get()));
  }

  private static List<String> words() {
    return new ArrayList<>(IntStream.range(0, 2_000).mapToObj(i -> "word " + i).toList());
  }

  private static Body counting(List<String> words) {
    return x -> words.size() + x;
  }

  @Test
  void isNamedAndNotSentAgain() throws Throwable {
    List<String> words = words();
    long before = backend.bytesSent();
    assertThat(run(counting(words), 1)).isEqualTo(2_001);
    long first = backend.bytesSent() - before;

    long sent = backend.bytesSent();
    for (int i = 0; i < TIMES; i++) {
      assertThat(run(counting(words), i)).isEqualTo(2_000 + i);
    }

    assertThat(first).isGreaterThan(10_000);
    assertThat(backend.bytesSent() - sent).isLessThan((long) TIMES * BYTES_EACH);
  }

  @Test
  void isTheSameClosureIfItIsCapturedFromEqualValues() throws Throwable {
    run(counting(words()), 1);

    long sent = backend.bytesSent();
    assertThat(run(counting(words()), 2)).isEqualTo(2_002);

    assertThat(backend.bytesSent() - sent).isLessThan(BYTES_EACH);
  }

  @Test
  void isSentAgainIfAValueHasChanged() throws Throwable {
    List<String> words = words();
    run(counting(words), 1);
    words.add("one more");

    long sent = backend.bytesSent();
    assertThat(run(counting(words), 1)).isEqualTo(2_002);

    assertThat(backend.bytesSent() - sent).isGreaterThan(10_000);
  }
}
