package argosy.kernel.display;

import argosy.kernel.interpreter.CellIo;
import argosy.kernel.interpreter.CellScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// What every cell can call by its simple name.
///
/// A task calls it on a worker, where no cell is: what it shows is printed there as text, and it
/// cannot ask.
public final class Display {

  private Display() {}

  private static String show(Map<String, Object> bundle) {
    CellIo cell = CellScope.current();
    if (cell != null) {
      return cell.display(bundle);
    }
    System.out.println(printed(bundle));
    return "";
  }

  private static void replace(String id, Map<String, Object> bundle) {
    CellIo cell = CellScope.current();
    if (cell != null) {
      cell.update(id, bundle);
    } else {
      System.out.println(printed(bundle));
    }
  }

  private static Object printed(Map<String, Object> bundle) {
    Object plain = bundle.get("text/plain");
    return plain != null ? plain : bundle.values().iterator().next();
  }

  private static CellIo asking() {
    CellIo cell = CellScope.current();
    if (cell == null) {
      throw new IllegalStateException(
          "only a cell can ask, no task on a worker; ask first, and let the task use the answer");
    }
    return cell;
  }

  /// Shows a value below the cell.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value) {
    return show(Renderers.shared().render(value));
  }

  /// Shows a value in one MIME type.
  ///
  /// @param mime in full, such as `text/html`, or short: `html`, `md`, `svg`, `latex`, `json`
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(@Nullable Object value, String mime) {
    return show(Renderers.shared().render(value, mime));
  }

  /// Shows a value in one MIME type.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(String mime, @Nullable Object value) {
    return display(value, mime);
  }

  /// Shows a text in one MIME type, whichever of the two names it.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(String value, String mime) {
    return show(text(value, mime));
  }

  /// Shows a value in several MIME types, of which the client takes the one it shows best.
  ///
  /// @return the id by which [#updateDisplay] finds it again
  public static String display(
      @Nullable Object value, String mime, String second, String... others) {
    return show(inAll(value, mime, second, others));
  }

  private static Map<String, Object> text(String value, String mime) {
    boolean swapped = MimeTypes.isMimeType(value) && !MimeTypes.isMimeType(mime);
    return swapped
        ? Renderers.shared().render(mime, value)
        : Renderers.shared().render(value, mime);
  }

  private static Map<String, Object> inAll(
      @Nullable Object value, String mime, String second, String... others) {
    Map<String, Object> bundle = new LinkedHashMap<>(Renderers.shared().render(value, mime));
    bundle.putAll(Renderers.shared().render(value, second));
    for (String other : others) {
      bundle.putAll(Renderers.shared().render(value, other));
    }
    return bundle;
  }

  /// Shows a value below the cell, by the name that Ganymede has for it.
  public static void print(@Nullable Object value) {
    display(value);
  }

  /// Prints a formatted text, as the method of `System.out` does.
  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in none of our libraries
  public static void printf(String format, @Nullable Object... arguments) {
    CellIo cell = CellScope.current();
    if (cell != null) {
      cell.stdout(String.format(format, arguments));
    } else {
      System.out.printf(format, arguments);
    }
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value) {
    replace(id, Renderers.shared().render(value));
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, @Nullable Object value, String mime) {
    replace(id, Renderers.shared().render(value, mime));
  }

  /// Replaces what an earlier [#display] showed.
  public static void updateDisplay(String id, String mime, @Nullable Object value) {
    updateDisplay(id, value, mime);
  }

  /// Replaces what an earlier [#display] showed by a text, whichever of the two names its MIME
  /// type.
  public static void updateDisplay(String id, String value, String mime) {
    replace(id, text(value, mime));
  }

  /// Replaces what an earlier [#display] showed by a value in several MIME types.
  public static void updateDisplay(
      String id, @Nullable Object value, String mime, String second, String... others) {
    replace(id, inAll(value, mime, second, others));
  }

  /// {@return the value as it would be shown; as the last value of a cell it is}
  public static Rendered render(@Nullable Object value) {
    return new Rendered(Renderers.shared().render(value));
  }

  /// {@return the value in one MIME type; as the last value of a cell it is shown so}
  public static Rendered render(@Nullable Object value, String mime) {
    return new Rendered(Renderers.shared().render(value, mime));
  }

  /// {@return the value in one MIME type; as the last value of a cell it is shown so}
  public static Rendered render(String mime, @Nullable Object value) {
    return render(value, mime);
  }

  /// {@return the text in one MIME type, whichever of the two names it}
  public static Rendered render(String value, String mime) {
    return new Rendered(text(value, mime));
  }

  /// {@return the value in several MIME types; as the last value of a cell it is shown so}
  public static Rendered render(
      @Nullable Object value, String mime, String second, String... others) {
    return new Rendered(inAll(value, mime, second, others));
  }

  /// Removes what the cell has shown so far.
  public static void clearOutput() {
    clearOutput(false);
  }

  /// Removes what the cell has shown so far.
  ///
  /// @param wait whether to wait for the next output, which avoids flicker
  public static void clearOutput(boolean wait) {
    CellIo cell = CellScope.current();
    if (cell != null) {
      cell.clearOutput(wait);
    }
  }

  /// Asks the user for a line.
  ///
  /// @throws CancellationException if the cell is interrupted meanwhile
  public static String readLine(String prompt) {
    try {
      return asking().readLine(prompt);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted while waiting for input");
  }

  /// Asks the user for a line.
  public static String readLine() {
    return readLine("");
  }

  /// Asks the user for a line that is not shown while he types it.
  ///
  /// @throws CancellationException if the cell is interrupted meanwhile
  public static String readPassword(String prompt) {
    try {
      return asking().readPassword(prompt);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }
}
