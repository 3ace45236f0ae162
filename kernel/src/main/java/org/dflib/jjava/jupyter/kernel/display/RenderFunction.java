package org.dflib.jjava.jupyter.kernel.display;

/// Shows values of a type.
///
/// @param <T> the type
@FunctionalInterface
public interface RenderFunction<T> {

  /// Writes a value in the types that are wanted.
  void render(T value, RenderContext context);
}
