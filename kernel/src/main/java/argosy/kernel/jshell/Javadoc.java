package argosy.kernel.jshell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// Documentation comments as text and as HTML.
final class Javadoc {

  private Javadoc() {}

  /// {@return what is documented, as a MIME bundle}
  ///
  /// @param detail 0 for the first paragraph of each, 1 for everything
  static Map<String, Object> bundle(List<Documentation> found, int detail) {
    Map<String, String> comments = new LinkedHashMap<>();
    for (Documentation documentation : found) {
      String comment = Objects.requireNonNullElse(documentation.javadoc(), "");
      comments.putIfAbsent(simple(documentation.signature()), comment);
    }
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    comments.forEach((signature, comment) -> {
      String shown = detail > 0 ? comment : firstParagraph(comment);
      text.append(signature).append('\n');
      html.append("<pre>").append(escape(signature)).append("</pre>\n");
      if (!shown.isBlank()) {
        text.append(toText(shown).indent(4));
        html.append("<div>").append(withoutInlineTags(shown)).append("</div>\n");
      }
      text.append('\n');
    });
    return Map.of("text/plain", text.toString().stripTrailing(), "text/html", html.toString());
  }

  /// Without the packages of types.
  private static String simple(String signature) {
    return Wrappers.unwrap(signature).replaceAll("\\b(?:\\p{Ll}\\w*\\.)+(?=\\p{Lu})", "");
  }

  private static String firstParagraph(String comment) {
    return comment.strip().split("\\R\\s*\\R|<p>|(?m)^\\s*@\\w+", 2)[0];
  }

  private static String withoutInlineTags(String comment) {
    return comment
        .replaceAll("\\{@(?:code|literal)\\s+([^{}]*)}", "<code>$1</code>")
        .replaceAll("\\{@(?:link|linkplain)\\s+\\S+\\s+([^{}]*)}", "$1")
        .replaceAll("\\{@(?:link|linkplain|value)\\s+#?([^{}\\s]*)}", "<code>$1</code>")
        .replaceAll("\\{@return\\s+([^{}]*)}", "Returns $1.")
        .replaceAll("\\{@inheritDoc}", "")
        .replaceAll("(?m)^\\s*@(\\w+)\\s+", "<br><b>$1</b> ");
  }

  private static String toText(String comment) {
    return withoutInlineTags(comment)
        .replaceAll("\\s*\\R\\s*", " ")
        .replaceAll("<br>\\s*", "\n")
        .replaceAll("\\s*<p>\\s*", "\n\n")
        .replaceAll("\\s*<li>\\s*", "\n- ")
        .replaceAll("\\s*</?(?:ul|ol|pre|blockquote|table|tr|h\\d|dl|dt|dd)[^>]*>\\s*", "\n")
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .strip();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
