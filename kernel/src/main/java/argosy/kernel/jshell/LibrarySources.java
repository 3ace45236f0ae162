package argosy.kernel.jshell;

import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.SourceCodeAnalysis;
import org.jspecify.annotations.Nullable;

/// Shows the shell the sources of libraries, so that it finds their documentation: for each jar the
/// one beside it whose name ends in `-sources.jar`, as Maven's local repository has them. Confined
/// to whoever holds the [ShellLock].
///
/// The shell itself knows the JDK's sources only. Where its innards differ, that stays so.
final class LibrarySources {

  private static final System.Logger LOG = System.getLogger(LibrarySources.class.getName());

  private final Set<Path> known = new HashSet<>();

  /// Looks for sources that have come since the last call.
  void refresh(SourceCodeAnalysis analysis, List<Path> classPath) {
    for (Path entry : classPath) {
      Path sources = beside(entry);
      if (sources != null && !known.contains(sources) && Files.isReadable(sources)) {
        known.add(sources);
        add(analysis, sources);
      }
    }
  }

  private static @Nullable Path beside(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.endsWith(".jar")
        ? entry.resolveSibling(name.substring(0, name.length() - 4) + "-sources.jar")
        : null;
  }

  /// The shell keeps one list of where sources are.
  @SuppressWarnings("unchecked")
  private static void add(SourceCodeAnalysis analysis, Path sources) {
    try {
      MethodHandles.Lookup inside =
          MethodHandles.privateLookupIn(analysis.getClass(), MethodHandles.lookup());
      MethodHandle find =
          inside.findVirtual(analysis.getClass(), "findSources", MethodType.methodType(List.class));
      ((List<Path>) find.invoke(analysis)).add(sources);
    } catch (Throwable e) {
      LOG.log(Level.DEBUG, "this JShell does not take the sources of libraries", e);
    }
  }
}
