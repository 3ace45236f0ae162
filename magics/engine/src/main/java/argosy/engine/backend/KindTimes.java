package argosy.engine.backend;

import argosy.engine.schedule.TaskTimes;
import argosy.wire.AdaptedFunction;
import argosy.wire.TaskFunction;

/// How long tasks of one kind take: all that come from one place in the code count as one kind, so
/// that a thousand single submissions learn from each other.
final class KindTimes {

  private static final ClassValue<TaskTimes> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected TaskTimes computeValue(Class<?> type) {
          return new TaskTimes();
        }
      };

  private KindTimes() {}

  static TaskTimes of(TaskFunction<?, ?> function) {
    return OF_CLASS.get(
        function instanceof AdaptedFunction<?, ?> adapted
            ? adapted.written().getClass()
            : function.getClass());
  }
}
