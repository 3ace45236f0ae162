package jdk.jshell;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;

/// Finds the classes of the session in memory, and nowhere else: every compilation asks for all of
/// them, and no jar or folder has one.
final class SessionFiles extends MemoryFileManager {

  private static final ClassLoader NO_PLUGINS = new Nothing();

  private boolean mayHavePlugins;

  SessionFiles(StandardJavaFileManager others, JShell shell) {
    super(others, shell);
    mayHavePlugins =
        shell.extraCompilerOptions.stream()
            .anyMatch(option -> option.contains("plugin") || option.contains("path"));
  }

  /// There is more on the class path than the kernel itself.
  void setExtended() {
    mayHavePlugins = true;
  }

  /// {@return where plug-ins of the compiler are looked for, which every task does in every jar; the
  /// kernel has none}
  @Override
  public ClassLoader getClassLoader(Location location) {
    return mayHavePlugins ? super.getClassLoader(location) : NO_PLUGINS;
  }

  private static final class Nothing extends ClassLoader {

    Nothing() {
      super(null);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
      return Collections.emptyEnumeration();
    }
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<JavaFileObject.Kind> kinds, boolean recurse)
      throws IOException {
    if (!packageName.equals(Util.REPL_PACKAGE)) {
      return super.list(location, packageName, kinds, recurse);
    }
    return location == StandardLocation.CLASS_PATH
        ? new ArrayList<>(Inside.classFiles(this).values())
        : List.of();
  }
}
