package argosy.worker.rebuild;

import argosy.wire.FromWorker.ChunkEnded;
import argosy.wire.Pack;
import argosy.wire.Payload;
import argosy.wire.SentValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the tasks of one chunk ended, so far. Confined to one thread.
public final class ChunkEnds {

  private final Pack.Writer pack = new Pack.Writer();
  private final List<SentValue> values = new ArrayList<>();
  private long valueBytes;
  private int failures;

  /// No task has ended yet.
  public ChunkEnds() {}

  /// Adds one that returned a value which is plain.
  ///
  /// @return false if the value is not
  boolean addPlain(@Nullable Object result) {
    return pack.addPlain(result);
  }

  /// Adds one that returned or threw.
  void add(Outcome outcome) {
    if (outcome instanceof Outcome.Returned returned) {
      for (SentValue value : returned.values()) {
        values.add(value);
        valueBytes += value.memory().bytes();
      }
    }
    String excess = outcome.excess(pack.size());
    if (excess != null) {
      addBroken(excess);
      return;
    }
    boolean isFailure = outcome instanceof Outcome.Threw;
    failures += isFailure ? 1 : 0;
    pack.add(isFailure ? ChunkEnded.THREW : ChunkEnded.RETURNED, outcome.encoded());
  }

  /// Adds one that could not be run or answered.
  ///
  /// @param printed why
  public void addBroken(String printed) {
    failures++;
    pack.add(ChunkEnded.BROKE, Payload.of(printed.getBytes(StandardCharsets.UTF_8)));
  }

  /// {@return how many tasks have ended}
  public int count() {
    return pack.count();
  }

  /// {@return whether one has failed}
  public boolean hasFailed() {
    return failures > 0;
  }

  /// {@return how many bytes their ends take in the message}
  public int bytes() {
    return pack.size();
  }

  /// {@return how many bytes of shared memory the results have}
  public long valueBytes() {
    return valueBytes;
  }

  /// {@return how many values the results have in shared memory}
  int valueCount() {
    return values.size();
  }

  /// {@return what answers the chunk}
  ///
  /// @param task the number of its first task
  /// @param nanos how long they took together
  public ChunkEnded message(long task, long nanos) {
    return new ChunkEnded(task, nanos, pack.count(), failures, pack.payload(), values);
  }
}
