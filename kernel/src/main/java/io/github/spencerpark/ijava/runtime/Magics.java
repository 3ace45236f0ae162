package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.ijava.IJava;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Magics as methods, which every cell can call by their simple names.
public final class Magics {

  private Magics() {}

  /// Runs a line magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> @Nullable T lineMagic(String name, List<String> arguments) {
    return IJava.getKernelInstance().lineMagic(name, arguments);
  }

  /// Runs a cell magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) {
    return IJava.getKernelInstance().cellMagic(name, arguments, body);
  }
}
