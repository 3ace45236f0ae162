package jdk.jshell;

import java.util.List;
import jdk.internal.org.commonmark.ext.gfm.tables.TablesExtension;
import jdk.internal.org.commonmark.parser.Parser;
import jdk.internal.org.commonmark.renderer.html.HtmlRenderer;

/// Markdown by the parser that the platform has for documentation comments.
public final class Markdown {

  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());

  private Markdown() {}

  /// {@return a text as HTML}
  public static String toHtml(String text) {
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .build()
        .render(Parser.builder().extensions(EXTENSIONS).build().parse(text));
  }
}
