package org.dflib.jjava.jupyter.kernel.magic;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.jspecify.annotations.Nullable;

/// A magic of a whole cell.
///
/// @param <T> its value's type
/// @param <K> the kernel that it expects
@FunctionalInterface
public interface CellMagic<T extends @Nullable Object, K extends BaseKernel> {

  /// Runs it.
  T eval(K kernel, List<String> arguments, String body) throws Exception;
}
