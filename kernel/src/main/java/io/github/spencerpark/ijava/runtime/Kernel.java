package io.github.spencerpark.ijava.runtime;

import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.ijava.JavaKernel;
import org.jspecify.annotations.Nullable;

/// The kernel and its evaluator, which every cell can reach by their simple names.
public final class Kernel {

  private Kernel() {}

  /// {@return the kernel that runs the notebook}
  public static JavaKernel getKernelInstance() {
    return IJava.getKernelInstance();
  }

  /// {@return the value of code that runs as the running cell's does, or null}
  ///
  /// @throws Exception whatever the code threw
  public static @Nullable Object eval(String code) throws Exception {
    return IJava.getKernelInstance().evaluate(code, "eval");
  }
}
