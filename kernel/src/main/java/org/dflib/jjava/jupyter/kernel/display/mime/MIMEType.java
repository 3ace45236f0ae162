package org.dflib.jjava.jupyter.kernel.display.mime;

/// A MIME type, such as `text/html`.
///
/// @param name in lower case
public record MIMEType(String name) {

  public static final MIMEType ANY = new MIMEType("*");
  public static final MIMEType APPLICATION_XML = new MIMEType("application/xml");
  public static final MIMEType APPLICATION_JSON = new MIMEType("application/json");
  public static final MIMEType APPLICATION_JAVASCRIPT = new MIMEType("application/javascript");
  public static final MIMEType APPLICATION_PDF = new MIMEType("application/pdf");
  public static final MIMEType TEXT_HTML = new MIMEType("text/html");
  public static final MIMEType TEXT_MARKDOWN = new MIMEType("text/markdown");
  public static final MIMEType TEXT_LATEX = new MIMEType("text/latex");
  public static final MIMEType TEXT_PLAIN = new MIMEType("text/plain");
  public static final MIMEType TEXT_CSS = new MIMEType("text/css");
  public static final MIMEType IMAGE_PNG = new MIMEType("image/png");
  public static final MIMEType IMAGE_JPEG = new MIMEType("image/jpeg");
  public static final MIMEType IMAGE_GIF = new MIMEType("image/gif");
  public static final MIMEType IMAGE_SVG = new MIMEType("image/svg+xml");

  /// {@return the type of a name}
  public static MIMEType parse(String name) {
    return new MIMEType(name.toLowerCase(java.util.Locale.ROOT));
  }

  /// {@return whether every type is meant}
  public boolean isWildcard() {
    return name.startsWith("*");
  }

  /// {@return the part before the slash}
  public String getGroup() {
    return name.replaceFirst("/.*", "");
  }

  @Override
  public String toString() {
    return name;
  }
}
