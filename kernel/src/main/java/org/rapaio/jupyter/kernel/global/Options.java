package org.rapaio.jupyter.kernel.global;

import argosy.kernel.display.Renderers;
import argosy.kernel.extension.Setting;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// How values are shown, by rapaio's names: those of which this kernel has a setting change it, the
/// others are kept without effect, which the cell that changes one is told. Safe from any thread.
public final class Options {

  /// What the settings of this kernel are called, by rapaio's names.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "display.maxRows", "table.rows",
          "display.maxCols", "table.columns",
          "display.maxSeqItems", "text.elements");

  /// What rapaio begins with.
  private static final Map<String, String> INITIAL =
      Map.of(
          "display.defaultMime", "text/html",
          "display.defaultMimeImage", "image/png",
          "display.maxColWidth", "50",
          "display.showIndex", "true",
          "display.format.na", "",
          "display.format.precision", "6",
          "display.html.border", "1",
          "display.text.colored", "true");

  private final Map<String, String> kept = new ConcurrentHashMap<>(INITIAL);
  private final Consumer<String> tell;

  /// @param tell takes what the user should know
  Options(Consumer<String> tell) {
    this.tell = tell;
  }

  /// {@return the value of an option}
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public String get(String key) {
    String setting = SETTINGS.get(key);
    if (setting != null) {
      int value = named(setting).value();
      return value == Integer.MAX_VALUE ? "0" : Integer.toString(value);
    }
    String value = kept.get(key);
    if (value == null) {
      throw new IllegalArgumentException("there is no option " + key + "; there are " + names());
    }
    return value;
  }

  /// Changes an option.
  ///
  /// @param value for a number that limits something, 0 is no limit
  public void set(String key, String value) {
    String setting = SETTINGS.get(key);
    if (setting == null) {
      kept.put(key, value);
      tell.accept("the option " + key + " has no effect in this kernel; %config shows what has");
    } else {
      int limit = Integer.parseInt(value.strip());
      named(setting).set(limit == 0 ? Integer.MAX_VALUE : limit);
    }
  }

  /// As the other `set`; the description is not kept.
  public void set(String key, String value, String description) {
    set(key, value);
  }

  /// Takes every change back.
  public void reset() {
    SETTINGS.values().stream().map(Options::named).forEach(one -> one.set(one.initial()));
    kept.clear();
    kept.putAll(INITIAL);
  }

  /// {@return the options by group}
  public OptionsDisplay display() {
    return new OptionsDisplay(this);
  }

  private String names() {
    TreeMap<String, String> all = new TreeMap<>(kept);
    all.putAll(SETTINGS);
    return String.join(", ", all.keySet());
  }

  private static Setting named(String name) {
    return Renderers.settings().stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no setting " + name));
  }

  /// The options `display.*`.
  public record OptionsDisplay(Options options) {

    /// {@return how many rows of a table are shown}
    public int maxRows() {
      return number("display.maxRows");
    }

    /// Changes how many rows of a table are shown.
    public void maxRows(int rows) {
      set("display.maxRows", rows);
    }

    /// {@return how many columns of a table are shown}
    public int maxCols() {
      return number("display.maxCols");
    }

    /// Changes how many columns of a table are shown.
    public void maxCols(int columns) {
      set("display.maxCols", columns);
    }

    /// {@return how many elements of a collection are shown}
    public int maxSeqItems() {
      return number("display.maxSeqItems");
    }

    /// Changes how many elements of a collection are shown.
    public void maxSeqItems(int elements) {
      set("display.maxSeqItems", elements);
    }

    /// {@return the width of a column, kept}
    public int maxColWidth() {
      return number("display.maxColWidth");
    }

    /// Keeps the width of a column.
    public void maxColWidth(int characters) {
      set("display.maxColWidth", characters);
    }

    /// {@return whether rows are numbered, kept}
    public boolean showIndex() {
      return Boolean.parseBoolean(options.get("display.showIndex"));
    }

    /// Keeps whether rows are numbered.
    public void showIndex(boolean shows) {
      set("display.showIndex", shows);
    }

    /// {@return the MIME type of values, kept}
    public String defaultMime() {
      return options.get("display.defaultMime");
    }

    /// Keeps the MIME type of values.
    public void defaultMime(String mime) {
      set("display.defaultMime", mime);
    }

    /// {@return the MIME type of pictures, kept}
    public String defaultMimeImage() {
      return options.get("display.defaultMimeImage");
    }

    /// Keeps the MIME type of pictures.
    public void defaultMimeImage(String mime) {
      set("display.defaultMimeImage", mime);
    }

    /// {@return the options by group}
    public OptionsDisplayFormat format() {
      return new OptionsDisplayFormat(this);
    }

    /// {@return the options by group}
    public OptionsDisplayHtml html() {
      return new OptionsDisplayHtml(this);
    }

    /// {@return the options by group}
    public OptionsDisplayText text() {
      return new OptionsDisplayText(this);
    }

    private int number(String key) {
      return Integer.parseInt(options.get(key));
    }

    private void set(String key, Object value) {
      options.set(key, String.valueOf(value));
    }
  }

  /// The options `display.format.*`, all of them kept only.
  public record OptionsDisplayFormat(OptionsDisplay display) {

    /// {@return what is shown for nothing}
    public String na() {
      return display.options.get("display.format.na");
    }

    /// Keeps what is shown for nothing.
    public void na(String text) {
      display.set("display.format.na", text);
    }

    /// {@return the decimal places of a number}
    public int precision() {
      return display.number("display.format.precision");
    }

    /// Keeps the decimal places of a number.
    public void precision(int places) {
      display.set("display.format.precision", places);
    }
  }

  /// The options `display.html.*`, all of them kept only.
  public record OptionsDisplayHtml(OptionsDisplay display) {

    /// {@return the border of a table}
    public int border() {
      return display.number("display.html.border");
    }

    /// Keeps the border of a table.
    public void border(int width) {
      display.set("display.html.border", width);
    }
  }

  /// The options `display.text.*`, all of them kept only.
  public record OptionsDisplayText(OptionsDisplay display) {

    /// {@return whether texts have colors}
    public boolean colored() {
      return Boolean.parseBoolean(display.options.get("display.text.colored"));
    }

    /// Keeps whether texts have colors.
    public void colored(boolean colors) {
      display.set("display.text.colored", colors);
    }
  }
}
