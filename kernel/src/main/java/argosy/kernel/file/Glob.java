package argosy.kernel.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/// A path as users write it: relative to some folder, with `~` for the user's home, and with
/// wildcards: `*`, `?`, `[ab]`, `{a,b}`, and `**`, which crosses folders. What is there by the very
/// name that was written is meant, whatever its characters.
///
/// @param written what the user wrote
/// @param base the folder that the wildcards start in, or the path itself if it has none
/// @param pattern the rest, empty if there are no wildcards
public record Glob(String written, Path base, String pattern) {

  /// {@return what a text means}
  ///
  /// @param folder that relative paths start in
  public static Glob of(Path folder, String written) {
    String path = withHome(written);
    int wildcard = indexOfWildcard(path);
    if (wildcard < 0 || isThere(folder, path)) {
      return new Glob(written, absolute(folder, path), "");
    }
    int cut = path.lastIndexOf('/', wildcard) + 1;
    return new Glob(written, absolute(folder, path.substring(0, cut)), path.substring(cut));
  }

  private static boolean isThere(Path folder, String path) {
    try {
      return Files.exists(absolute(folder, path));
    } catch (InvalidPathException e) {
      return false; // where a wildcard may not be in a name
    }
  }

  /// {@return whether it may match several paths, or none}
  public boolean hasWildcards() {
    return !pattern.isEmpty();
  }

  /// {@return the paths that match, sorted; none if wildcards match nothing}
  ///
  /// @throws NoSuchFileException if there are no wildcards and no such path
  /// @throws IOException if a folder cannot be read
  public List<Path> paths() throws IOException {
    if (!hasWildcards()) {
      if (!Files.exists(base)) {
        throw new NoSuchFileException(base.toString());
      }
      return List.of(base);
    }
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    int depth = pattern.contains("**") ? Integer.MAX_VALUE : pattern.split("/").length;
    try (Stream<Path> walk = Files.walk(base, depth)) {
      return walk.filter(path -> !path.equals(base) && matcher.matches(base.relativize(path)))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// {@return the path that a text names, in which every character but a `~` stands for itself}
  ///
  /// @param folder that relative paths start in
  public static Path plain(Path folder, String written) {
    return absolute(folder, withHome(written));
  }

  private static Path absolute(Path folder, String path) {
    return folder.resolve(path).normalize();
  }

  private static String withHome(String path) {
    boolean isHome = path.equals("~") || path.startsWith("~/");
    return isHome ? System.getProperty("user.home") + path.substring(1) : path;
  }

  private static int indexOfWildcard(String path) {
    for (int i = 0; i < path.length(); i++) {
      if ("*?[{".indexOf(path.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
