package argosy.kernel.jshell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Documentation comments that are written in Markdown, as those are that are not: HTML with tags.
final class MarkdownComment {

  private static final Pattern FENCE = Pattern.compile(" {0,3}(```+|~~~+).*");
  private static final Pattern TAG = Pattern.compile("\\s*@\\w+\\b.*");

  /// Code, a tag, or the name of something in brackets that is no link to elsewhere.
  private static final Pattern PART =
      Pattern.compile(
          "(?<code>(?ms:^ {0,3}(?<fence>```+|~~~+).*?(?:^ {0,3}\\k<fence>|\\z))|(?<ticks>`+)(?s:.+?)\\k<ticks>)"
              + "|(?<tag>\\{@\\w+)"
              + "|(?<![\\\\\\w])\\[(?<label>[^\\[\\]]+)\\](?:\\[(?<name>[^\\[\\]]*)\\])?(?![(\\[:])");

  /// A module, package, class or member, whose parameters may be arrays.
  private static final Pattern NAME =
      Pattern.compile("(?!\\d)[\\w.$/]*(?:#[\\w$]+)?(?:\\([^()]*\\))?");

  private static final Pattern PLACE = Pattern.compile("\uFFFC(\\d+)\uFFFC");
  private static final Pattern VERBATIM =
      Pattern.compile("<(pre|code)\\b.*?</\\1>", Pattern.DOTALL);
  private static final Pattern FIRST =
      Pattern.compile("\\A<p>(.*?)(?:</p>\\s*\\z|(?=</p>))", Pattern.DOTALL);

  private final UnaryOperator<String> markdown;
  private final List<String> tags = new ArrayList<>();

  private MarkdownComment(UnaryOperator<String> markdown) {
    this.markdown = markdown;
  }

  /// {@return the comment with HTML in the place of Markdown}
  ///
  /// @param markdown makes HTML of Markdown
  static String toHtml(String comment, UnaryOperator<String> markdown) {
    StringBuilder html = new StringBuilder();
    StringBuilder block = new StringBuilder();
    String fence = "";
    for (String line : comment.lines().toList()) {
      Matcher fenced = FENCE.matcher(line);
      if (fenced.matches() && (fence.isEmpty() || fenced.group(1).startsWith(fence))) {
        fence = fence.isEmpty() ? fenced.group(1) : "";
      } else if (fence.isEmpty() && TAG.matcher(line).matches()) {
        html.append(new MarkdownComment(markdown).block(block.toString()));
        block.setLength(0);
      }
      block.append(line).append('\n');
    }
    return html.append(new MarkdownComment(markdown).block(block.toString())).toString().strip();
  }

  private String block(String text) {
    String html = markdown.apply(withoutTags(text.replace("\uFFFC", "")));
    String plain =
        VERBATIM
            .matcher(html)
            .replaceAll(code -> Matcher.quoteReplacement(code.group().replace("{@", "&#123;@")));
    String inline = FIRST.matcher(plain).replaceFirst("$1");
    return PLACE
            .matcher(inline.stripTrailing())
            .replaceAll(
                place -> Matcher.quoteReplacement(tags.get(Integer.parseInt(place.group(1)))))
        + "\n";
  }

  /// Puts marks in the place of what is no Markdown.
  private String withoutTags(String text) {
    StringBuilder rest = new StringBuilder();
    Matcher part = PART.matcher(text);
    int done = 0;
    while (part.find(done)) {
      rest.append(text, done, part.start());
      done = part.end();
      if (part.group("tag") != null) {
        done = Math.min(text.length(), CommentTags.end(text, part.end()) + 1);
        rest.append(place(text.substring(part.start(), done)));
      } else if (part.group("label") != null) {
        rest.append(reference(part));
      } else {
        rest.append(part.group());
      }
    }
    return rest.append(text.substring(done)).toString();
  }

  private String reference(Matcher part) {
    String label = part.group("label");
    String name = part.group("name");
    String meant = (name == null || name.isEmpty() ? label : name).replace("\\", "");
    if (!NAME.matcher(meant).matches()) {
      return part.group();
    }
    return name == null || name.isEmpty()
        ? place("{@link " + meant + "}")
        : place("{@link " + meant + " ") + label + place("}");
  }

  private String place(String tag) {
    tags.add(tag);
    return "\uFFFC" + (tags.size() - 1) + "\uFFFC";
  }
}
