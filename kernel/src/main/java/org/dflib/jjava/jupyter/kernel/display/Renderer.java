package org.dflib.jjava.jupyter.kernel.display;

import argosy.kernel.display.Renderers;
import argosy.kernel.extension.KernelContext;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/// Which type is shown how.
public final class Renderer {

  private final KernelContext session;

  /// Tells a session what is registered.
  public Renderer(KernelContext session) {
    this.session = session;
    session.render(DisplayData.class, DisplayData::bundle);
    session.render(
        DisplayDataRenderable.class,
        value -> {
          RenderContext context = new RenderContext(value.getPreferredRenderTypes(), this);
          value.render(context);
          return context.getOutputContainer().bundle();
        });
  }

  /// Begins to say how a type is shown.
  public <T> RenderRegistration<T> createRegistration(Class<T> type) {
    return new RenderRegistration<>(type);
  }

  /// Says how types are shown.
  ///
  /// @param preferred what values are shown in; if empty, in all that is supported
  public <T> void register(
      Set<MIMEType> supported,
      Set<MIMEType> preferred,
      Set<Class<? extends T>> types,
      RenderFunction<T> function) {
    Set<MIMEType> wanted = preferred.isEmpty() ? supported : preferred;
    for (Class<? extends T> type : types) {
      session.render(
          type,
          value -> {
            RenderContext context =
                new RenderContext(wanted.isEmpty() ? Set.of(MIMEType.ANY) : wanted, this);
            function.render(value, context);
            return context.getOutputContainer().bundle();
          });
    }
  }

  /// {@return the value as it would be shown}
  public DisplayData render(@Nullable Object value) {
    DisplayData data = new DisplayData();
    Renderers.shared().render(value).forEach(data::putData);
    return data;
  }

  /// {@return the value in some MIME types, or as it would be shown if there are none}
  public DisplayData renderAs(@Nullable Object value, String... types) {
    DisplayData data = types.length == 0 ? render(value) : new DisplayData();
    for (String type : types) {
      Renderers.shared().render(value, type).forEach(data::putData);
    }
    return data;
  }

  /// How a type is to be shown.
  ///
  /// @param <T> the type
  public final class RenderRegistration<T> {

    private final Set<MIMEType> supported = new HashSet<>();
    private final Set<MIMEType> preferred = new HashSet<>();
    private final Set<Class<? extends T>> types = new HashSet<>();

    RenderRegistration(Class<? extends T> type) {
      types.add(type);
    }

    /// Says what values can be shown as.
    public RenderRegistration<T> supporting(MIMEType... all) {
      supported.addAll(Set.of(all));
      return this;
    }

    /// Says what values can be shown as.
    public RenderRegistration<T> supporting(String... all) {
      return supporting(Stream.of(all).map(MIMEType::parse).toArray(MIMEType[]::new));
    }

    /// Says what values are shown as if nobody says otherwise.
    public RenderRegistration<T> preferring(MIMEType... all) {
      preferred.addAll(Set.of(all));
      return this;
    }

    /// Says what values are shown as if nobody says otherwise.
    public RenderRegistration<T> preferring(String... all) {
      return preferring(Stream.of(all).map(MIMEType::parse).toArray(MIMEType[]::new));
    }

    /// Shows a subtype so, too.
    public RenderRegistration<T> onType(Class<? extends T> type) {
      types.add(type);
      return this;
    }

    /// Says how.
    public void register(RenderFunction<T> function) {
      Renderer.this.register(supported, preferred, types, function);
    }
  }
}
