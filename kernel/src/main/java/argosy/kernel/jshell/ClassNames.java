package argosy.kernel.jshell;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/// The names of the classes in a package.
final class ClassNames {

  private ClassNames() {}

  /// {@return the simple names of the top-level classes of a package, in the platform and in some
  /// jars and folders}
  static Stream<String> inPackage(String name, List<Path> entries) {
    String folder = name.replace('.', '/');
    return Stream.concat(
            inPlatform(name, folder), entries.stream().flatMap(entry -> inEntry(entry, folder)))
        .filter(file -> file.endsWith(".class") && file.indexOf('$') < 0)
        .map(file -> file.substring(0, file.length() - 6))
        .filter(simple -> !simple.contains("-"));
  }

  /// {@return the full names of the top-level classes of a jar or folder; nothing if it is neither}
  static Stream<String> inEntry(Path entry) {
    return classFiles(entry).stream()
        .filter(file -> file.endsWith(".class") && file.indexOf('$') < 0)
        .filter(file -> !file.startsWith("META-INF/") && file.indexOf('-') < 0)
        .map(file -> file.substring(0, file.length() - 6).replace('/', '.'));
  }

  private static List<String> classFiles(Path entry) {
    if (Files.isDirectory(entry)) {
      try (Stream<Path> files = Files.walk(entry)) {
        return files.map(file -> entry.relativize(file).toString().replace('\\', '/')).toList();
      } catch (IOException e) {
        return List.of();
      }
    }
    if (!Files.isRegularFile(entry)) {
      return List.of();
    }
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream().map(ZipEntry::getName).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Stream<String> inPlatform(String name, String folder) {
    FileSystem platform = FileSystems.getFileSystem(URI.create("jrt:/"));
    return files(platform.getPath("/packages", name)).stream()
        .map(module -> platform.getPath("/modules", module, folder))
        .flatMap(path -> files(path).stream());
  }

  private static Stream<String> inEntry(Path entry, String folder) {
    if (Files.isDirectory(entry)) {
      return files(entry.resolve(folder)).stream();
    }
    if (!Files.isRegularFile(entry)) {
      return Stream.empty();
    }
    int start = folder.length() + 1;
    try (JarFile jar = new JarFile(entry.toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(file -> file.startsWith(folder + "/") && file.indexOf('/', start) < 0)
          .map(file -> file.substring(start))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static List<String> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
