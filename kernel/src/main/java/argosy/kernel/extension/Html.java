package argosy.kernel.extension;

/// Writes text into HTML.
public final class Html {

  private Html() {}

  /// {@return HTML that shows the text as it is, between tags or in a quoted attribute}
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
