package argosy.worker.rebuild;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;

/// The jars and folders that the notebook added, which may become more.
final class ClassPathLoader extends URLClassLoader {

  ClassPathLoader(ClassLoader parent) {
    super(new URL[0], parent);
  }

  /// Adds a jar or folder at the end, unless it is there already.
  void add(Path entry) {
    try {
      URL url = entry.toUri().toURL();
      if (!Arrays.asList(getURLs()).contains(url)) {
        addURL(url);
      }
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry + " cannot be on a class path", e);
    }
  }
}
