package argosy.kernel.extension;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// The jars and folders that cells see besides the platform and what the kernel offers them.
public interface CellClassPath {

  /// {@return the entries so far, in the order in which they are searched}
  List<Path> entries();

  /// Adds entries at the end; those already there are left out.
  ///
  /// @throws IllegalArgumentException if one does not exist; then none is added
  void add(List<Path> entries);

  /// Calls a listener with the new entries each time some are added, on the thread that adds them.
  void onAdd(Consumer<List<Path>> listener);
}
