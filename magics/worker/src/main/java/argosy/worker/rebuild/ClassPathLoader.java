package argosy.worker.rebuild;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;

/// The jars and folders that the notebook added, which may become more.
final class ClassPathLoader extends URLClassLoader {

  ClassPathLoader(ClassLoader parent) {
    super(new URL[0], parent);
  }

  /// Adds jars and folders at the end.
  ///
  /// @return those that were not there already
  List<Path> add(List<Path> entries) {
    List<URL> before = List.of(getURLs());
    List<Path> fresh = entries.stream().filter(entry -> !before.contains(url(entry))).toList();
    fresh.forEach(entry -> addURL(url(entry)));
    return fresh;
  }

  static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry + " cannot be on a class path", e);
    }
  }
}
