package io.github.spencerpark.ijava;

import argosy.kernel.extension.KernelContext;
import argosy.kernel.extension.KernelExtension;
import org.jspecify.annotations.Nullable;

/// Where notebooks written for IJava find their kernel.
public final class IJava implements KernelExtension {

  private static volatile @Nullable JavaKernel kernel;

  /// For [java.util.ServiceLoader].
  public IJava() {}

  /// {@return the kernel that runs the notebook}
  ///
  /// @throws IllegalStateException if none does
  public static JavaKernel getKernelInstance() {
    JavaKernel running = kernel;
    if (running == null) {
      throw new IllegalStateException("no kernel runs in this process");
    }
    return running;
  }

  @Override
  public void start(KernelContext context) {
    kernel = new JavaKernel(context);
    context.addImport("import static " + Functions.class.getName() + ".*;");
  }
}
