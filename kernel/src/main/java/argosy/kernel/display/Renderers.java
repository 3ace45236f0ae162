package argosy.kernel.display;

import argosy.kernel.extension.Renderer;
import argosy.kernel.extension.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which type is shown how.
public final class Renderers {

  private static final Renderers SHARED = new Renderers();

  private final Map<Class<?>, Renderer<Object>> registered = new ConcurrentHashMap<>();

  private Renderers() {}

  /// {@return the renderers of this process}
  public static Renderers shared() {
    return SHARED;
  }

  /// {@return what can be said about how values are shown, which is listed among [Setting#all] only
  /// once somebody has asked for it here or a value was shown}
  public static List<Setting> settings() {
    return List.of(Tables.MAX_ROWS, Tables.MAX_COLUMNS, Text.MAX_ELEMENTS, Text.MAX_ROWS);
  }

  /// Shows values of a type, and of its subtypes without a renderer of their own, in this way.
  public <T> void register(Class<T> type, Renderer<? super T> renderer) {
    registered.put(type, value -> renderer.render(type.cast(value)));
  }

  /// {@return the value in each MIME type that it can be shown in, `text/plain` among them;
  /// whatever its own code throws, except for what stops the thread}
  public Map<String, Object> render(@Nullable Object value) {
    if (value instanceof Rendered rendered) {
      return withText(rendered.bundle(), "");
    }
    Map<String, Object> bundle = new LinkedHashMap<>();
    if (value != null) {
      Renderer<Object> own = find(value.getClass());
      if (own != null) {
        try {
          bundle.putAll(own.render(value));
        } catch (RuntimeException | LinkageError e) {
          bundle.put(
              MimeTypes.TEXT, Text.of(value) + "\n(its renderer threw " + Text.safe(e) + ")");
        }
      } else {
        Pictures.of(value).ifPresent(png -> bundle.put(MimeTypes.PNG, png));
        Tables.of(value).ifPresent(html -> bundle.put(MimeTypes.HTML, html));
        bundle.putAll(Conventions.bundle(value));
      }
    }
    if (!bundle.containsKey(MimeTypes.TEXT)) {
      bundle.put(MimeTypes.TEXT, Text.of(value));
    }
    return bundle;
  }

  /// {@return the value as a text of one MIME type}
  ///
  /// @param mime in full or short, such as `html`
  public Map<String, Object> render(@Nullable Object value, String mime) {
    String type = MimeTypes.full(mime);
    Map<String, Object> bundle = render(value);
    Object data = bundle.get(type);
    if (data == null || !(value == null || bundle.size() > 1)) {
      data = plain(value, type);
    }
    return withText(Map.of(type, data), Text.of(value));
  }

  /// A value that says nothing itself about how to show it in a type.
  private static Object plain(@Nullable Object value, String type) {
    boolean isJson = type.equals("application/json") || type.endsWith("+json");
    return value instanceof byte[] || (isJson && value != null && !(value instanceof CharSequence))
        ? value
        : Text.whole(value);
  }

  private static Map<String, Object> withText(Map<String, Object> bundle, String text) {
    Map<String, Object> result = new LinkedHashMap<>(bundle);
    if (bundle.isEmpty() || !text.isEmpty()) {
      result.putIfAbsent(MimeTypes.TEXT, text);
    }
    result.putIfAbsent(MimeTypes.TEXT, String.join(", ", bundle.keySet()));
    return result;
  }

  /// The renderer of the closest type: the class itself, its superclasses, then their interfaces.
  private @Nullable Renderer<Object> find(Class<?> type) {
    if (registered.isEmpty()) {
      return null;
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Renderer<Object> found = c == Object.class ? null : registered.get(c);
      if (found != null) {
        return found;
      }
    }
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Renderer<Object> found = ofInterfaces(c);
      if (found != null) {
        return found;
      }
    }
    return registered.get(Object.class);
  }

  private @Nullable Renderer<Object> ofInterfaces(Class<?> type) {
    for (Class<?> implemented : type.getInterfaces()) {
      Renderer<Object> found = registered.get(implemented);
      if (found == null) {
        found = ofInterfaces(implemented);
      }
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
