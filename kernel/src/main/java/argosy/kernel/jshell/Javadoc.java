package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/// Documentation comments as text and as HTML.
final class Javadoc {

  /// What ends the first paragraph of a comment: an empty line, a block, a tag.
  private static final Pattern BLOCK =
      Pattern.compile(
          "(?im)\\R\\s*\\R|<(?:p|pre|ul|ol|dl|table|blockquote|h[1-6])\\b[^>]*>|^\\s*@\\w+");

  /// As the owner of a member or constructor.
  private static final Pattern RECORD =
      Pattern.compile("([\\p{javaJavaIdentifierPart}]+(?:<[^()]*>)?)\\([^()]*\\)(?=[.(])");

  private static final Pattern UNNAMED =
      Pattern.compile("(?<![\\w$])(?:\\$JShell\\$anonymous\\$)?\\$\\d+(?![\\w$.])");

  /// In front of a member.
  private static final Pattern OF_UNNAMED =
      Pattern.compile("(?<![\\w$])(?:\\$JShell\\$anonymous\\$)?\\$\\d+\\.(?=\\w)");

  /// An annotation in front of the name of a type, or between it and its package.
  private static final Pattern ANNOTATION = Pattern.compile("@[\\w.]+(?:\\([^()]*\\))?\\s+");

  private Javadoc() {}

  /// {@return what is documented, as a MIME bundle: each comment once, below all that it is for}
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
    Map<String, List<String>> signatures = new LinkedHashMap<>();
    comments.forEach((signature, comment) -> {
      String rendered = CommentTags.toHtml(detail > 0 ? comment : firstParagraph(comment)).strip();
      signatures.computeIfAbsent(rendered, _ -> new ArrayList<>()).add(signature);
    });
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder();
    signatures.forEach((comment, those) -> {
      String all = String.join("\n", those);
      text.append(all).append('\n');
      html.append("<pre>").append(CommentTags.escape(all)).append("</pre>\n");
      if (!comment.isEmpty()) {
        text.append(HtmlText.of(comment).replaceAll("(?m)^(?=.)", "    ")).append('\n');
        html.append("<div>").append(comment).append("</div>\n");
      }
      text.append('\n');
    });
    return Map.of("text/plain", text.toString().stripTrailing(), "text/html", html.toString());
  }

  /// {@return a signature without the packages and annotations of types, without the components
  /// that the shell writes wherever it names a record, and without the numbers of classes that have
  /// no name}
  static String simple(String signature) {
    String plain = ANNOTATION.matcher(signature).replaceAll("");
    String member = OF_UNNAMED.matcher(plain).replaceFirst("");
    String named = UNNAMED.matcher(member).replaceAll("anonymous class");
    return RECORD
        .matcher(Wrappers.unwrap(named).replaceAll("\\b(?:\\p{Ll}\\w*\\.)+(?=\\p{Lu})", ""))
        .replaceAll("$1");
  }

  private static String firstParagraph(String comment) {
    return BLOCK.split(comment.strip(), 2)[0];
  }
}
