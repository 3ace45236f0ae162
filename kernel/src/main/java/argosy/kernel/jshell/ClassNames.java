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
          .map(java.util.zip.ZipEntry::getName)
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
