package argosy.kernel.magic;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.Magic;
import argosy.kernel.extension.MagicCall;
import argosy.kernel.extension.MagicUsageException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `%%html` and its kin: cells in the languages of the browser.
final class Showing {

  private final KernelContext kernel;

  Showing(KernelContext kernel) {
    this.kernel = kernel;
  }

  List<Magic> magics() {
    return List.of(
        magic("html", "HTML", "text/html"),
        magic("javascript", "JavaScript", "application/javascript"),
        magic("latex", "LaTeX", "text/latex"),
        magic("markdown", "Markdown", "text/markdown"),
        magic("svg", "SVG", "image/svg+xml"));
  }

  private Magic magic(String name, String language, String mime) {
    return new BuiltIn(
        name,
        Magic.Kind.CELL,
        "Shows the cell as " + language + ".",
        "%%" + name + "\nthe cell",
        call -> show(call, mime));
  }

  private @Nullable Object show(MagicCall call, String mime) {
    if (!call.arguments().isEmpty()) {
      throw new MagicUsageException("it takes no arguments; what to show starts on the line below");
    }
    kernel.currentCell().display(Map.of(mime, call.body(), "text/plain", call.body()));
    return null;
  }
}
