package org.dflib.jjava.jupyter;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/// What a library does for JJava's notebooks as soon as it is on their class path; found by
/// [java.util.ServiceLoader].
public interface Extension {

  /// Sets the library up, on the thread of the cell that adds it.
  void install(BaseKernel kernel);

  /// Takes that back when the session ends.
  default void uninstall(BaseKernel kernel) {}
}
