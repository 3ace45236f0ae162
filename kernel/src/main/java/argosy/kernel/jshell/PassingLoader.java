package argosy.kernel.jshell;

import java.util.Map;

/// Defines the classes of one snippet that runs and declares nothing. They go when nobody holds an
/// object or a function of theirs any more, unlike those of a [CellLoader].
final class PassingLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> woven;

  /// @param woven the class files by name, as they are to be defined
  PassingLoader(CellLoader parent, Map<String, byte[]> woven) {
    super(parent.getName(), parent);
    this.woven = Map.copyOf(woven);
    setDefaultAssertionStatus(true);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    byte[] bytes = woven.get(name);
    if (bytes == null) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> defined = findLoadedClass(name);
      return defined == null ? defineClass(name, bytes, 0, bytes.length) : defined;
    }
  }
}
