package org.dflib.jjava.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/// What JJava's notebooks call by its simple name.
public final class JavaNotebookStatics {

  private JavaNotebookStatics() {}

  /// {@return the kernel that runs the notebook}
  public static JavaKernel kernel() {
    return (JavaKernel) BaseKernel.notebookKernel();
  }

  /// {@return the kernel that runs the notebook, by JJava's older name for it}
  public static JavaKernel getKernelInstance() {
    return kernel();
  }
}
