package argosy.kernel.jshell;

import argosy.kernel.extension.CompiledCell;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A cell that is compiled and declared while its bodies wait for whoever runs them. Confined to
/// the thread that runs the cell.
final class Program {

  private final String advice;
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private String valueType = "";

  /// @param advice see [Elsewhere#add]
  Program(String advice) {
    this.advice = advice;
  }

  String advice() {
    return advice;
  }

  /// A snippet was compiled.
  void add(Class<?> wrapper) {
    classes.remove(wrapper);
    classes.add(wrapper);
  }

  /// The snippet that was compiled last has a value of this type, or none if it is empty.
  void value(String type) {
    valueType = type;
  }

  /// {@return all of it}
  ///
  /// @param shows whether the value of the last snippet is to be shown
  CompiledCell finish(boolean shows) {
    return new CompiledCell(List.copyOf(classes), shows ? valueType : "");
  }
}
