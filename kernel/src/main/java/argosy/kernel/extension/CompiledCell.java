package argosy.kernel.extension;

import java.util.List;

/// Code that was compiled, and whose names the notebook knows, but that has not run here.
///
/// @param classes the classes of its parts in their order, each with a static method [#BODY] if the
///   part has something to run; what it declares is in them, or in classes nested in them
/// @param valueType the type of the value that the last part's body returns, as the notebook writes
///   it; empty if that value is not one to show
public record CompiledCell(List<Class<?>> classes, String valueType) {

  /// The method without parameters that runs a part.
  public static final String BODY = "do_it$";

  /// Copies.
  public CompiledCell {
    classes = List.copyOf(classes);
  }

  /// {@return whether the last part has a value to show}
  public boolean hasValue() {
    return !valueType.isEmpty();
  }
}
