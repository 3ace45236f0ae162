package argosy.kernel.jshell;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tags of documentation comments as HTML, as far as a reader needs them.
final class CommentTags {

  private static final Pattern START = Pattern.compile("\\{@(\\w+)\\s*");

  /// A class or member, whose parameters may have blanks between them.
  private static final Pattern REFERENCE =
      Pattern.compile("#?([^\\s(){}]+(?:\\([^(){}]*\\))?)\\s*");

  private static final Pattern BLOCK = Pattern.compile("\\s*@(\\w+)\\b[ \\t]*(.*)");
  private static final Set<String> WITH_NAME = Set.of("param", "throws", "exception");
  private static final Pattern NAMED = Pattern.compile("(<(?!code>)\\w+>|[^\\s<]+)[ \\t]*(.*)");
  private static final Pattern VERBATIM = Pattern.compile("<(/?)(?:pre|code)\\b");

  private CommentTags() {}

  /// {@return a comment whose tags are HTML like the rest of it}
  static String toHtml(String comment) {
    return blocks(inline(comment));
  }

  private static String inline(String comment) {
    StringBuilder html = new StringBuilder();
    Matcher tag = START.matcher(comment);
    int done = 0;
    while (tag.find(done)) {
      int end = end(comment, tag.end());
      html.append(comment, done, tag.start());
      html.append(rendered(tag.group(1), comment.substring(tag.end(), end)));
      done = Math.min(comment.length(), end + 1);
    }
    return html.append(comment.substring(done)).toString();
  }

  /// {@return where the bracket is that closes a tag: those inside are in pairs}
  static int end(String comment, int start) {
    int open = 1;
    for (int i = start; i < comment.length(); i++) {
      char c = comment.charAt(i);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open == 0) {
        return i;
      }
    }
    return comment.length();
  }

  private static String rendered(String name, String content) {
    return switch (name) {
      case "code", "systemProperty" -> code(content);
      case "literal" -> escape(content);
      case "snippet" -> "<pre>" + escape(content.substring(content.indexOf(':') + 1)) + "</pre>";
      case "link", "linkplain", "value" -> link(content);
      case "return" -> "Returns " + inline(content) + ".";
      case "inheritDoc", "docRoot" -> "";
      default -> inline(content);
    };
  }

  private static String code(String text) {
    return "<code>" + escape(text) + "</code>";
  }

  private static String link(String content) {
    Matcher reference = REFERENCE.matcher(content);
    if (!reference.lookingAt()) {
      return inline(content);
    }
    String label = content.substring(reference.end()).strip();
    return label.isEmpty()
        ? code(Javadoc.simple(reference.group(1)).replace('#', '.'))
        : inline(label);
  }

  /// A line that starts with a tag starts a block, unless it is code.
  private static String blocks(String html) {
    StringBuilder all = new StringBuilder();
    int verbatim = 0;
    for (String line : html.lines().toList()) {
      Matcher block = BLOCK.matcher(line);
      boolean starts = verbatim == 0 && block.matches();
      all.append(starts ? block(block.group(1), block.group(2)) : line).append('\n');
      Matcher code = VERBATIM.matcher(line);
      while (code.find()) {
        verbatim += code.group(1).isEmpty() ? 1 : -1;
      }
    }
    return all.toString();
  }

  private static String block(String tag, String content) {
    String start = "<br><b>@" + tag + "</b> ";
    Matcher named = NAMED.matcher(content);
    return WITH_NAME.contains(tag) && named.matches()
        ? start + code(named.group(1)) + ": " + named.group(2)
        : start + content;
  }

  /// {@return a text whose signs mean nothing to HTML}
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
