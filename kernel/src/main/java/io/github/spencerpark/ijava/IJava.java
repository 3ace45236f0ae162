package io.github.spencerpark.ijava;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import io.github.spencerpark.ijava.runtime.Kernel;
import io.github.spencerpark.ijava.runtime.Magics;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.DisplayDataRenderable;
import org.jspecify.annotations.Nullable;

/// Where notebooks written for IJava find their kernel.
public final class IJava implements KernelExtension {

  /// Its own kernel: made when somebody asks for it, which most notebooks never do.
  private static @Nullable JavaKernel kernel;

  private static @Nullable KernelContext session;

  /// For [java.util.ServiceLoader].
  public IJava() {}

  /// {@return the kernel that runs the notebook}
  ///
  /// @throws IllegalStateException if none does
  public static synchronized JavaKernel getKernelInstance() {
    JavaKernel known = kernel;
    if (known == null) {
      if (session == null) {
        throw new IllegalStateException("no kernel runs in this process");
      }
      known = new JavaKernel(session);
      kernel = known;
    }
    return known;
  }

  @Override
  public void start(KernelContext context) {
    begin(context);
    context.render(DisplayData.class, Bundles::of);
    context.render(
        DisplayDataRenderable.class,
        value -> Bundles.of(getKernelInstance().getRenderer().render(value)));
    context.addImport("import static " + Kernel.class.getName() + ".*;");
    context.addImport("import static " + Magics.class.getName() + ".*;");
  }

  private static synchronized void begin(KernelContext context) {
    session = context;
    kernel = null;
  }
}
