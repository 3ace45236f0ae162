package argosy.wire.memory;

import java.nio.file.Path;

/// A part of a shared file.
///
/// @param file the path by which another process of the same user opens the file, and after a `#` what
///   tells it from an earlier file of the same path
/// @param offset the first byte, a multiple of 8
/// @param bytes how many bytes
public record Range(String file, long offset, long bytes) {

  /// Checks.
  ///
  /// @throws IllegalArgumentException if the range is negative or not aligned
  public Range {
    if (offset < 0 || bytes < 0 || offset % Long.BYTES != 0 || offset + bytes < 0) {
      throw new IllegalArgumentException("not a range: " + offset + " + " + bytes + " bytes");
    }
  }

  /// {@return what to open}
  public Path path() {
    int end = file.lastIndexOf('#');
    return Path.of(end < 0 ? file : file.substring(0, end));
  }
}
