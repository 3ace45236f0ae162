package argosy.engine.backend;

import argosy.engine.closure.WrittenPlace;
import argosy.engine.schedule.TaskTimes;
import argosy.wire.AdaptedFunction;
import argosy.wire.CellBodies;
import argosy.wire.ResidentFunction;
import argosy.wire.TaskFunction;
import org.jspecify.annotations.Nullable;

/// What kind of task it is: all that come from one place in the code count as one kind, so that a
/// thousand single submissions learn from each other. Safe from any thread.
final class TaskKind {

  private static final ClassValue<TaskKind> OF_CLASS = new Kinds();

  /// Of what is called with something that lives on a worker.
  private static final ClassValue<TaskKind> OF_RESIDENT = new Kinds();

  private static final class Kinds extends ClassValue<TaskKind> {
    @Override
    protected TaskKind computeValue(Class<?> type) {
      return new TaskKind();
    }
  }

  private final TaskTimes times = new TaskTimes();
  private volatile @Nullable WrittenPlace place;

  private TaskKind() {}

  static TaskKind of(TaskFunction<?, ?> function) {
    TaskKind kind =
        switch (function) {
          case AdaptedFunction<?, ?> adapted -> OF_CLASS.get(adapted.written().getClass());
          case ResidentFunction<?> resident -> of(resident);
          default -> OF_CLASS.get(function.getClass());
        };
    if (kind.place == null) {
      kind.place = WrittenPlace.of(function);
    }
    return kind;
  }

  private static TaskKind of(ResidentFunction<?> function) {
    return switch (function) {
      case ResidentFunction.Make make -> OF_RESIDENT.get(make.written().getClass());
      case ResidentFunction.Call<?, ?> call -> OF_RESIDENT.get(call.written().getClass());
      case ResidentFunction.Act<?> act -> OF_RESIDENT.get(act.written().getClass());
      case ResidentFunction.Drop drop -> OF_RESIDENT.get(drop.getClass());
      // No value is like the one before, and no cell.
      case ResidentFunction.Give _, CellBodies _ -> new TaskKind();
    };
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
