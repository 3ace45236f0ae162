package argosy.wire;

import java.util.Optional;

/// Stands in for `Class.forName` in shipped code: a class of a cell is found by the name that cells
/// call it by, as in the notebook.
public final class ClassSearch {

  private ClassSearch() {}

  /// {@return the class of this name, initialized}
  ///
  /// @param caller the class that asks
  /// @throws ClassNotFoundException if there is none; if it may be one of a cell, says what to do
  public static Class<?> forName(String name, Class<?> caller) throws ClassNotFoundException {
    try {
      return Class.forName(name, true, caller.getClassLoader());
    } catch (ClassNotFoundException e) {
      // The caller's own loader may be that of what stays, which knows no names.
      ClassLoader task = Thread.currentThread().getContextClassLoader();
      Optional<String> ofCell =
          task instanceof CellNames names ? names.declared(name) : Optional.empty();
      if (ofCell.isPresent()) {
        return Class.forName(ofCell.get(), true, task);
      }
      if (name.indexOf('.') >= 0) {
        throw e;
      }
      throw new ClassNotFoundException(
          name
              + "; if a cell declares it, name it in the task, as in "
              + name
              + ".class: a class comes along only with a task that does",
          e);
    }
  }
}
