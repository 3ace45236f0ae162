package argosy.kernel.jshell;

import argosy.kernel.extension.CompiledCell;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cell that is compiled and declared while its bodies wait for whoever runs them. Confined to
/// the thread that runs the cell.
final class Program {

  private final String advice;
  private final Set<Class<?>> classes = new LinkedHashSet<>();
  private final Set<Class<?>> returning = new HashSet<>();
  private @Nullable Class<?> last;
  private boolean returnsValue;
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
    last = wrapper;
  }

  /// The snippet that was compiled last has returns that are marked as [Returns] does.
  ///
  /// @param hasValue whether one of them has a value
  void returns(boolean hasValue) {
    if (last != null) {
      returning.add(last);
    }
    returnsValue |= hasValue;
  }

  /// The snippet that was compiled last has a value of this type, or none if it is empty.
  void value(String type) {
    valueType = type;
  }

  /// {@return all of it}
  ///
  /// @param shows whether the value of the last snippet is to be shown
  CompiledCell finish(boolean shows) {
    String type = returnsValue ? "Object" : shows ? valueType : "";
    return new CompiledCell(List.copyOf(classes), returning, type);
  }
}
