package argosy.kernel.jshell;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import jdk.jshell.SourceCodeAnalysis;

/// Shows the shell the sources of libraries, so that it finds their documentation. For each jar
/// these are the one beside it whose name ends in `-sources.jar`, as Maven's local repository has
/// them, and what it has itself in `OSGI-OPT/src`, where bundles keep their sources, and Argosy's
/// own jar those of its API. Confined to whoever holds the [ShellLock].
///
/// The shell itself knows the JDK's sources only. Where its innards differ, that stays so.
final class LibrarySources implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(LibrarySources.class.getName());

  private static final String INSIDE = "OSGI-OPT/src";

  private final Set<Path> known = new HashSet<>();
  private final List<FileSystem> opened = new ArrayList<>();

  /// Looks for sources that have come since the last call.
  void refresh(SourceCodeAnalysis analysis, List<Path> classPath) {
    for (Path entry : classPath) {
      if (!String.valueOf(entry.getFileName()).endsWith(".jar")) {
        continue;
      }
      Path beside = beside(entry);
      if (!known.contains(beside) && Files.isReadable(beside)) {
        known.add(beside);
        add(analysis, beside);
      }
      if (known.add(entry)) {
        inside(entry).ifPresent(sources -> add(analysis, sources));
      }
    }
  }

  private static Path beside(Path jar) {
    String name = String.valueOf(jar.getFileName());
    return jar.resolveSibling(name.substring(0, name.length() - 4) + "-sources.jar");
  }

  /// The jar stays open if it has any.
  private Optional<Path> inside(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.stream().noneMatch(entry -> entry.getName().startsWith(INSIDE + "/"))) {
        return Optional.empty();
      }
      FileSystem system = FileSystems.newFileSystem(jar);
      opened.add(system);
      return Optional.of(system.getPath(INSIDE));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the sources of a jar cannot be read", e);
      return Optional.empty();
    }
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

  @Override
  public void close() {
    for (FileSystem system : opened) {
      try {
        system.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the sources of a jar cannot be closed", e);
      }
    }
    opened.clear();
  }
}
