package argosy.kernel.jshell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// Makes Java find the database drivers and the image formats of a library that is added late.
///
/// Java looks for both once, when they are first asked for: a driver that a later cell adds would
/// stay unknown, although its library is there.
final class LateServices {

  private static final String SERVICES = "META-INF/services/";
  private static final String DRIVERS = "java.sql.Driver";
  private static final String IMAGE_FORMATS = "javax.imageio.spi.";

  private LateServices() {}

  /// @param added jars and folders that the loader searches already
  static void find(List<Path> added, ClassLoader loader) {
    List<String> services = added.stream().flatMap(LateServices::services).toList();
    if (services.contains(DRIVERS)) {
      registerDrivers(loader);
    }
    if (services.stream().anyMatch(service -> service.startsWith(IMAGE_FORMATS))) {
      registerImageFormats(loader);
    }
  }

  private static Stream<String> services(Path entry) {
    if (Files.isDirectory(entry)) {
      String[] names = entry.resolve(SERVICES).toFile().list();
      return names == null ? Stream.empty() : Stream.of(names);
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream()
          .map(file -> file.getName())
          .filter(name -> name.startsWith(SERVICES))
          .map(name -> name.substring(SERVICES.length()))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty(); // no jar: nothing is found in it, as with any class path
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
