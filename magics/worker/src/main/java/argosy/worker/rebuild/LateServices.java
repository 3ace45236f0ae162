package argosy.worker.rebuild;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Makes Java find the database drivers and the image formats of a library that is added after a
/// task may have asked for others: Java looks for both once in a process.
final class LateServices {

  private static final String SERVICES = "META-INF/services/";
  private static final String DRIVERS = SERVICES + "java.sql.Driver";

  /// Every kind of plug-in that [ImageIO] looks for.
  private static final List<String> IMAGE_FORMATS =
      Stream.of("Reader", "Writer", "Transcoder", "InputStream", "OutputStream")
          .map(kind -> SERVICES + "javax.imageio.spi.Image" + kind + "Spi")
          .toList();

  private LateServices() {}

  /// @param added jars and folders that the loader searches already
  static void find(List<Path> added, ClassLoader loader) {
    URL[] urls = added.stream().map(ClassPathLoader::url).toArray(URL[]::new);
    // What the loader itself finds may be another library's.
    try (URLClassLoader alone = new URLClassLoader(urls, null)) {
      if (alone.findResource(DRIVERS) != null) {
        registerDrivers(loader);
      }
      if (IMAGE_FORMATS.stream().anyMatch(service -> alone.findResource(service) != null)) {
        registerImageFormats(loader);
      }
    } catch (IOException e) {
      // Its jars are closed as far as that is possible.
    }
  }

  /// A driver registers itself when its class is initialized, and only then: the second time does
  /// nothing. One that cannot is left out, as it is when Java looks for drivers itself.
  private static void registerDrivers(ClassLoader loader) {
    try {
      ServiceLoader.load(Driver.class, loader).stream()
          .map(provider -> provider.type().getName())
          .forEach(name -> initialize(name, loader));
    } catch (ServiceConfigurationError e) {
      // The list of a library names what is not there; that library tells whoever uses it.
    }
  }

  private static void initialize(String name, ClassLoader loader) {
    try {
      Class.forName(name, true, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      // Whoever asks for a connection is told that there is no driver.
    }
  }

  private static void registerImageFormats(ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      ImageIO.scanForPlugins();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
