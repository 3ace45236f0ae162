package argosy.wire.memory;

/// A part of a shared file.
///
/// @param file the path by which another process of the same user opens the file
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
}
