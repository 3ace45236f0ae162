package org.dflib.jjava.jupyter.kernel.display;

import java.util.Set;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/// What shows itself.
public interface DisplayDataRenderable {

  /// {@return what it can be shown as}
  Set<MIMEType> getSupportedRenderTypes();

  /// {@return what it is shown as if nobody says otherwise}
  Set<MIMEType> getPreferredRenderTypes();

  /// Writes itself in the types that are wanted.
  void render(RenderContext context);
}
