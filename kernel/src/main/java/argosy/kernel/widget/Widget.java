package argosy.kernel.widget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Something in the browser that shows a value, and with most kinds lets the reader change it.
///
/// As the last value of a cell, or given to `display`, it appears below the cell; wherever it
/// appears, it is the same one. Its properties are those of ipywidgets' control of the same name.
/// Safe from any thread.
public final class Widget {

  private static final String CONTROLS = "@jupyter-widgets/controls";
  private static final String BASE = "@jupyter-widgets/base";

  private final String kind;
  private final Model layout;
  private final Model style;
  private final Model model;

  private Widget(String kind, String style, Map<String, ? extends @Nullable Object> properties) {
    this.kind = kind;
    this.layout = Model.open(BASE, "Layout", false, Map.of("_view_name", "LayoutView"));
    this.style =
        Model.open(
            CONTROLS,
            style,
            false,
            Map.of(
                "_view_module", BASE, "_view_module_version", "2.0.0", "_view_name", "StyleView"));
    Map<String, @Nullable Object> all = new LinkedHashMap<>(properties);
    all.put("layout", layout.reference());
    all.put("style", this.style.reference());
    model = Model.open(CONTROLS, kind, true, all);
  }

  /// {@return a new control of a kind that this package has no name for}
  ///
  /// @param kind ipywidgets' name of it, such as `IntSlider` or `ColorPicker`
  /// @param properties those that differ from what the browser assumes
  public static Widget of(String kind, Map<String, ? extends @Nullable Object> properties) {
    return new Widget(kind, styleOf(kind), properties);
  }

  private static String styleOf(String kind) {
    return switch (kind) {
      case "IntSlider", "FloatSlider", "FloatLogSlider", "IntRangeSlider", "FloatRangeSlider" ->
          "SliderStyle";
      case "IntProgress", "FloatProgress" -> "ProgressStyle";
      case "Button" -> "ButtonStyle";
      case "Checkbox" -> "CheckboxStyle";
      case "HTML" -> "HTMLStyle";
      case "Label" -> "LabelStyle";
      case "Text", "Textarea" -> "TextStyle";
      case "ToggleButton" -> "ToggleButtonStyle";
      case "ToggleButtons" -> "ToggleButtonsStyle";
      default -> "DescriptionStyle";
    };
  }

  /// {@return a bar that shows how much of `total` is done}
  ///
  /// @param label what stands beside it
  public static Widget progress(String label, double total) {
    return of("FloatProgress", Map.of("description", label, "min", 0, "max", total, "value", 0.0));
  }

  /// {@return a slider over whole numbers}
  ///
  /// @param label what stands beside it
  public static Widget slider(String label, int min, int max, int value) {
    return of(
        "IntSlider",
        Map.of("description", label, "min", min, "max", max, "step", 1, "value", value));
  }

  /// {@return a slider over numbers}
  ///
  /// @param label what stands beside it
  public static Widget slider(String label, double min, double max, double value) {
    return of(
        "FloatSlider",
        Map.of(
            "description",
            label,
            "min",
            min,
            "max",
            max,
            "step",
            (max - min) / 100,
            "value",
            value));
  }

  /// {@return a button}
  ///
  /// @param label what stands on it
  /// @param onClick what to do, each time
  public static Widget button(String label, Runnable onClick) {
    return of("Button", Map.of("description", label)).onClick(onClick);
  }

  /// {@return a field for a line of text}
  ///
  /// @param label what stands beside it
  public static Widget text(String label, String value) {
    return of("Text", Map.of("description", label, "value", value));
  }

  /// {@return a box to check}
  ///
  /// @param label what stands beside it
  public static Widget checkbox(String label, boolean value) {
    return of("Checkbox", Map.of("description", label, "value", value, "indent", false));
  }

  /// {@return a choice of one of several texts, of which the first is chosen}
  ///
  /// @param label what stands beside it
  public static Widget choice(String label, List<String> options) {
    return of(
        "Dropdown",
        Map.of("description", label, "_options_labels", List.copyOf(options), "index", 0));
  }

  /// {@return HTML whose text can be changed}
  public static Widget html(String html) {
    return of("HTML", Map.of("value", html));
  }

  /// {@return widgets side by side}
  public static Widget row(Widget... widgets) {
    return box("HBox", widgets);
  }

  /// {@return widgets one below the other}
  public static Widget column(Widget... widgets) {
    return box("VBox", widgets);
  }

  private static Widget box(String kind, Widget... widgets) {
    return of(
        kind,
        Map.of(
            "children", List.of(widgets).stream().map(child -> child.model.reference()).toList()));
  }

  /// {@return the id by which the browser knows it}
  public String id() {
    return model.id();
  }

  /// {@return a property, as the reader has left it by now; null if it was never set}
  public @Nullable Object get(String property) {
    return model.get(property);
  }

  /// Changes a property, such as `max`, `description` or `disabled`. Never blocks.
  public Widget set(String property, @Nullable Object value) {
    model.set(property, value);
    return this;
  }

  /// Changes how it is laid out, such as `width` to `50%`.
  public Widget layout(String property, String value) {
    layout.set(property, value);
    return this;
  }

  /// Changes how it looks, such as `bar_color` or `button_color`.
  public Widget style(String property, @Nullable Object value) {
    style.set(property, value);
    return this;
  }

  /// {@return its value; of a choice the text that is chosen}
  public @Nullable Object value() {
    if (get("_options_labels") instanceof List<?> labels) {
      return get("index") instanceof Number index ? labels.get(index.intValue()) : null;
    }
    return get("value");
  }

  /// {@return its value as a whole number}
  ///
  /// @throws IllegalStateException if it has none
  public int intValue() {
    return number().intValue();
  }

  /// {@return its value as a number}
  ///
  /// @throws IllegalStateException if it has none
  public double doubleValue() {
    return number().doubleValue();
  }

  private Number number() {
    if (value() instanceof Number number) {
      return number;
    }
    throw new IllegalStateException("the value of this " + kind + " is no number: " + value());
  }

  /// Changes its value. Never blocks.
  public Widget value(@Nullable Object value) {
    if (get("_options_labels") instanceof List<?> labels) {
      return set("index", labels.indexOf(value));
    }
    return set("value", value);
  }

  /// Calls back with each new value, whoever changed it.
  public Widget onChange(Consumer<@Nullable Object> listener) {
    model.onChange((property, _) -> {
      if (property.equals("value") || property.equals("index")) {
        listener.accept(value());
      }
    });
    return this;
  }

  /// Calls back at each click.
  public Widget onClick(Runnable action) {
    model.onMessage(content -> {
      if ("click".equals(content.get("event"))) {
        action.run();
      }
    });
    return this;
  }

  /// Removes it, everywhere. Idempotent.
  public void close() {
    model.close();
    style.close();
    layout.close();
  }

  /// {@return it as Jupyter shows it}
  Map<String, Object> bundle() {
    return Map.of(
        "text/plain",
        toString(),
        "application/vnd.jupyter.widget-view+json",
        Map.of("version_major", 2, "version_minor", 0, "model_id", id()));
  }

  @Override
  public String toString() {
    return kind + "(" + (value() == null ? "" : "value=" + value()) + ")";
  }
}
