package org.dflib.jjava.jupyter.kernel.display;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/// Which types a value is wanted in, and where they go.
public class RenderContext {

  private final Set<MIMEType> wanted;
  private final Renderer renderer;
  private final DisplayData output = new DisplayData();

  RenderContext(Set<MIMEType> wanted, Renderer renderer) {
    this.wanted = Set.copyOf(wanted);
    this.renderer = renderer;
  }

  /// {@return what shows the parts of a value}
  public Renderer getRenderer() {
    return renderer;
  }

  /// {@return where the data goes}
  public DisplayData getOutputContainer() {
    return output;
  }

  /// {@return whether a type is wanted}
  public boolean wantsDataRenderedAs(MIMEType type) {
    return resolveRequestedType(type) != null;
  }

  /// {@return the type that is wanted, if it is this one, else null}
  public @Nullable MIMEType resolveRequestedType(MIMEType type) {
    return wanted.contains(type) || wanted.stream().anyMatch(MIMEType::isWildcard) ? type : null;
  }

  /// Writes a type if it is wanted.
  ///
  /// @return whether it is
  public boolean renderIfRequested(MIMEType type, Supplier<Object> data) {
    return renderIfRequested(type, _ -> data.get());
  }

  /// Writes a type if it is wanted.
  ///
  /// @return whether it is
  public boolean renderIfRequested(MIMEType type, Function<MIMEType, Object> data) {
    return renderIfRequested(type, (resolved, out) -> out.putData(resolved, data.apply(resolved)));
  }

  /// Has something written if a type is wanted.
  ///
  /// @return whether it is
  public boolean renderIfRequested(MIMEType type, BiConsumer<MIMEType, DisplayData> writer) {
    MIMEType resolved = resolveRequestedType(type);
    if (resolved == null) {
      return false;
    }
    writer.accept(resolved, output);
    return true;
  }
}
