package argosy.kernel.extension;

import java.util.List;
import java.util.Optional;

/// The classes that cells have defined, with their bytecode as the compiler wrote it.
///
/// A name may have had several definitions over time; each keeps its bytes as long as its class
/// lives.
public interface CellClasses {

  /// {@return the class file of a cell's class as compiled, before anything was woven in and with
  /// the body it has now; empty for classes of the class path and of the platform; not to be
  /// written to}
  Optional<byte[]> bytes(Class<?> type);

  /// {@return every class of this name that still lives, the newest first}
  List<Class<?>> named(String name);

  /// {@return the whole name of the class that cells call so now, `$` before what is nested}
  Optional<String> declared(String name);

  /// {@return whether the class's static initialiser has run or is running in this process}
  boolean isInitialized(Class<?> type);

  /// {@return whether the state of a class lives elsewhere, because it belongs to code that
  /// [KernelContext#compile] compiled and that no cell has declared again since}
  boolean isElsewhere(Class<?> type);

  /// {@return the loader through which cells see each other and the class path}
  ClassLoader loader();
}
