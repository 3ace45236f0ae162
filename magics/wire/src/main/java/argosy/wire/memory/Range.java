package argosy.wire.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// A part of a shared file.
///
/// @param file the path by which another process of the same user opens the file; after a `#` its
///   title, if the path may be another file's when this one is gone
/// @param offset the first byte, a multiple of 8
/// @param bytes how many bytes
public record Range(String file, long offset, long bytes) {

  private static final char MARK = '#';

  /// Checks.
  ///
  /// @throws IllegalArgumentException if the range is negative or not aligned
  public Range {
    if (offset < 0 || bytes < 0 || offset % Long.BYTES != 0 || offset + bytes < 0) {
      throw new IllegalArgumentException("not a range: " + offset + " + " + bytes + " bytes");
    }
  }

  /// {@return what an anonymous file is to be called so that no other one is taken for it}
  public static String title(long serial) {
    return "argosy-" + serial;
  }

  /// {@return the path to open}
  ///
  /// @throws NoSuchFileException if the file is gone, even if the path leads to another one
  public Path path() throws IOException {
    int mark = file.lastIndexOf(MARK);
    if (mark < 0) {
      return Path.of(file);
    }
    Path path = Path.of(file.substring(0, mark));
    String title = file.substring(mark + 1);
    String target = Files.readSymbolicLink(path).toString();
    if (!target.startsWith("/memfd:" + title + " ") && !target.equals("/memfd:" + title)) {
      throw new NoSuchFileException(file);
    }
    return path;
  }
}
