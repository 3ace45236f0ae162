package argosy.wire.memory;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// The shared files of another process that this one has open and mapped, because the first touch
/// of a page costs far more than a copy. Bounded: the file that was used longest ago is closed.
/// Safe from any thread.
public final class SharedFiles {

  private static final int MOST_FILES = 64;

  private final Map<String, SharedFile> files = new LinkedHashMap<>(16, 0.75f, true);

  /// Opens nothing yet.
  public SharedFiles() {}

  /// {@return the file of a range}
  ///
  /// @throws IOException if its owner is gone
  public synchronized SharedFile of(Range range) throws IOException {
    SharedFile known = files.get(range.file());
    if (known != null && known.size() >= range.offset() + range.bytes()) {
      return known;
    }
    SharedFile opened = SharedFile.open(range.path(), true);
    if (known != null) {
      known.close();
    }
    files.put(range.file(), opened);
    if (files.size() > MOST_FILES) {
      var eldest = files.entrySet().iterator();
      SharedFile oldest = eldest.next().getValue();
      eldest.remove();
      oldest.close();
    }
    return opened;
  }

  /// Closes all, to be opened again when they are needed. Their mappings go with the next garbage
  /// collection.
  ///
  /// @return how many bytes were mapped
  public synchronized long closeAll() throws IOException {
    long bytes = 0;
    for (SharedFile file : files.values()) {
      bytes += file.mappedBytes();
      file.close();
    }
    files.clear();
    return bytes;
  }
}
