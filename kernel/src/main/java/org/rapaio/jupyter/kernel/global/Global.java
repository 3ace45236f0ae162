package org.rapaio.jupyter.kernel.global;

import argosy.kernel.display.Display;
import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import org.jspecify.annotations.Nullable;

/// What every cell can call by its simple name, because rapaio's documentation says so.
public final class Global implements KernelExtension {

  private static volatile Options options = new Options(_ -> {});

  /// For [java.util.ServiceLoader].
  public Global() {}

  @Override
  public void start(KernelContext context) {
    options = new Options(text -> context.currentCell().stderr(text + "\n"));
    context.addImport("import static " + Global.class.getName() + ".options;");
  }

  /// {@return how values are shown}
  public static Options options() {
    return options;
  }

  /// Shows a value below the cell.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value) {
    return Display.display(value);
  }

  /// Shows a value in one MIME type.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(String mime, @Nullable Object value) {
    return Display.display(mime, value);
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value) {
    Display.updateDisplay(id, value);
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, String mime, @Nullable Object value) {
    Display.updateDisplay(id, mime, value);
  }
}
