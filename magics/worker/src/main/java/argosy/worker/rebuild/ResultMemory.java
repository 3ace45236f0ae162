package argosy.worker.rebuild;

import argosy.wire.memory.Range;
import org.jspecify.annotations.Nullable;

/// Where a worker gets the shared memory in which large values of results travel.
public interface ResultMemory {

  /// There is none.
  ResultMemory NONE =
      new ResultMemory() {
        @Override
        public @Nullable Range take(long bytes) {
          return null;
        }

        @Override
        public void giveBack(Range unused) {}
      };

  /// {@return room for so many bytes, or null if there is none}
  @Nullable Range take(long bytes);

  /// Returns room in which nothing is sent.
  void giveBack(Range unused);
}
