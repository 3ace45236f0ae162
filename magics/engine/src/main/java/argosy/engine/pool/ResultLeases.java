package argosy.engine.pool;

import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.SharedMemory;
import argosy.wire.SentValue;
import argosy.wire.memory.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The shared memory that one worker has for values of results. Safe from any thread.
final class ResultLeases {

  private final Map<Range, SharedMemory.Lease> given = new ConcurrentHashMap<>();

  /// The worker may write there from now on.
  void give(SharedMemory.Lease memory) {
    given.put(memory.range(), memory);
  }

  /// {@return whether the worker was given the place of a value, and it fits}
  boolean hold(SentValue value) {
    return given.containsKey(value.memory()) && value.form().bytes() <= value.memory().bytes();
  }

  /// {@return the large values of a result, with the memory that the worker had for them}
  ReturnedValues take(List<SentValue> values) {
    if (values.isEmpty()) {
      return ReturnedValues.NONE;
    }
    List<ReturnedValues.Returned> taken = new ArrayList<>();
    for (SentValue value : values) {
      SharedMemory.Lease lease = given.remove(value.memory());
      if (lease != null) {
        taken.add(new ReturnedValues.Returned(value.form(), lease));
      }
    }
    return new ReturnedValues(taken);
  }

  /// The worker does not need this after all.
  void giveBack(Range memory) {
    SharedMemory.@Nullable Lease lease = given.remove(memory);
    if (lease != null) {
      lease.close();
    }
  }

  /// The worker has ended.
  void giveUp() {
    given.values().forEach(SharedMemory.Lease::close);
    given.clear();
  }
}
