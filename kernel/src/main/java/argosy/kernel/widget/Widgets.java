package argosy.kernel.widget;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;

/// Makes widgets known to every session, and shows them as widgets.
public final class Widgets implements KernelExtension {

  @Override
  public void start(KernelContext kernel) {
    kernel.addImport("import argosy.kernel.widget.Widget;");
    kernel.render(Widget.class, Widget::bundle);
  }
}
