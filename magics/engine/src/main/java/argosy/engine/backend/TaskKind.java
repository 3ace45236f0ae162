package argosy.engine.backend;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.AdaptedFunction;
import argosy.wire.TaskFunction;
import org.jspecify.annotations.Nullable;

/// What kind of task it is: all that come from one place in the code count as one kind, so that a
/// thousand single submissions learn from each other. Safe from any thread.
final class TaskKind {

  private static final ClassValue<TaskKind> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected TaskKind computeValue(Class<?> type) {
          return new TaskKind();
        }
      };

  private final TaskTimes times = new TaskTimes();
  private volatile @Nullable WrittenPlace place;

  private TaskKind() {}

  static TaskKind of(TaskFunction<?, ?> function) {
    Object written =
        function instanceof AdaptedFunction<?, ?> adapted ? adapted.written() : function;
    TaskKind kind = OF_CLASS.get(written.getClass());
    if (kind.place == null) {
      kind.place = WrittenPlace.of(function);
    }
    return kind;
  }

  /// {@return how long such tasks take}
  TaskTimes times() {
    return times;
  }

  /// {@return where their function is written}
  @Nullable WrittenPlace place() {
    return place;
  }
}
