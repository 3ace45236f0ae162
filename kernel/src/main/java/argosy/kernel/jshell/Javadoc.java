package argosy.kernel.jshell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// Documentation comments as text and as HTML.
final class Javadoc {

  /// A class or member, whose parameters may have blanks between them.
  private static final String REFERENCE = "[^\\s(){}]+(?:\\([^(){}]*\\))?";

  private static final Pattern LINK =
      Pattern.compile("\\{@(?:link|linkplain|value)\\s+#?(" + REFERENCE + ")\\s*}");

  /// As the owner of a member or constructor.
  private static final Pattern RECORD =
      Pattern.compile("([\\p{javaJavaIdentifierPart}]+(?:<[^()]*>)?)\\([^()]*\\)(?=[.(])");

  private Javadoc() {}

  /// {@return what is documented, as a MIME bundle}
  ///
  /// @param detail 0 for the first paragraph of each, 1 for everything
  /// @param own gives the comment of what a cell has declared, by its signature; empty if it has
  ///   none
  static Map<String, Object> bundle(
      List<Documentation> found, int detail, UnaryOperator<String> own) {
    Map<String, String> comments = new LinkedHashMap<>();
    for (Documentation documentation : found) {
      String signature = simple(documentation.signature());
      String comment = documentation.javadoc();
      comments.putIfAbsent(signature, comment == null ? own.apply(signature) : comment);
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

  /// {@return a signature without the packages of types, and without the components that the shell
  /// writes wherever it names a record}
  static String simple(String signature) {
    return RECORD
        .matcher(Wrappers.unwrap(signature).replaceAll("\\b(?:\\p{Ll}\\w*\\.)+(?=\\p{Lu})", ""))
        .replaceAll("$1");
  }

  private static String firstParagraph(String comment) {
    return comment.strip().split("\\R\\s*\\R|<p>|(?m)^\\s*@\\w+", 2)[0];
  }

  private static String withoutInlineTags(String comment) {
    String linked =
        LINK.matcher(comment)
            .replaceAll(link ->
                Matcher.quoteReplacement(
                    "<code>" + simple(link.group(1)).replace('#', '.') + "</code>"));
    return linked
        .replaceAll("\\{@(?:code|literal)\\s+([^{}]*)}", "<code>$1</code>")
        .replaceAll("\\{@(?:link|linkplain)\\s+" + REFERENCE + "\\s+([^{}]+)}", "$1")
        .replaceAll("\\{@return\\s+([^{}]*)}", "Returns $1.")
        .replaceAll("\\{@inheritDoc}", "")
        .replaceAll(
            "(?m)^\\s*@param\\s+<(\\w+)>[ \\t]*", "<br><b>@param</b> <code>&lt;$1&gt;</code>: ")
        .replaceAll(
            "(?m)^\\s*@(param|throws|exception)\\s+(\\S+)[ \\t]*",
            "<br><b>@$1</b> <code>$2</code>: ")
        .replaceAll("(?m)^\\s*@(\\w+)\\s+", "<br><b>@$1</b> ");
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
