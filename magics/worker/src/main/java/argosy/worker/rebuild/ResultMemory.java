package argosy.worker.rebuild;

import argosy.wire.memory.Range;
import argosy.wire.memory.ValueForm;
import org.jspecify.annotations.Nullable;

/// Where a worker gets the shared memory in which large values of results travel.
public interface ResultMemory {

  /// There is none.
  ResultMemory NONE =
      new ResultMemory() {
        @Override
        public void begin() {}

        @Override
        public @Nullable Range take(ValueForm form) {
          return null;
        }

        @Override
        public void giveBack(Range unused) {}

        @Override
        public void rest() {}
      };

  /// A task begins.
  void begin();

  /// {@return room for a value, or null if there is none, or it is not worth while}
  @Nullable Range take(ValueForm form);

  /// Returns room in which nothing is sent.
  void giveBack(Range unused);

  /// Returns what was kept ready: no task has come for a while.
  void rest();
}
