package argosy.engine.pool;

import argosy.engine.memory.ExpectedArray;
import argosy.engine.memory.ReturnedValues;
import argosy.engine.memory.SharedMemory;
import argosy.wire.SentValue;
import argosy.wire.memory.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The shared memory that one worker has for values of results. Safe from any thread.
final class ResultLeases {

  private record Given(SharedMemory.Lease lease, ExpectedArray array) {}

  private final Map<Range, Given> given = new ConcurrentHashMap<>();

  /// The worker may write there from now on.
  ///
  /// @param array where its content will go
  void give(SharedMemory.Lease memory, ExpectedArray array) {
    given.put(memory.range(), new Given(memory, array));
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
      Given place = given.remove(value.memory());
      if (place != null) {
        taken.add(new ReturnedValues.Returned(value.form(), place.lease(), place.array()));
      }
    }
    return new ReturnedValues(taken);
  }

  /// The worker does not need this after all.
  void giveBack(Range memory) {
    Given place = given.remove(memory);
    if (place != null) {
      place.lease().close();
    }
  }

  /// The worker has ended.
  void giveUp() {
    given.values().forEach(place -> place.lease().close());
    given.clear();
  }
}
