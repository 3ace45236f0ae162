package argosy.kernel.display;

import java.util.Locale;
import java.util.Map;

/// The names of MIME types, and the short ones that notebooks use for them.
final class MimeTypes {

  static final String TEXT = "text/plain";
  static final String HTML = "text/html";
  static final String PNG = "image/png";
  static final String SVG = "image/svg+xml";

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("text", TEXT),
          Map.entry("plain", TEXT),
          Map.entry("txt", TEXT),
          Map.entry("html", HTML),
          Map.entry("htm", HTML),
          Map.entry("md", "text/markdown"),
          Map.entry("markdown", "text/markdown"),
          Map.entry("latex", "text/latex"),
          Map.entry("tex", "text/latex"),
          Map.entry("json", "application/json"),
          Map.entry("js", "application/javascript"),
          Map.entry("javascript", "application/javascript"),
          Map.entry("svg", SVG),
          Map.entry("png", PNG),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"));

  private MimeTypes() {}

  /// {@return the full name}
  static String full(String name) {
    return SHORT.getOrDefault(name.toLowerCase(Locale.ROOT), name);
  }

  /// {@return whether a text names a MIME type, in full or short}
  static boolean isMimeType(String name) {
    return SHORT.containsKey(name.toLowerCase(Locale.ROOT)) || name.matches("[a-z]+/[\\w.+-]+");
  }
}
