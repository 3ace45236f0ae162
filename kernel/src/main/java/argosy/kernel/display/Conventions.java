package argosy.kernel.display;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a value can be shown as because its class has methods that say so, whichever library it is
/// from: `toHtml()`, `toSvg()` and the like, or one that paints.
/*
 * Charts. No library is named here, since none is on the class path. XChart's charts have
 * paint(Graphics2D, int, int), JFreeChart's draw(Graphics2D, Rectangle2D), SMILE's figures
 * toBufferedImage(int, int); others follow one of these. Trees of JSON are known by the names of
 * their classes, because a method toJson() says nothing about what people want to see.
 */
final class Conventions {

  private static final int WIDTH = 720;
  private static final int HEIGHT = 450;

  /// Names of methods without parameters, in lower case.
  private static final Map<String, String> TEXTS =
      Map.of(
          "tohtml",
          MimeTypes.HTML,
          "tosvg",
          MimeTypes.SVG,
          "tomarkdown",
          "text/markdown",
          "tolatex",
          "text/latex");

  private static final Set<String> PICTURES =
      Set.of("tobufferedimage", "createbufferedimage", "getbufferedimage", "toimage");

  /// The ends of names of classes, so that a tool that renames packages leaves them alone.
  private static final List<String> JSON_TREES =
      List.of(
          ".gson.JsonElement",
          ".jackson.databind.JsonNode",
          ".json.JSONObject",
          ".json.JSONArray",
          ".json.JsonStructure");

  private static final ClassValue<Conventions> OF =
      new ClassValue<>() {
        @Override
        protected Conventions computeValue(Class<?> type) {
          return new Conventions(type);
        }
      };

  /// Shows a value in one MIME type.
  private interface View {
    @Nullable Object of(Object value) throws ReflectiveOperationException;
  }

  private final Map<String, View> views = new LinkedHashMap<>();

  private Conventions(Class<?> type) {
    if (type.getName().startsWith("java.") || type.isArray()) {
      return;
    }
    for (Method method : type.getMethods()) {
      if (isAccessible(method)) {
        take(type, method);
      }
    }
    ancestors(type)
        .filter(ancestor -> !ancestor.isInterface() && !ancestor.getName().startsWith("java."))
        .flatMap(ancestor -> Stream.of(ancestor.getDeclaredMethods()))
        .filter(Conventions::isPublicInANotebook)
        .filter(Conventions::isAccessible)
        .forEach(this::takeText);
    if (isJsonTree(type)) {
      views.put("application/json", Object::toString);
    }
  }

  /// Who writes a class in a cell rarely says that its methods are public.
  private static boolean isPublicInANotebook(Method method) {
    return (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.PUBLIC)) == 0
        && !method.isSynthetic();
  }

  private static boolean isAccessible(Method method) {
    try {
      method.setAccessible(true);
      return method.getDeclaringClass() != Object.class;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /// {@return whether it gives a text of some MIME type}
  private boolean takeText(Method method) {
    String mime = TEXTS.get(method.getName().toLowerCase(Locale.ROOT));
    if (mime == null || method.getParameterCount() > 0 || method.getReturnType() != String.class) {
      return false;
    }
    views.putIfAbsent(mime, method::invoke);
    return true;
  }

  private void take(Class<?> type, Method method) {
    if (takeText(method)) {
      return;
    }
    String name = method.getName().toLowerCase(Locale.ROOT);
    List<Class<?>> parameters = List.of(method.getParameterTypes());
    if (PICTURES.contains(name) && RenderedImage.class.isAssignableFrom(method.getReturnType())) {
      if (parameters.isEmpty()) {
        views.put(MimeTypes.PNG, value -> png(method.invoke(value)));
      } else if (parameters.equals(List.of(int.class, int.class))) {
        views.put(MimeTypes.PNG, value -> png(method.invoke(value, WIDTH, HEIGHT)));
      }
    } else if (name.equals("paint")
        && parameters.equals(List.of(Graphics2D.class, int.class, int.class))) {
      Size size = Size.of(type);
      views.putIfAbsent(MimeTypes.PNG, value -> painted(value, method, size));
    } else if (name.equals("draw")
        && parameters.equals(List.of(Graphics2D.class, Rectangle2D.class))) {
      views.putIfAbsent(MimeTypes.PNG, value -> drawn(value, method));
    }
  }

  private static boolean isJsonTree(Class<?> type) {
    return ancestors(type)
        .anyMatch(ancestor -> JSON_TREES.stream().anyMatch(ancestor.getName()::endsWith));
  }

  private static Stream<Class<?>> ancestors(@Nullable Class<?> type) {
    return type == null
        ? Stream.empty()
        : Stream.concat(
            Stream.concat(Stream.of(type), Stream.of(type.getInterfaces())),
            ancestors(type.getSuperclass()));
  }

  /// {@return the value in each MIME type for which its class has a method; whatever that throws is
  /// left out, for the text says enough}
  static Map<String, Object> bundle(Object value) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    OF.get(value.getClass())
        .views
        .forEach((mime, view) -> {
          try {
            Object data = view.of(value);
            if (data != null) {
              bundle.put(mime, data);
            }
          } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            if (e.getCause() instanceof Error fatal && !(fatal instanceof LinkageError)) {
              throw fatal;
            }
          }
        });
    return bundle;
  }

  private static byte @Nullable [] png(@Nullable Object image) {
    return image == null ? null : Pictures.of(image).orElse(null);
  }

  private static byte @Nullable [] painted(Object value, Method paint, Size size)
      throws ReflectiveOperationException {
    int width = size.width(value);
    int height = size.height(value);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smooth(image);
    try {
      paint.invoke(value, graphics, width, height);
    } finally {
      graphics.dispose();
    }
    return png(image);
  }

  private static byte @Nullable [] drawn(Object value, Method draw)
      throws ReflectiveOperationException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = smooth(image);
    try {
      draw.invoke(value, graphics, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    } finally {
      graphics.dispose();
    }
    return png(image);
  }

  private static Graphics2D smooth(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    return graphics;
  }

  /// How large a value says that it is.
  private record Size(@Nullable Method getWidth, @Nullable Method getHeight) {

    static Size of(Class<?> type) {
      return new Size(getter(type, "getWidth"), getter(type, "getHeight"));
    }

    private static @Nullable Method getter(Class<?> type, String name) {
      try {
        Method method = type.getMethod(name);
        return method.getReturnType() == int.class && isAccessible(method) ? method : null;
      } catch (NoSuchMethodException e) {
        return null;
      }
    }

    int width(Object value) throws ReflectiveOperationException {
      return getWidth == null ? WIDTH : Math.clamp((int) getWidth.invoke(value), 1, 10_000);
    }

    int height(Object value) throws ReflectiveOperationException {
      return getHeight == null ? HEIGHT : Math.clamp((int) getHeight.invoke(value), 1, 10_000);
    }
  }
}
