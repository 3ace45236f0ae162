package argosy.commands;

import argosy.Task;
import argosy.engine.pool.TaskStatus;
import argosy.kernel.extension.CellVariable;
import argosy.kernel.extension.CurrentCell;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a notebook calls the tasks that have not ended: the variables that hold them.
final class NamedTasks {

  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();

  /// @param variables those of the notebook; of two that hold the same task, the last one counts
  NamedTasks(List<CellVariable> variables) {
    for (CellVariable variable : variables) {
      Object value = variable.value();
      if (value instanceof Task<?>) {
        names.put(value, variable.name());
      } else {
        addElements(variable.name(), value);
      }
    }
  }

  private void addElements(String name, @Nullable Object value) {
    if (value instanceof Object[] array) {
      addElements(name, Arrays.asList(array));
    } else if (value instanceof List<?> list && isOfTheJdk(list)) {
      int index = 0;
      try {
        for (Object element : list) {
          if (element instanceof Task<?>) {
            names.put(element, name + "[" + index + "]");
          }
          index++;
        }
      } catch (ConcurrentModificationException e) {
        // Some thread of the notebook fills it; what has been read so far has a name.
      }
    }
  }

  /// To look into another one could run anybody's code.
  private static boolean isOfTheJdk(List<?> list) {
    return list.getClass().getModule() == Object.class.getModule();
  }

  /// {@return the variable that holds a task, or an empty text}
  String nameOf(TaskStatus task) {
    return names.getOrDefault(task.caller(), "");
  }

  /// {@return what a task is, as far as anybody has called it something}
  String describe(TaskStatus task) {
    String name = nameOf(task);
    return name.isEmpty() || task.name().isEmpty() ? name + task.name() : name + ": " + task.name();
  }

  /// {@return the cell that has started a task, or an empty text}
  static String cellOf(TaskStatus task) {
    return task.caller().scope() instanceof CurrentCell cell ? "Cell [" + cell.number() + "]" : "";
  }

  /// {@return a task in the middle of a sentence}
  String inWords(TaskStatus task) {
    String what = describe(task);
    return "task " + task.number() + (what.isEmpty() ? "" : " (" + what + ")");
  }
}
