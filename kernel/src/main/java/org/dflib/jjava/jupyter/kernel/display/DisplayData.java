package org.dflib.jjava.jupyter.kernel.display;

import java.util.LinkedHashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/// A value in several MIME types.
public class DisplayData {

  private final Map<String, Object> data = new LinkedHashMap<>();
  private @Nullable String displayId;

  /// Without any data.
  public DisplayData() {}

  /// A plain text.
  public DisplayData(String text) {
    putText(text);
  }

  /// {@return MIME type to data}
  public final Map<String, Object> bundle() {
    return new LinkedHashMap<>(data);
  }

  /// Adds data of a type.
  public final void putData(String type, Object value) {
    data.put(type, value);
  }

  /// Adds data of a type.
  public final void putData(MIMEType type, Object value) {
    putData(type.toString(), value);
  }

  /// {@return the data of a type, or null}
  public @Nullable Object getData(MIMEType type) {
    return data.get(type.toString());
  }

  /// {@return whether there is data of a type}
  public boolean hasDataForType(MIMEType type) {
    return data.containsKey(type.toString());
  }

  /// Adds all data of another one.
  public void assign(DisplayData other) {
    data.putAll(other.data);
  }

  /// Says what the display of it is called.
  public DisplayData setDisplayId(String id) {
    displayId = id;
    return this;
  }

  /// {@return whether the display of it has a name}
  public boolean hasDisplayId() {
    return displayId != null;
  }

  /// {@return what the display of it is called, or null}
  public @Nullable String getDisplayId() {
    return displayId;
  }

  /// Adds a plain text.
  public final void putText(String text) {
    putData(MIMEType.TEXT_PLAIN, text);
  }

  /// Adds HTML.
  public void putHTML(String html) {
    putData(MIMEType.TEXT_HTML, html);
  }

  /// Adds LaTeX.
  public void putLatex(String latex) {
    putData(MIMEType.TEXT_LATEX, latex);
  }

  /// Adds a formula.
  public void putMath(String math) {
    putLatex("$$" + math + "$$");
  }

  /// Adds Markdown.
  public void putMarkdown(String markdown) {
    putData(MIMEType.TEXT_MARKDOWN, markdown);
  }

  /// Adds a script.
  public void putJavaScript(String script) {
    putData(MIMEType.APPLICATION_JAVASCRIPT, script);
  }

  /// Adds JSON.
  public void putJSON(String json) {
    putData(MIMEType.APPLICATION_JSON, json);
  }

  /// Adds a drawing.
  public void putSVG(String svg) {
    putData(MIMEType.IMAGE_SVG, svg);
  }
}
