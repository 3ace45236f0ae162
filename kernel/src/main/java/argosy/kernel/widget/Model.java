package argosy.kernel.widget;

import argosy.kernel.comm.Comm;
import argosy.kernel.comm.Comms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One model of ipywidgets' protocol: properties that the kernel and the browser share. Safe from
/// any thread.
final class Model {

  /// What all models of ipywidgets 8 say of themselves.
  private static final Map<String, String> VERSIONS =
      Map.of("@jupyter-widgets/base", "2.0.0", "@jupyter-widgets/controls", "2.0.0");

  private static final Map<String, Model> ALL = new ConcurrentHashMap<>();

  static {
    Comms.shared().register("jupyter.widget.control", (comm, _) -> answerControl(comm));
  }

  private final Comm comm;

  /// Guarded by itself.
  private final Map<String, @Nullable Object> state = new LinkedHashMap<>();

  private final List<BiConsumer<String, @Nullable Object>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<Map<?, ?>>> receivers = new CopyOnWriteArrayList<>();

  private Model(Map<String, @Nullable Object> initial) {
    state.putAll(initial);
    comm =
        Comms.shared()
            .open(
                "jupyter.widget",
                Map.of("state", new LinkedHashMap<>(initial), "buffer_paths", List.of()),
                Map.of("version", "2.1.0"));
    comm.onMessage((data, _) -> received(data));
    comm.onClose(() -> ALL.remove(comm.id()));
    ALL.put(comm.id(), this);
  }

  /// Opens a model.
  ///
  /// @param module such as `@jupyter-widgets/controls`
  /// @param name such as `IntSlider`: the model's class is `IntSliderModel`, its view's
  ///   `IntSliderView`
  static Model open(
      String module, String name, boolean hasView, Map<String, ? extends @Nullable Object> more) {
    String version = Objects.requireNonNull(VERSIONS.get(module), module);
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("_model_module", module);
    state.put("_model_module_version", version);
    state.put("_model_name", name + "Model");
    state.put("_view_module", module);
    state.put("_view_module_version", version);
    if (hasView) {
      state.put("_view_name", name + "View");
    }
    state.putAll(more);
    return new Model(state);
  }

  String id() {
    return comm.id();
  }

  /// {@return how a property of another model names this one}
  String reference() {
    return "IPY_MODEL_" + id();
  }

  @Nullable Object get(String property) {
    synchronized (state) {
      return state.get(property);
    }
  }

  /// Changes a property on both sides.
  void set(String property, @Nullable Object value) {
    synchronized (state) {
      if (state.containsKey(property) && Objects.equals(state.get(property), value)) {
        return;
      }
      state.put(property, value);
      Map<String, @Nullable Object> changed = new LinkedHashMap<>();
      changed.put(property, value);
      comm.send(update(changed));
    }
    tell(property, value);
  }

  private static Map<String, Object> update(Map<String, @Nullable Object> changed) {
    return Map.of("method", "update", "state", changed, "buffer_paths", List.of());
  }

  void onChange(BiConsumer<String, @Nullable Object> listener) {
    listeners.add(listener);
  }

  /// Takes messages that are no changes, such as a click.
  void onMessage(Consumer<Map<?, ?>> receiver) {
    receivers.add(receiver);
  }

  void close() {
    ALL.remove(comm.id());
    comm.close();
  }

  private void received(Map<String, ? extends @Nullable Object> data) {
    switch (String.valueOf(data.get("method"))) {
      case "update" -> {
        if (data.get("state") instanceof Map<?, ?> changes) {
          changes.forEach((name, value) -> take(String.valueOf(name), value));
        }
      }
      case "request_state" -> {
        synchronized (state) {
          comm.send(update(new LinkedHashMap<>(state)));
        }
      }
      case "custom" -> {
        if (data.get("content") instanceof Map<?, ?> content) {
          receivers.forEach(receiver -> receiver.accept(content));
        }
      }
      default -> {
        // A later version of the protocol; what it needs, it asks for in the ways above too.
      }
    }
  }

  private void take(String property, @Nullable Object value) {
    synchronized (state) {
      if (Objects.equals(state.get(property), value)) {
        return;
      }
      state.put(property, value);
    }
    tell(property, value);
  }

  private void tell(String property, @Nullable Object value) {
    listeners.forEach(listener -> listener.accept(property, value));
  }

  /// A page that was loaded again asks for all models at once.
  private static void answerControl(Comm comm) {
    comm.onMessage((data, _) -> {
      if (!"request_states".equals(data.get("method"))) {
        return;
      }
      Map<String, Object> states = new LinkedHashMap<>();
      ALL.forEach((id, model) -> states.put(id, model.description()));
      comm.send(Map.of("method", "update_states", "states", states, "buffer_paths", List.of()));
    });
  }

  private Map<String, @Nullable Object> description() {
    synchronized (state) {
      Map<String, @Nullable Object> description = new LinkedHashMap<>();
      description.put("model_name", state.get("_model_name"));
      description.put("model_module", state.get("_model_module"));
      description.put("model_module_version", state.get("_model_module_version"));
      description.put("state", new LinkedHashMap<>(state));
      return description;
    }
  }
}
