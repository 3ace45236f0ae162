package argosy.kernel.extension;

import java.util.List;
import java.util.Set;

/// Code that was compiled, and whose names the notebook knows, but that has not run here.
///
/// @param classes the classes of its parts in their order, each with a static method [#BODY] if the
///   part has something to run; what it declares is in them, or in classes nested in them
/// @param returning those with a `return` of the user's: if the body of one returns anything, that
///   is an `Object[]` whose only element is the value of the cell, which ends there
/// @param valueType the type of the value that the cell has, as the notebook writes it; empty if it
///   has none to show
public record CompiledCell(List<Class<?>> classes, Set<Class<?>> returning, String valueType) {

  /// The method without parameters that runs a part.
  public static final String BODY = "do_it$";

  /// Copies.
  public CompiledCell {
    classes = List.copyOf(classes);
    returning = Set.copyOf(returning);
  }

  /// {@return whether it has a value to show}
  public boolean hasValue() {
    return !valueType.isEmpty();
  }
}
