package argosy.engine.memory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The functions of the library that every process of this system has.
final class SystemLibrary {

  private SystemLibrary() {}

  /// {@return a function, if the library has it}
  ///
  /// @param signature what it returns and takes
  @SuppressWarnings("restricted") // foreign calls are this class's one purpose
  static Optional<MethodHandle> find(
      String name, FunctionDescriptor signature, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> address = linker.defaultLookup().find(name);
    return address.map(found -> linker.downcallHandle(found, signature, options));
  }
}
