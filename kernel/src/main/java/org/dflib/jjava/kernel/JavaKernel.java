package org.dflib.jjava.kernel;

import argosy.kernel.extension.KernelContext;
import io.github.spencerpark.ijava.runtime.Magics;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/// This kernel.
public final class JavaKernel extends BaseKernel {

  private JavaKernel(KernelContext session) {
    super(session);
  }

  /// Makes this session's kernel the one that notebooks find.
  public static JavaKernel start(KernelContext session) {
    JavaKernel kernel = new JavaKernel(session);
    run(kernel);
    return kernel;
  }

  /// Adds a folder, a jar or a pattern of jars to what cells see.
  public void addToClasspath(String path) {
    Object _ = Magics.lineMagic("classpath", List.of(path));
  }
}
